"""What the installed library must do with its own dependencies and nothing else. Run by test_installed.py in other Pythons."""

import asyncio
import sys
import warnings
from importlib.metadata import version

import httpx

import krea_client
from krea_api.models import ZImageRequest
from krea_client import AsyncKrea, Krea, KreaSunsetWarning, RequestInvalid

JOB = {"job_id": "6b1c", "status": "queued", "created_at": "2026-11-20T09:00:00Z", "completed_at": None, "result": None}
requests: list[httpx.Request] = []


def answer(request: httpx.Request) -> httpx.Response:
    """Take note of the request and give a job."""
    requests.append(request)
    return httpx.Response(200, json=JOB)


async def on_asyncio() -> str:
    """Return one submission."""
    async with AsyncKrea("toy", transport=httpx.MockTransport(answer)) as krea:
        return (await krea.submit(ZImageRequest(prompt="a fox", aspect_ratio="1:1", resolution="1K"))).id


def problems_of(krea: Krea) -> list[str]:
    """Return where a bad request is bad, when it is refused."""
    try:
        krea.submit("z-image/z-image", prompt=7)
    except RequestInvalid as error:
        return [problem.path for problem in error.problems]
    return []


def main() -> None:
    """Try deprecated names and checks, sync and async."""
    assert version("krea-client") == krea_client.__version__
    for name in krea_client.__all__:
        assert getattr(krea_client, name) is not None
    with Krea("toy", transport=httpx.MockTransport(answer)) as krea, warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        job = krea.submit("z-image/z-image", {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"})
        assert job.id == "6b1c"
        assert b'"aspect_ratio":"1:1"' in requests[0].content
        assert [warning.category for warning in raised] == [KreaSunsetWarning]
        assert raised[0].filename == __file__
        assert problems_of(krea) == ["prompt", "aspect_ratio", "resolution"]
    assert asyncio.run(on_asyncio()) == "6b1c"
    absent = {"click", "rich", "PIL", "jsonschema", "uvicorn"} & {name.partition(".")[0] for name in sys.modules}
    assert not absent, absent
    sys.stdout.write(f"ok {sys.version.split()[0]}\n")


if __name__ == "__main__":
    main()
