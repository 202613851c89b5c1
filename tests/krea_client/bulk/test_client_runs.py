"""`krea.bulk` of both clients against a sandbox: results are saved, and a second call has nothing left to do."""

import asyncio
from pathlib import Path

from krea_client import AsyncKrea, Krea
from krea_client.sandbox import Sandbox

REQUESTS = [
    {
        "custom_id": f"cat-{number}",
        "model": "z-image/z-image",
        "prompt": "a cat",
        "aspect_ratio": "1:1",
        "resolution": "1K",
    }
    for number in range(2)
]


def test_a_run_of_an_async_client(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)

    async def runs() -> None:
        async with AsyncKrea("token", transport=box.transport(), clock=box.clock) as krea:
            first = await krea.bulk.run(REQUESTS, tmp_path / "out")
            assert (first.saved, first.exit_code, first.unknown) == (2, 0, 0)
            assert [item.key async for item in krea.bulk.iterate(REQUESTS, tmp_path / "out")] == []
            assert (await krea.bulk.status(tmp_path / "out")).total == 2

    asyncio.run(runs())
    assert sorted(file.name for file in (tmp_path / "out" / "000").iterdir()) == [
        "cat-0.png",
        "cat-1.png",
        "manifest.jsonl",
    ]
    assert box.totals.accepted == 2


def test_a_run_of_a_sync_client_that_is_left_goes_on(tmp_path: Path) -> None:
    box = Sandbox(time_scale=0)
    with Krea("token", transport=box.transport(), clock=box.clock) as krea:
        for _ in krea.bulk.iterate(REQUESTS, tmp_path / "out", at_once=1):
            break
        report = krea.bulk.run(REQUESTS, tmp_path / "out")
    assert (report.saved, report.exit_code) == (2, 0)
    assert box.totals.accepted == 2
