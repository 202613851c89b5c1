"""Calls per second of one client beside bare httpx, batch by batch in turn. Prints JSON: CPU seconds of every batch.

Usage: exchanges.py SUBJECT PORT ROUNDS BATCH. SUBJECT is krea, krea-typed, krea-async, fal, replicate or openai. Runs alone with
what its environment holds: it imports nothing of this project but the installed package.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import warnings
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

PATH = "/generate/image/z-image/z-image"
BODY: dict[str, Any] = {"prompt": "a gothic cathedral at dusk", "aspect_ratio": "16:9", "resolution": "1K"}
TOKEN = "toy-token"  # noqa: S105  # a loopback server asks for none
HEADERS = {"authorization": f"Bearer {TOKEN}"}


def bare(base: str) -> Callable[[], object]:
    """Return the same exchange with nothing but httpx."""
    import httpx

    client = httpx.Client(headers=HEADERS)
    return lambda: client.post(base + PATH, json=BODY).raise_for_status().json()


def bare_async(base: str) -> Callable[[], Awaitable[object]]:
    """Return the same exchange with nothing but httpx, on asyncio."""
    import httpx

    client = httpx.AsyncClient(headers=HEADERS)

    async def call() -> object:
        return (await client.post(base + PATH, json=BODY)).raise_for_status().json()

    return call


def krea(base: str) -> Callable[[], object]:
    """Return a model id with keywords."""
    from krea_client import Krea

    client = Krea(TOKEN, base)
    return lambda: client.submit("z-image/z-image", **BODY)


def krea_typed(base: str) -> Callable[[], object]:
    """Return a typed request, made anew for each call."""
    from krea_api.models import ZImageRequest
    from krea_client import Krea

    client = Krea(TOKEN, base)
    return lambda: client.submit(ZImageRequest(**BODY))


def krea_async(base: str) -> Callable[[], Awaitable[object]]:
    """Return a model id with keywords, on asyncio."""
    from krea_client import AsyncKrea

    client = AsyncKrea(TOKEN, base)
    return lambda: client.submit("z-image/z-image", **BODY)


def fal(base: str) -> Callable[[], object]:
    """Return the queue of fal-client, pointed to loopback through its module's own constant."""
    module: Any = import_module("fal_client.client")
    module.QUEUE_URL_FORMAT = base + "/fal/"
    client = module.SyncClient(key=TOKEN)
    return lambda: client.submit("fal-ai/z-image", arguments=BODY)


def replicate(base: str) -> Callable[[], object]:
    """Return a prediction of replicate."""
    client = import_module("replicate").Client(api_token=TOKEN, base_url=base + "/replicate")
    return lambda: client.predictions.create(version="c", input=BODY)


def openai(base: str) -> Callable[[], object]:
    """Return an image of openai."""
    client = import_module("openai").OpenAI(api_key=TOKEN, base_url=base + "/openai")
    return lambda: client.images.generate(model="z-image", prompt="a gothic cathedral at dusk", size="1024x1024")


def runwayml(base: str) -> Callable[[], object]:
    """Return a video of runwayml."""
    client = import_module("runwayml").RunwayML(api_key=TOKEN, base_url=base + "/runwayml")
    return lambda: client.text_to_video.create(model="veo3.1", prompt_text="a fox", ratio="1280:720", duration=4)


IDLE_SECONDS = (
    2.1  # after that long, this client has closed the connections of its first POSTs, each of which has one of its own
)

SUBJECTS: dict[str, Callable[[str], Callable[[], object]]] = {
    "krea": krea,
    "krea-typed": krea_typed,
    "fal": fal,
    "replicate": replicate,
    "openai": openai,
    "runwayml": runwayml,
}


def in_turn(rounds: int, batches: dict[str, Callable[[], None]]) -> dict[str, list[float]]:
    """Return CPU seconds of each batch of every round; who begins changes from round to round."""
    seconds: dict[str, list[float]] = {name: [] for name in batches}
    for number in range(rounds + 1):
        if number == 1:
            time.sleep(IDLE_SECONDS)
        for name in sorted(batches, reverse=number % 2 == 1):
            began = time.process_time()
            batches[name]()
            if number:  # the first round is for warming up
                seconds[name].append(time.process_time() - began)
    return seconds


def batch_of(call: Callable[[], object], size: int) -> Callable[[], None]:
    """Make so many calls, one after the other."""

    def run() -> None:
        for _ in range(size):
            call()

    return run


async def measured_async(base: str, rounds: int, size: int) -> dict[str, list[float]]:
    """Do as `in_turn`, awaiting each call."""
    calls = {"httpx": bare_async(base), "subject": krea_async(base)}
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        if number == 1:
            await asyncio.sleep(IDLE_SECONDS)
        for name in sorted(calls, reverse=number % 2 == 1):
            began = time.process_time()
            for _ in range(size):
                await calls[name]()
            if number:
                seconds[name].append(time.process_time() - began)
    return seconds


def main(subject: str, port: str, rounds: str, size: str) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    base = f"http://127.0.0.1:{port}"
    if subject == "krea-async":
        seconds = asyncio.run(measured_async(base, int(rounds), int(size)))
    else:
        calls = {"httpx": bare(base), "subject": SUBJECTS[subject](base)}
        seconds = in_turn(int(rounds), {name: batch_of(call, int(size)) for name, call in calls.items()})
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
