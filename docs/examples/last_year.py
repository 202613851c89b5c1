"""A request in the camelCase of last year. It still works, and its author is told what to change.

Usage: python last_year.py BASE_URL PICTURE
"""

import sys

from krea_client import Krea, Pace

base_url, picture = sys.argv[1:]

with Krea(token="sandbox", base_url=base_url, pace=Pace(least=0.25)) as krea:  # the sandbox is quick, so look often
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
