"""No answer leaves anything behind that a later request would carry."""

import asyncio

import httpx

from krea_client import AsyncKrea, Krea


class Baker:
    """Answers with a job and a cookie, and takes note of the cookies that come back."""

    def __init__(self) -> None:
        self.returned: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.returned.append(request.headers.get("cookie"))
        job = {"job_id": "6b1c", "status": "queued", "created_at": "2026-11-20T09:00:00Z"}
        return httpx.Response(200, json=job, headers={"set-cookie": "visit=1; Path=/"})


def test_the_baker_is_believed_by_a_bare_client() -> None:
    baker = Baker()
    with httpx.Client(transport=httpx.MockTransport(baker), base_url="https://api.krea.ai") as client:
        client.get("/jobs/6b1c")
        client.get("/jobs/6b1c")
    assert baker.returned == [None, "visit=1"]


def test_a_cookie_does_not_come_back() -> None:
    baker = Baker()
    with Krea("toy", transport=httpx.MockTransport(baker)) as krea:
        krea.jobs.get("6b1c")
        krea.jobs.get("6b1c")
        krea.raw.get_httpx_client().get("/jobs/6b1c")
        krea.raw.get_httpx_client().get("/jobs/6b1c")
    assert baker.returned == [None] * 4


def test_a_cookie_does_not_come_back_on_asyncio() -> None:
    baker = Baker()

    async def twice() -> None:
        async with AsyncKrea("toy", transport=httpx.MockTransport(baker)) as krea:
            await krea.jobs.get("6b1c")
            await krea.jobs.get("6b1c")

    asyncio.run(twice())
    assert baker.returned == [None, None]
