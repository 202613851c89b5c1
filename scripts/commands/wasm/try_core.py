"""Use the core of the client in Pyodide, against a transport that answers as the API does. Run by scripts/check-wasm."""

import json
import sys
from pathlib import Path

import httpx

from krea_client import AsyncKrea, Krea
from krea_client.errors import RequestInvalid

MODEL = "z-image/z-image"
GOOD = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
RESULT = "https://results.example/fox.png"
COMPLETED_JOB = {"job_id": "j1", "status": "completed", "result": {"urls": [RESULT]}}
sent_requests: list[httpx.Request] = []


def answer(request: httpx.Request) -> httpx.Response:
    """Answer as the API does: a job, its end, and its picture."""
    sent_requests.append(request)
    if request.url.host == "results.example":
        return httpx.Response(200, content=PNG, headers={"content-type": "image/png"})
    if request.method == "POST":
        return httpx.Response(200, json={"job_id": "j1", "status": "queued"})
    return httpx.Response(200, json=COMPLETED_JOB)


def check(rule: str, holds: bool) -> None:
    """Print a line; end where it does not hold."""
    print("ok     " if holds else "FAILED ", rule)
    if not holds:
        sys.exit(1)


with Krea("token", transport=httpx.MockTransport(answer)) as krea:
    job = krea.run(MODEL, GOOD)
    check("Krea: a job is run to its end", job.succeeded)
    [path] = krea.save(job, "fox.png")
    check("Krea: its result is saved", Path(path).read_bytes() == PNG)
    check("Krea: its result is read without a file", krea.read(job) == PNG)
    check("Krea: a deprecated name is translated", krea.submit(MODEL, {**GOOD, "aspectRatio": "1:1"}).id == "j1")
    check("Krea: many requests of one model pass", all(krea.submit(MODEL, GOOD).id for _ in range(8)))
    number = len(sent_requests)
    try:
        krea.submit(MODEL, {**GOOD, "resolution": 7})
        check("Krea: a wrong request is refused", holds=False)
    except RequestInvalid:
        check("Krea: a wrong request is refused, and nothing is sent", len(sent_requests) == number)
    check("Krea: the body that was sent", json.loads(sent_requests[0].content) == GOOD)


async def use_async() -> None:
    """Do the same with AsyncKrea; run.mjs awaits it."""
    async with AsyncKrea("token", transport=httpx.MockTransport(answer)) as krea:
        job = await krea.run(MODEL, GOOD)
        check("AsyncKrea: a job is run, and its result read", await krea.read(job) == PNG)
    print(f"Python {sys.version.split()[0]} on {sys.platform}")
