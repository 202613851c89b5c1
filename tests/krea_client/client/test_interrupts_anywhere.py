"""What a signal handler raises, anywhere in our own code: every paid job is handed over, named by the exception, or logged."""

import dis
import logging
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from krea_client import Krea
from krea_client.errors import open_jobs
from krea_client.sandbox import Sandbox

from .conftest import GOOD, TOKEN

MODEL = "z-image/z-image"
# CPython raises what a signal handler raises after a call, at the start of a function, and at a jump back.
CHECKED = {dis.opmap[name] for name in ("CALL", "CALL_FUNCTION_EX", "RESUME", "JUMP_BACKWARD") if name in dis.opmap}
SAMPLES = 24


class AlarmTimeout(Exception):
    """What a program's handler of SIGALRM raises."""


class InterruptAt:
    """Raises an exception at one of the places of the client's own code where a signal handler might.

    Attributes:
        places: how many such places were passed.
        raised_in: the function that was interrupted.
    """

    def __init__(self, number: int, kind: type[BaseException]) -> None:
        self._kind = kind
        self.places = 0
        self.raised_in = ""
        self._number = number
        self._last: dict[FrameType, int] = {}

    @contextmanager
    def armed(self) -> Generator[None]:
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, _: str, __: object) -> Callable[..., Any] | None:
        if not is_client_code(frame.f_code):
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return self._step

    def _step(self, frame: FrameType, event: str, _: object) -> Callable[..., Any]:
        if event != "opcode":
            return self._step
        code, last = frame.f_code.co_code, self._last.get(frame)
        self._last[frame] = frame.f_lasti
        if last is None or code[last] not in CHECKED or code[frame.f_lasti] == dis.opmap["PUSH_EXC_INFO"]:
            return self._step
        self.places += 1
        if self.places == self._number:
            self.raised_in = frame.f_code.co_qualname
            sys.settrace(None)
            raise self._kind
        return self._step


def is_client_code(code: CodeType) -> bool:
    return "krea_client" in code.co_filename and not any(part in code.co_filename for part in ("sandbox", "tests"))


def run_one(client: Krea, _: Path) -> Iterable[str]:
    yield client.run(MODEL, GOOD).id


def submit_one(client: Krea, _: Path) -> Iterable[str]:
    yield client.submit(MODEL, GOOD).id


def save_all(client: Krea, folder: Path) -> Iterable[str]:
    for result in client.run_all([(MODEL, GOOD)] * 4, at_once=2):
        yield result.id
        client.save(result, folder, overwrite=True)


def run_all(client: Krea, _: Path) -> Iterable[str]:
    for result in client.run_all([(MODEL, GOOD)] * 4, at_once=2):
        if result.failure is not None:
            yield from (job.id for job in open_jobs(result.failure))
            yield " ".join(getattr(result.failure, "__notes__", ()))
        yield result.id


Work = Callable[[Krea, Path], Iterable[str]]


def interrupted(
    work: Work, folder: Path, number: int, log: Callable[[], str], kind: type[BaseException]
) -> tuple[InterruptAt, set[str]]:
    """Interrupt at a place; return it, and the ids of the jobs of which nobody was told."""
    box = Sandbox(date="2026-11-20", time_scale=0)
    interrupt = InterruptAt(number, kind)
    taken: set[str] = set()
    told = ""
    with Krea(token=TOKEN, transport=box.transport(), clock=box.clock) as client:
        steps = work(client, folder)
        try:
            with interrupt.armed():
                for job_id in steps:
                    taken.add(job_id)
        except kind as error:
            taken |= {job.id for job in open_jobs(error)}
            told = " ".join(getattr(error, "__notes__", ()))
        del steps
    if "krea.jobs.candidates(" in told + " ".join(
        taken
    ):  # nothing of the answer was read yet: the user looks among the jobs of the time
        return interrupt, set()
    return interrupt, {row.job_id for row in box.ledger if row.job_id not in taken and row.job_id not in told + log()}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("work", "kind"),
    [*((work, KeyboardInterrupt) for work in (run_one, submit_one, save_all, run_all)), (run_all, AlarmTimeout)],
)
def test_no_job_is_lost_by_an_interrupt_at_24_places(
    work: Work, kind: type[BaseException], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "krea_client")
    log = lambda: caplog.text  # noqa: E731  # the log as it is at the time of the call
    interrupted(work, tmp_path, 0, log, kind)  # what is cached by the first run is not passed again
    whole, lost = interrupted(work, tmp_path, 0, log, kind)
    assert not lost
    assert whole.places > SAMPLES
    found = {}
    for sample in range(SAMPLES):
        caplog.clear()
        interrupt, lost = interrupted(work, tmp_path, 1 + sample * whole.places // SAMPLES, log, kind)
        if lost:
            found[interrupt.raised_in] = lost
    assert not found
