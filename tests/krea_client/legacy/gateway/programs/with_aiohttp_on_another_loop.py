"""The event loop looks names up by itself, as that of uvloop does."""

import asyncio
from typing import Any

import aiohttp


class Loop(asyncio.SelectorEventLoop):
    async def getaddrinfo(self, host: Any, port: Any, **_: Any) -> Any:
        raise OSError(f"{host}:{port} was looked up")


async def main() -> None:
    body = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
    headers = {"Authorization": "Bearer t"}
    url = "https://api.krea.ai/generate/image/z-image/z-image"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, json=body) as response:
        print(response.status)


loop = Loop()
loop.run_until_complete(main())
loop.close()
