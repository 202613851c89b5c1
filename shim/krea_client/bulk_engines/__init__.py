"""Downloads and after-work of bulk runs on the workers of Celery, Dask, Ray and Temporal. A POST is never theirs to repeat."""
