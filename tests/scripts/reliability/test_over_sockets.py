"""The essential faults over real sockets: what the library below does with them is not ours to imagine."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea, KreaError, OutcomeUnknown, Retry, SaveFailed
from krea_client.sandbox import Sandbox, running
from reliability.secrets_search import shown_by
from reliability.world import REQUEST, TOKEN

QUICK = Retry(base=0.001, cap=0.001, busy_base=0.001)
LOST_KINDS = [
    "read-timeout",
    "reset",
    "close",
    "cut",
    "cut-reset",
    "cut-timeout",
    "length-too-long",
    "bad-gzip",
    "html-502",
    "empty",
    "not-utf8",
]


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Sandbox]]:
    box = Sandbox(date="2026-11-20", time_scale=0, balance=1000, concurrent=1000)
    with running(box) as url:
        yield url, box


@pytest.fixture
def box(served: tuple[str, Sandbox]) -> Sandbox:
    served[1].reset()
    return served[1]


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest, served: tuple[str, Sandbox]) -> Any:
    """Call one method of a new client of that mode."""
    common: dict[str, Any] = {"retry": QUICK, "clock": served[1].clock}

    def sync(operation: str, *args: Any, timeout: float = 30.0, **more: Any) -> Any:
        with Krea(TOKEN, served[0], timeout=timeout, **common) as krea:
            return getattr(krea, operation)(*args, **more)

    def later(operation: str, *args: Any, timeout: float = 30.0, **more: Any) -> Any:
        async def main() -> Any:
            async with AsyncKrea(TOKEN, served[0], timeout=timeout, **common) as krea:
                return await getattr(krea, operation)(*args, **more)

        return asyncio.run(main())

    return sync if request.param == "sync" else later


def met(box: Sandbox, fault: dict[str, Any], attempt: Callable[[float], Any]) -> Any:
    """Return what an attempt with a time-out returns, or raises once it has met the fault.

    Only a fault that is silent needs a short time-out. On a busy computer other requests may take longer than that, before the fault
    is met: then a longer one is tried.
    """
    for seconds in (0.4, 3.0, 15.0) if str(fault["kind"]).endswith("timeout") else (30.0,):
        box.reset()
        box.faults.clear()
        box.faults.add(fault)
        try:
            return attempt(seconds)
        except KreaError:
            if box.faults.met:
                raise
    raise AssertionError("the fault was not met")


@pytest.mark.parametrize("kind", LOST_KINDS)
def test_a_lost_answer_is_one_job_and_shows_no_token(
    call: Any, served: tuple[str, Sandbox], box: Sandbox, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fault = {"kind": kind, "on": "submit"}
    fault |= {} if kind.startswith(("cut", "length", "bad", "empty", "not")) else {"accepted": True}
    with pytest.raises(OutcomeUnknown) as excinfo:
        met(box, fault, lambda seconds: call("submit", *REQUEST, timeout=seconds))
    assert len(box.ledger) == 1
    with Krea(TOKEN, served[0]) as krea:
        since = box.ledger[0].created_at
        assert [job.id for job in krea.jobs.candidates(since=since)] == [box.ledger[0].job_id]
    assert [place for place, text in shown_by(excinfo.value) if TOKEN in text] == []
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("kind", ["reset", "close", "cut", "read-timeout", "429", "json-503"])
def test_a_fault_of_a_look_is_survived(call: Any, box: Sandbox, kind: str) -> None:
    assert met(box, {"kind": kind, "on": "look"}, lambda seconds: call("run", *REQUEST, timeout=seconds)).succeeded
    assert len(box.ledger) == 1


@pytest.mark.parametrize("kind", ["reset", "cut", "cut-reset", "cut-timeout", "length-too-long", "json-503"])
def test_a_broken_download_is_taken_up_again(call: Any, box: Sandbox, kind: str, tmp_path: Path) -> None:

    def attempt(seconds: float) -> Any:
        return call("save", call("run", *REQUEST), tmp_path / "a.png", timeout=seconds)

    [path] = met(box, {"kind": kind, "on": "result"}, attempt)
    assert path.read_bytes().endswith(b"IEND\xaeB`\x82")
    last = box.requests[-1].headers
    assert ("range" in last) == kind.startswith("cut")
    assert "authorization" not in last


@pytest.mark.parametrize("kind", ["reset", "cut", "html-200", "404"])
def test_a_download_that_stays_broken_leaves_what_was_there(call: Any, box: Sandbox, kind: str, tmp_path: Path) -> None:
    job = call("run", *REQUEST)
    (tmp_path / "a.png").write_bytes(b"older")
    box.faults.add({"kind": kind, "on": "result", "times": 0})
    with pytest.raises(SaveFailed):
        call("save", job, tmp_path / "a.png", overwrite=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.png", b"older")]


def test_an_upload_that_breaks_off_tells_so(call: Any, box: Sandbox) -> None:
    box.faults.add({"kind": "reset", "on": "upload", "times": 0})
    with pytest.raises(KreaError) as excinfo:
        call("submit", "bfl/flux-1-dev", prompt="a", image_url=Path(__file__).parents[3] / "docs" / "cathedral.jpg")
    assert box.ledger == []
    assert [place for place, text in shown_by(excinfo.value) if TOKEN in text] == []
