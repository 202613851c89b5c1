"""Send a request with deprecated camelCase names. It is translated, and a warning says what to change.

Usage: python legacy.py BASE_URL PICTURE
"""

import sys

from krea_client import Krea, Pace

base_url, picture = sys.argv[1:]

with Krea(token="sandbox", base_url=base_url, pace=Pace(least=0.25)) as krea:  # the sandbox is fast, so poll often
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
