"""A program of last year, in last year's camelCase. It still runs, and its author is told what to change.

Usage: python last_year.py BASE_URL PICTURE
"""

import sys

from krea_client import Krea

base_url, picture = sys.argv[1:]

with Krea(token="sandbox", base_url=base_url) as krea:
    job = krea.run(
        "z-image/z-image",
        {
            "prompt": "A gothic cathedral above blooming gardens",
            "aspectRatio": "16:9",
            "resolution": "1K",
            "skipPromptExpansion": True,
        },
        on_update=lambda job: print(f"  {job.status}", flush=True),
    )
    print(*krea.save(job, picture, overwrite=True))
