"""The sandbox in the place of the network, for sync and async httpx clients."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from krea_client.sandbox import Sandbox

from .conftest import GOOD, GPT, Z_IMAGE

TOKEN = {"authorization": "Bearer t0ken"}


def test_a_sync_client_gets_from_request_to_picture(box: Sandbox) -> None:
    with httpx.Client(transport=box.transport(), base_url="https://api.krea.ai", headers=TOKEN) as client:
        job = client.post(GPT, json={"prompt": "x", "width": 32, "height": 32}).json()
        box.clock.advance(60)
        [url] = client.get(f"/jobs/{job['job_id']}").json()["result"]["urls"]
    with httpx.Client(transport=box.transport()) as download_client:
        picture = download_client.get(url)
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert int(picture.headers["content-length"]) == len(picture.content)


def test_an_async_client_gets_the_same(box: Sandbox) -> None:
    async def main() -> list[str]:
        async with httpx.AsyncClient(
            transport=box.transport(), base_url="https://api.krea.ai", headers=TOKEN
        ) as client:
            job_ids = [(await client.post(Z_IMAGE, json=GOOD)).json()["job_id"] for _ in range(3)]
            await box.clock.sleep_async(60)
            assert (await client.get("/jobs", params={"status": "completed", "limit": 2})).json()["next_cursor"]
            return job_ids

    assert [row.job_id for row in box.ledger] == []
    assert asyncio.run(main()) == [row.job_id for row in box.ledger]


@pytest.mark.parametrize(
    "url", ["https://example.com/", "https://gen.krea.ai/jobs", "https://api.krea.ai:444/jobs", "https://krea.ai/"]
)
def test_other_hosts_do_not_exist(box: Sandbox, url: str) -> None:
    with (
        httpx.Client(transport=box.transport(), headers=TOKEN) as client,
        pytest.raises(httpx.ConnectError, match="sandbox"),
    ):
        client.get(url)
    assert box.requests == []


def test_streamed_bodies_are_read(box: Sandbox) -> None:
    body = httpx.Request("POST", "https://x", json=GOOD).content

    async def pieces() -> AsyncIterator[bytes]:
        yield body[:10]
        yield body[10:]

    async def main() -> int:
        async with httpx.AsyncClient(transport=box.transport(), headers=TOKEN) as client:
            return (await client.post("https://api.krea.ai" + Z_IMAGE, content=pieces())).status_code

    assert asyncio.run(main()) == 200
    assert box.ledger[0].body == body
