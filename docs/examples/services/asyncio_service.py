"""Make posters from lines of standard input, eight at a time, until SIGTERM or the end; jobs that are under way are finished first.

Usage: python asyncio_service.py < titles.txt
"""

import asyncio
import signal
import sys
from pathlib import Path

from krea_client import AsyncKrea, KreaError, OutcomeUnknown

FOLDER = Path("posters")
WORKERS = 8


async def read(titles: "asyncio.Queue[str]", stop: asyncio.Event) -> None:
    """Put the lines of standard input into the queue."""
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            stop.set()
        elif line.strip():
            await titles.put(line.strip())


async def work(krea: AsyncKrea, titles: "asyncio.Queue[str]", stop: asyncio.Event) -> None:
    """Make one poster after the other."""
    while not (stop.is_set() and titles.empty()):
        try:
            title = await asyncio.wait_for(titles.get(), timeout=0.1)
        except TimeoutError:
            continue
        try:
            job = await krea.run("z-image/z-image", prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K")
            [path] = await krea.save(job, FOLDER / f"{job.id}.png")
            print(title, path, sep="\t", flush=True)
        except OutcomeUnknown as error:  # it may have been billed, so it is not sent again
            print(title, "unknown", error, sep="\t", file=sys.stderr, flush=True)
        except KreaError as error:  # one bad order stops no other
            print(title, "failed", error, sep="\t", file=sys.stderr, flush=True)


async def main() -> None:
    """Serve until there are no more orders."""
    titles: asyncio.Queue[str] = asyncio.Queue(maxsize=100)
    stop = asyncio.Event()
    if sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with AsyncKrea() as krea, asyncio.TaskGroup() as tasks:
        tasks.create_task(read(titles, stop))
        for _ in range(WORKERS):
            tasks.create_task(work(krea, titles, stop))


if __name__ == "__main__":
    asyncio.run(main())
