"""Send the same request as a typed object, which editors and type checkers understand.

Usage: python typed.py BASE_URL PICTURE
"""

import sys

from krea_api.models import ZImageRequest
from krea_client import Krea, Pace

base_url, picture = sys.argv[1:]

with Krea(token="sandbox", base_url=base_url, pace=Pace(least=0.25)) as krea:  # the sandbox is fast, so poll often
    request = ZImageRequest(
        prompt="A gothic cathedral above blooming gardens",
        aspect_ratio="16:9",
        resolution="1K",
        skip_prompt_expansion=True,
    )
    job = krea.run(request, on_update=lambda job: print(f"  {job.status}", flush=True))
    print(*krea.save(job, picture, overwrite=True))
