"""Makes posters with aiohttp."""

import asyncio
import os
import sys

import aiohttp

URL = os.environ.get("KREA_HOST", "https://api.krea.ai") + "/generate/image/z-image/z-image"


async def poster(session: aiohttp.ClientSession, prompt: str) -> str:
    body = {"prompt": prompt, "aspectRatio": "16:9", "resolution": "1K"}
    async with session.post(URL, json=body) as answer:
        if answer.status >= 400:
            sys.exit(f"refused: {await answer.text()}")
        return str((await answer.json())["job_id"])


async def main() -> None:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {os.environ['KREA_TOKEN']}"}) as session:
        jobs = [await poster(session, prompt) for prompt in ("A fox", "A hare")]
    sys.stdout.write(f"{len(jobs)} jobs\n")


asyncio.run(main())
