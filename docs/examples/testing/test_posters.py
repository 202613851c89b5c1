"""A test suite of a program that uses krea-client. It needs no network, costs nothing and does not wait."""

import asyncio
from pathlib import Path

import pytest
from posters import MODEL, order, poster, webhook

from krea_client import AsyncKrea, Busy, JobFailed, Krea, KreaDeprecationWarning, OutOfCredits
from krea_client.sandbox import KreaSandbox

HOOK = "https://example.com/hook"


def test_a_poster_is_a_picture_on_disk(krea: Krea, krea_sandbox: KreaSandbox, tmp_path: Path) -> None:
    path = poster(krea, "Sunrise", tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")
    [row] = krea_sandbox.ledger
    assert row.fields == {"prompt": "a poster: Sunrise", "aspect_ratio": "2:3", "resolution": "1K"}
    assert row.billed == krea.price(MODEL).amount


def test_a_poster_that_fails_costs_nothing(krea: Krea, krea_sandbox: KreaSandbox, tmp_path: Path) -> None:
    with pytest.raises(JobFailed):
        poster(krea, "[sandbox:fail]", tmp_path)
    assert krea_sandbox.totals.amount == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.krea_sandbox(balance=0.004)
def test_the_second_poster_exceeds_the_balance(krea: Krea, tmp_path: Path) -> None:
    poster(krea, "first", tmp_path)
    with pytest.raises(OutOfCredits):
        poster(krea, "second", tmp_path)


@pytest.mark.krea_sandbox(concurrent=1)
def test_one_job_at_a_time(krea: Krea, krea_sandbox: KreaSandbox) -> None:
    krea.submit(MODEL, prompt="[sandbox:seconds=3600]", aspect_ratio="1:1", resolution="1K")
    with pytest.raises(Busy):
        krea.submit(MODEL, prompt="one too many", aspect_ratio="1:1", resolution="1K")
    krea_sandbox.advance(3600)
    krea.submit(MODEL, prompt="now there is room", aspect_ratio="1:1", resolution="1K")


@pytest.mark.krea_sandbox(date="2026-06-18")
def test_deprecated_names_are_found_before_the_api_rejects_them(krea: Krea) -> None:
    with pytest.warns(KreaDeprecationWarning, match="aspect_ratio"):
        krea.submit(MODEL, {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"})


def test_an_order_ends_with_a_webhook(async_krea: AsyncKrea, krea_sandbox: KreaSandbox) -> None:
    job = asyncio.run(order(async_krea, "Sunset", HOOK))
    krea_sandbox.advance(60)
    [(status, body)] = krea_sandbox.deliver_webhooks(lambda delivery: webhook(delivery.body))
    assert status == 200
    assert job.id in body.decode()
