"""One client runs and saves a batch; its first line of output has its seconds, CPU seconds and memory.

Arguments: the client, the API's address, the number of jobs, how many at once, the folder.
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

MODEL, BODY = "z-image/z-image", {"prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"}


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def krea(base_url: str, count: int, at_once: int, folder: str) -> None:
    """Run the documented loop."""
    from krea_client import Krea

    with Krea("toy-token", base_url) as client:
        for result in client.run_all([(MODEL, BODY)] * count, at_once=at_once):
            client.save(result, folder)


def krea_generator(base_url: str, count: int, at_once: int, folder: str) -> None:
    """Run the documented loop over requests that are made one by one."""
    from krea_client import Krea

    with Krea("toy-token", base_url) as client:
        for result in client.run_all(((MODEL, BODY) for _ in range(count)), at_once=at_once):
            client.save(result, folder)


def krea_async(base_url: str, count: int, at_once: int, folder: str) -> None:
    """Run the documented async loop."""
    from krea_client import AsyncKrea

    async def main() -> None:
        async with AsyncKrea("toy-token", base_url) as client:
            async for result in client.run_all([(MODEL, BODY)] * count, at_once=at_once):
                await client.save(result, folder)

    asyncio.run(main())


def naive(base_url: str, count: int, at_once: int, folder: str, pause: float = 1.0) -> None:
    """Run a task for each job, as programs without a library do."""
    import httpx

    async def main() -> None:
        headers = {"authorization": "Bearer toy-token"}
        # With many jobs at once, a request waits longer for a connection than the usual time-out.
        async with httpx.AsyncClient(headers=headers, base_url=base_url, timeout=None) as client:  # noqa: S113  # see the comment above
            slots = asyncio.Semaphore(at_once)

            async def one() -> None:
                async with slots:
                    job = (await client.post("/generate/image/z-image/z-image", json=BODY)).raise_for_status().json()
                    while job["status"] != "completed":
                        await asyncio.sleep(pause)
                        job = (await client.get(f"/jobs/{job['job_id']}")).raise_for_status().json()
                response = await client.get(job["result"]["urls"][0])
                _write(Path(folder, f"{job['job_id']}.png"), response.content)

            await asyncio.gather(*(one() for _ in range(count)))

    asyncio.run(main())


def bulk(base_url: str, count: int, at_once: int, folder: str) -> None:
    """Carry out a durable bulk run."""
    from krea_client import Krea

    with Krea("toy-token", base_url) as client:
        items = [{"custom_id": f"p{number:06}", "model": MODEL, "body": BODY} for number in range(count)]
        client.bulk.run(items, folder, at_once=at_once)


def naive_two(base_url: str, count: int, at_once: int, folder: str) -> None:
    """Do as `naive`, half as often."""
    naive(base_url, count, at_once, folder, 2.0)


def naive_half(base_url: str, count: int, at_once: int, folder: str) -> None:
    """Do as `naive`, twice as often."""
    naive(base_url, count, at_once, folder, 0.5)


CLIENTS = {
    "bulk": bulk,
    "naive-2": naive_two,
    "krea": krea,
    "krea-generator": krea_generator,
    "krea-async": krea_async,
    "naive": naive,
    "naive-0.5": naive_half,
}

if __name__ == "__main__":
    name, base_url, count, at_once, folder = sys.argv[1:]
    start = time.monotonic()
    CLIENTS[name](base_url, int(count), int(at_once), folder)
    wall = time.monotonic() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss}))
