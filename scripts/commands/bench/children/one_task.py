"""One thing done under real conditions by one client. Prints JSON: its seconds, CPU seconds, and what else was measured.

Usage: one_task.py TASK CLIENT BASE_URL FOLDER. Runs alone with what its environment holds: it imports nothing of this project but
the installed package.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

PATH = "/generate/image/z-image/z-image"
BODY: dict[str, Any] = {"prompt": "a gothic cathedral at dusk", "aspect_ratio": "16:9", "resolution": "1K"}
TOKEN = "toy-token"  # noqa: S105  # a loopback server asks for none
HEADERS = {"authorization": f"Bearer {TOKEN}"}
AT_ONCE, CALLS = 64, 2560
FILES, FILE_SIZE, FILE_MILLISECONDS = 64, 200_000, 50
LARGE = 1_000_000_000
MIDDLE = 200_000_000

Figures = dict[str, float]


async def _in_slots(call: Callable[[], Awaitable[object]]) -> None:
    async def slot() -> None:
        for _ in range(CALLS // AT_ONCE):
            await call()

    await asyncio.gather(*(slot() for _ in range(AT_ONCE)))


def calls_httpx(base_url: str, _: Path) -> Figures:
    """Post 64 at a time with nothing but httpx."""
    import httpx

    async def main() -> Figures:
        async with httpx.AsyncClient(
            headers=HEADERS, base_url=base_url, limits=httpx.Limits(max_connections=AT_ONCE)
        ) as client:

            async def call() -> object:
                return (await client.post(PATH, json=BODY)).raise_for_status().json()

            await asyncio.gather(*(call() for _ in range(AT_ONCE)))
            began = time.process_time()
            await _in_slots(call)
            return {"cpu": time.process_time() - began}

    return asyncio.run(main())


def _submitting(base_url: str, transport: Any) -> Figures:
    from krea_client import AsyncKrea

    async def main() -> Figures:
        async with AsyncKrea(TOKEN, base_url, **({} if transport is None else {"transport": transport()})) as client:

            async def call() -> object:
                return await client.submit("z-image/z-image", **BODY)

            await asyncio.gather(*(call() for _ in range(AT_ONCE)))
            began = time.process_time()
            await _in_slots(call)
            return {"cpu": time.process_time() - began}

    return asyncio.run(main())


def calls_krea(base_url: str, _: Path) -> Figures:
    """Submit 64 at a time."""
    return _submitting(base_url, None)


def calls_httpx2(base_url: str, _: Path) -> Figures:
    """Submit 64 at a time with a transport of httpx2."""
    import httpx2

    return _submitting(base_url, lambda: httpx2.AsyncHTTPTransport(limits=httpx2.Limits(max_connections=AT_ONCE)))


def calls_aiohttp(base_url: str, _: Path) -> Figures:
    """Submit 64 at a time with the transport of aiohttp."""
    from krea_client.aiohttp_transport import AiohttpTransport

    return _submitting(base_url, AiohttpTransport)


def _job(*urls: str) -> Any:
    from krea_client import Job

    return Job.from_dict({"job_id": "j", "status": "completed", "result": {"urls": list(urls)}})


def _pictures(base_url: str) -> list[str]:
    return [f"{base_url}/picture/{FILE_SIZE}/{FILE_MILLISECONDS}/{number}.png" for number in range(FILES)]


def save_krea(base_url: str, folder: Path) -> Figures:
    """Save the 64 results of one job."""
    from krea_client import Krea

    with Krea(TOKEN, base_url) as client:
        saved = client.save(_job(*_pictures(base_url)), folder)
    return {"files": len(saved)}


def save_httpx(base_url: str, folder: Path) -> Figures:
    """Save 64 files one after the other, as a loop over httpx does."""
    import httpx

    with httpx.Client() as client:
        for number, url in enumerate(_pictures(base_url)):
            (folder / f"{number}.png").write_bytes(client.get(url).raise_for_status().content)
    return {"files": FILES}


async def _with_ticker(work: Awaitable[object]) -> Figures:
    """Do the work, and measure the longest time for which nothing else could run."""
    longest, done = 0.0, asyncio.Event()

    async def tick() -> None:
        nonlocal longest
        before = time.perf_counter()
        while not done.is_set():
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, before = max(longest, now - before), now

    ticker = asyncio.create_task(tick())
    began = time.process_time()
    await work
    done.set()
    await ticker
    return {"hold": longest, "cpu": time.process_time() - began}


def hold_krea(base_url: str, folder: Path) -> Figures:
    """Save a large file beside a task that would run all the time."""
    from krea_client import AsyncKrea

    async def main() -> Figures:
        async with AsyncKrea(TOKEN, base_url) as client:
            return await _with_ticker(client.save(_job(f"{base_url}/video/{LARGE}/a.mp4"), folder / "a.mp4"))

    return asyncio.run(main())


def hold_httpx(base_url: str, folder: Path) -> Figures:
    """Write a large file in a loop over httpx, beside a task that would run all the time."""
    import httpx

    async def save() -> None:
        async with httpx.AsyncClient() as client, client.stream("GET", f"{base_url}/video/{LARGE}/a.mp4") as response:
            with (folder / "a.mp4").open("wb") as file:
                async for piece in response.aiter_bytes():
                    file.write(piece)

    return asyncio.run(_with_ticker(save()))


def down_krea(base_url: str, folder: Path) -> Figures:
    """Save a file of middle size."""
    from krea_client import AsyncKrea

    async def main() -> Figures:
        async with AsyncKrea(TOKEN, base_url) as client:
            began = time.process_time()
            await client.save(_job(f"{base_url}/video/{MIDDLE}/a.mp4"), folder / "a.mp4")
            return {"cpu": time.process_time() - began}

    return asyncio.run(main())


def down_httpx(base_url: str, folder: Path) -> Figures:
    """Write a file of middle size in a loop over httpx."""
    import httpx

    async def main() -> Figures:
        async with httpx.AsyncClient() as client:
            began = time.process_time()
            async with client.stream("GET", f"{base_url}/video/{MIDDLE}/a.mp4") as response:
                with (folder / "a.mp4").open("wb") as file:
                    async for piece in response.aiter_bytes():
                        file.write(piece)
            return {"cpu": time.process_time() - began}

    return asyncio.run(main())


def first_httpx(base_url: str, _: Path) -> Figures:
    """Import httpx and post once."""
    import httpx

    with httpx.Client(headers=HEADERS) as client:
        client.post(base_url + PATH, json=BODY).raise_for_status().json()
    return {}


def first_krea(base_url: str, _: Path) -> Figures:
    """Import krea_client and submit once."""
    from krea_client import Krea

    with Krea(TOKEN, base_url) as client:
        client.submit("z-image/z-image", **BODY)
    return {}


def first_typed(base_url: str, _: Path) -> Figures:
    """Import krea_client and submit a typed request once."""
    from krea_api.models import ZImageRequest
    from krea_client import Krea

    with Krea(TOKEN, base_url) as client:
        client.submit(ZImageRequest(**BODY))
    return {}


def empty(_: str, __: Path) -> Figures:
    """Do nothing: what every program of this file costs."""
    return {}


TASKS: dict[str, dict[str, Callable[[str, Path], Figures]]] = {
    "first": {"httpx": first_httpx, "krea": first_krea, "typed": first_typed, "empty": empty},
    "calls": {"httpx": calls_httpx, "krea": calls_krea, "httpx2": calls_httpx2, "aiohttp": calls_aiohttp},
    "save": {"httpx": save_httpx, "krea": save_krea},
    "hold": {"httpx": hold_httpx, "krea": hold_krea},
    "down": {"httpx": down_httpx, "krea": down_krea},
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    task, client_name, base_url, folder = sys.argv[1:]
    start = time.monotonic()
    figures = TASKS[task][client_name](base_url, Path(folder))
    wall = time.monotonic() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, **figures}))
