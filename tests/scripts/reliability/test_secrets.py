"""The token is searched for in everything that a full run shows, writes and logs, and in what fails before it."""

import asyncio
import contextlib
import io
import logging
import sys
import traceback
import warnings
from pathlib import Path
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea, KreaError
from krea_client.sandbox import Sandbox, running
from reliability.secrets_search import shown_by
from reliability.world import REQUEST, TOKEN

SIGNED = "X-Signature=s3cret-of-an-address"


@pytest.mark.parametrize("kind", [Krea, AsyncKrea])
@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": 0},
        {"token": f"{TOKEN} with space"},
        {"base_url": "nowhere"},
        {"aliases": "no"},
        {"clock": 7},
        {"on_interrupt": "no"},
        {"budget": "much"},
    ],
)
def test_a_client_that_cannot_be_made_shows_no_token(kind: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)) as excinfo:
        kind(**({"token": TOKEN} | wrong))
    assert [place for place, text in shown_by(excinfo.value) if TOKEN in text] == []


def test_a_client_that_the_library_below_refuses_shows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://nowhere")
    for kind in (Krea, AsyncKrea):
        with pytest.raises(ValueError, match="nonsense") as excinfo:
            kind(TOKEN)
        assert [place for place, text in shown_by(excinfo.value) if TOKEN in text] == []


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_full_run_at_debug_shows_and_writes_no_secret(
    mode: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    box = Sandbox(date="2026-11-20", time_scale=0)
    printed = io.StringIO()
    with (
        running(box) as url,
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        warnings.catch_warnings(record=True) as warned,
    ):
        errors = live(url, box, tmp_path) if mode == "sync" else asyncio.run(live_async(url, box, tmp_path))
    assert errors
    text = caplog.text + printed.getvalue() + repr(warned) + "".join(map(repr, box.requests))
    text += "".join("".join(traceback.format_exception(error)) for error in errors)
    assert TOKEN not in text
    assert SIGNED not in text
    for error in errors:
        assert [place for place, text in shown_by(error) if TOKEN in text] == []
    for path in tmp_path.rglob("*"):
        assert TOKEN.encode() not in (path.read_bytes() if path.is_file() else path.name.encode())
    assert not caplog.records or {record.name.partition(".")[0] for record in caplog.records} <= {
        "httpx",
        "httpcore",
        "asyncio",
        "krea_client",
        "uvicorn",
        "PIL",
    }


def faults(box: Sandbox) -> None:
    for fault in (
        {"kind": "reset", "on": "submit", "accepted": True},
        {"kind": "json-500", "on": "look"},
        {"kind": "cut", "on": "result"},
    ):
        box.faults.add(fault)


def live(url: str, box: Sandbox, folder: Path) -> list[KreaError]:
    errors = []
    with Krea(TOKEN, url, clock=box.clock) as krea:
        faults(box)
        try:
            krea.submit(*REQUEST)
        except KreaError as error:
            errors.append(error)
        job = krea.run(REQUEST[0], {**REQUEST[1]}, webhook_url="https://example.com/hook")
        krea.save(job, folder)
        list(krea.jobs.list())
        list(krea.run_all([REQUEST] * 3))
        sys.stdout.write(f"{krea} {vars(krea)} {krea.raw}")
        box.faults.add({"kind": "401"})
        try:
            krea.jobs.get(job)
        except KreaError as error:
            errors.append(error)
        box.faults.add({"kind": "404", "on": "result"})
        signed = type(job).from_dict({**job.raw, "result": {"urls": [f"{job.urls[0]}?{SIGNED}"]}})
        try:
            krea.save(signed, folder / "signed.png")
        except KreaError as error:
            errors.append(error)
    return errors


async def live_async(url: str, box: Sandbox, folder: Path) -> list[KreaError]:
    errors = []
    async with AsyncKrea(TOKEN, url, clock=box.clock) as krea:
        faults(box)
        try:
            await krea.submit(*REQUEST)
        except KreaError as error:
            errors.append(error)
        job = await krea.run(REQUEST[0], {**REQUEST[1]})
        await krea.save(job, folder)
        _ = [job async for job in krea.jobs.list()]
        _ = [job async for job in krea.run_all([REQUEST] * 3)]
        sys.stdout.write(f"{krea} {vars(krea)} {krea.raw}")
        box.faults.add({"kind": "401"})
        try:
            await krea.jobs.get(job)
        except KreaError as error:
            errors.append(error)
        box.faults.add({"kind": "404", "on": "result"})
        signed = type(job).from_dict({**job.raw, "result": {"urls": [f"{job.urls[0]}?{SIGNED}"]}})
        try:
            await krea.save(signed, folder / "signed.png")
        except KreaError as error:
            errors.append(error)
    return errors
