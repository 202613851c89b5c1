"""What `legacy.install()` costs calls that have nothing to do with Krea, batch by batch in turn. Prints JSON: CPU seconds of every batch.

Usage: other_hosts.py LIBRARY PORT ROUNDS BATCH. LIBRARY is httpx, httpx-async, requests or urllib. Runs alone with what its
environment holds: it imports nothing of this project but the installed package.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from krea_client import legacy

BODY: dict[str, Any] = {"prompt": "a gothic cathedral at dusk", "aspectRatio": "16:9", "resolution": "1K"}
PATH = "/generate/image/z-image/z-image"
SLICES = 5  # a batch is cut so fine that what else the machine does falls on both sides


def by_httpx(base: str) -> Callable[[], object]:
    """Return a client that lives on, as programs have it."""
    import httpx

    client = httpx.Client()
    return lambda: client.post(base + PATH, json=BODY).raise_for_status().json()


def by_requests(base: str) -> Callable[[], object]:
    """Return a session that lives on."""
    import requests

    session = requests.Session()
    return lambda: session.post(base + PATH, json=BODY).json()


def by_urllib(base: str) -> Callable[[], object]:
    """Call `urlopen`, a connection each."""
    from urllib.request import Request, urlopen

    def call() -> object:
        request = Request(base + PATH, json.dumps(BODY).encode(), {"Content-Type": "application/json"})  # noqa: S310  # loopback only
        with urlopen(request) as answer:  # noqa: S310  # loopback only
            return json.load(answer)

    return call


def by_httpx_async(base: str) -> Callable[[], Awaitable[object]]:
    """Return an async client that lives on."""
    import httpx

    client = httpx.AsyncClient()

    async def call() -> object:
        return (await client.post(base + PATH, json=BODY)).raise_for_status().json()

    return call


SUBJECTS: dict[str, Callable[[str], Callable[[], object]]] = {
    "httpx": by_httpx,
    "requests": by_requests,
    "urllib": by_urllib,
}


def measured(call: Callable[[int], object], rounds: int, size: int) -> dict[str, list[float]]:
    """Return CPU seconds of each round, bare and installed, in slices that take turns."""
    spent: dict[str, list[float]] = {"bare": [], "installed": []}
    for number in range(rounds + 1):
        took = dict.fromkeys(spent, 0.0)
        for part in range(2 * SLICES):
            side = "installed" if (part + number + part // 2) % 2 else "bare"
            legacy.install()
            if side == "bare":  # both sides have seen the work of installing, which leaves caches cold
                legacy.uninstall()
            call(2)
            began = time.process_time()
            call(size // SLICES)
            took[side] += time.process_time() - began
        if number:  # the first round is for warming up
            for side, seconds in took.items():
                spent[side].append(seconds)
    return spent


def main(library: str, port: str, rounds: str, size: str) -> None:
    """Measure and print."""
    base = f"http://127.0.0.1:{port}"
    if library == "httpx-async":
        later = by_httpx_async(base)
        with asyncio.Runner() as runner:

            async def several(count: int) -> None:
                for _ in range(count):
                    await later()

            seconds = measured(lambda count: runner.run(several(count)), int(rounds), int(size))
    else:
        call = SUBJECTS[library](base)

        def batch(count: int) -> None:
            for _ in range(count):
                call()

        seconds = measured(batch, int(rounds), int(size))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
