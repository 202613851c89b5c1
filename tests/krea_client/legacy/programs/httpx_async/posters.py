"""Makes posters side by side with httpx on asyncio."""

import asyncio
import os
import sys

import httpx

DEFAULTS = {"aspectRatio": "16:9", "resolution": "1K"}


async def main() -> None:
    headers = {"Authorization": f"Bearer {os.environ['KREA_TOKEN']}"}
    url = os.environ.get("KREA_HOST", "https://api.krea.ai") + "/generate/image/z-image/z-image"
    async with httpx.AsyncClient(headers=headers) as client:
        answers = await asyncio.gather(
            *(client.post(url, json={**DEFAULTS, "prompt": prompt}) for prompt in ("A fox", "A hare"))
        )
    if any(answer.is_error for answer in answers):
        sys.exit("refused: " + " ".join(answer.text for answer in answers))
    sys.stdout.write(f"{len(answers)} jobs\n")


asyncio.run(main())
