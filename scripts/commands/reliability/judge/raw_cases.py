"""Every kind of fault in the way of every paid and unpaid operation, sync and async, judged by the ledger of the raw API."""

from __future__ import annotations

import asyncio
import inspect
import pickle
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from krea_client import KreaError, OutcomeUnknown
from reliability.secrets_search import shown_by

from .raw_api import PICTURE, PlannedFault, RawApi
from .raw_faults import RawFault, kinds
from .transports import DEFAULT, Connect, NamedTransport, reached

TOKEN = "krea-tok3n-of-the-judge"  # noqa: S105  # what is searched for in everything that the client shows
MODEL, FIELDS = "z-image/z-image", {"prompt": "a", "aspect_ratio": "1:1", "resolution": "1K"}
TIMEOUT = 0.4  # of an exchange, in seconds
LONGEST = 7.5  # time-outs that a case may take: it has some exchanges
OLDER = b"the older picture"
BATCH = 4
NOT_MET = "the fault was not met"


class HurriedClock:
    """A clock whose pauses cost no time: they are added to the time that has really passed."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def now(self) -> datetime:
        """Return the date and time."""
        return datetime.now(UTC) + timedelta(seconds=self._skipped)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic() + self._skipped

    def sleep(self, seconds: float) -> None:
        """Skip the pause, and let the server's threads run."""
        self._skipped += max(seconds, 0)
        time.sleep(0.001)

    async def sleep_async(self, seconds: float) -> None:
        """Skip the pause, and let other tasks run."""
        self._skipped += max(seconds, 0)
        await asyncio.sleep(0.001)


class SocketCase(NamedTuple):
    """A fault kind in the way of an operation, over one transport; `seconds` is the time-out of an exchange."""

    operation: str
    mode: str
    fault: RawFault
    transport: NamedTransport = DEFAULT
    seconds: float = TIMEOUT

    @property
    def name(self) -> str:
        """Return the case in a few words."""
        over = "" if self.transport is DEFAULT else f"{self.transport.name}-"
        return f"{over}{self.operation}-{self.mode}-{self.fault.name}"


class Trial:
    """One case as it is played: a client before a raw API of its own.

    Attributes:
        submitted: jobs that the caller asked for.
        known: ids of jobs that the caller was given or told of.
        errors: what was raised, or came as the failure of a batch.
    """

    def __init__(self, case: SocketCase, api: RawApi, connect: Connect, folder: Path) -> None:
        self.case, self.api, self.folder = case, api, folder
        self.krea: Any = connect(case.mode, TOKEN, timeout=case.seconds, clock=HurriedClock())
        self.submitted = 0
        self.known: set[str] = set()
        self.errors: list[BaseException] = []
        self.succeeded = False

    def plan(self, operation: str) -> None:
        """Put the fault in the way of the next request of an operation."""
        kind = self.case.fault
        self.api.faults[operation].append(PlannedFault(kind.play, kind.unread, kind.refused))

    async def call(self, result: Any) -> Any:
        """Return what a method gives, sync or async."""
        return await result if inspect.isawaitable(result) else result

    async def job(self, plan: str | None = None) -> Any:
        """Submit a job."""
        if plan:
            self.plan(plan)
        self.submitted += 1
        job = await self.call(self.krea.submit(MODEL, FIELDS))
        self.known.add(job.id)
        return job

    def failed(self, error: BaseException) -> None:
        """Note an error, and the job that it names."""
        self.errors.append(error)
        if getattr(error, "job_id", None):
            self.known.add(error.job_id)  # type: ignore[attr-defined]  # checked in the line before

    async def candidates(self) -> set[str]:
        """Return the jobs that the client offers for its lost responses."""
        ids: set[str] = set()
        for error in self.errors:
            if isinstance(error, OutcomeUnknown):
                ids |= {job.id for job in await self.call(self.krea.jobs.candidates(error))}
        return ids


async def _submit(trial: Trial) -> None:
    await trial.job("submit")


async def _run(trial: Trial) -> None:
    trial.plan("submit")
    trial.submitted += 1
    job = await trial.call(trial.krea.run(MODEL, FIELDS, deadline=120))
    trial.known.add(job.id)


async def _run_all(trial: Trial) -> None:
    trial.plan("submit")
    trial.submitted += BATCH
    results = trial.krea.run_all([(MODEL, FIELDS)] * BATCH, at_once=2, deadline=120)
    listed = [result async for result in results] if trial.case.mode == "async" else list(results)
    for result in listed:
        if result.id:
            trial.known.add(result.id)
        if result.failure:
            trial.failed(result.failure)
    if len(listed) != BATCH:
        raise AssertionError(f"{len(listed)} of {BATCH} results came")


async def _wait(trial: Trial) -> None:
    job = await trial.job()
    trial.plan("poll")
    ended = await trial.call(trial.krea.wait(job, deadline=120))
    if ended.id != job.id:
        raise AssertionError("the wait ended with another job")


async def _save(trial: Trial) -> None:
    job = await trial.call(trial.krea.wait(await trial.job()))
    (trial.folder / "picture.png").write_bytes(OLDER)
    trial.plan("download")
    await trial.call(trial.krea.save(job, trial.folder / "picture.png", overwrite=True))


async def _upload(trial: Trial) -> None:
    trial.plan("upload")
    await trial.call(trial.krea.assets.upload(PICTURE, name="picture.png"))


STORIES: dict[str, Callable[[Trial], Awaitable[None]]] = {
    "submit": _submit,
    "run": _run,
    "run_all": _run_all,
    "wait": _wait,
    "save": _save,
    "upload": _upload,
}


def socket_cases(transport: NamedTransport = DEFAULT, *, sample: bool = False) -> list[SocketCase]:
    """Return every kind with every operation, sync and async; a sample has every kind once."""
    table, operations, modes = kinds(), [*STORIES], transport.modes
    if not sample:
        return [
            SocketCase(operation, mode, kind, transport) for kind in table for operation in operations for mode in modes
        ]
    return [
        SocketCase(operations[number % len(operations)], modes[number // len(operations) % len(modes)], kind, transport)
        for number, kind in enumerate(table)
    ]


def violations(case: SocketCase) -> list[str]:
    """Play a case and return all that is wrong afterwards."""
    with (
        tempfile.TemporaryDirectory() as folder,
        RawApi() as api,
        reached(api, case.transport) as connect,
        asyncio.Runner() as runner,
    ):
        return runner.run(_play(case, api, connect, Path(folder)))


async def _play(case: SocketCase, api: RawApi, connect: Connect, folder: Path) -> list[str]:
    trial = Trial(case, api, connect, folder)
    began = time.monotonic()
    try:
        await STORIES[case.operation](trial)
        trial.succeeded = not trial.errors
    except Exception as error:  # noqa: BLE001  # what is raised is what is judged
        trial.failed(error)
    took = time.monotonic() - began
    for waiting in api.faults.values():
        waiting.clear()
    problems = [f"it took {took:.1f} s"] if took > LONGEST * case.seconds else []
    problems += [] if api.met else [NOT_MET]
    problems += [*await _money(trial), *_errors(trial), *_files(trial)]
    if case.fault.harmless and not trial.succeeded:
        problems.append(f"a whole response was refused: {trial.errors}")
    await trial.call(trial.krea.close() if case.mode == "sync" else trial.krea.aclose())
    return problems


async def _money(trial: Trial) -> list[str]:
    billed = {str(job["job_id"]) for job in trial.api.ledger}
    problems = [f"{len(billed)} jobs billed for {trial.submitted}"] if len(billed) > trial.submitted else []
    candidates = await trial.candidates()
    problems += (
        [f"{len(lost_ids)} jobs billed and not known"] if (lost_ids := billed - trial.known - candidates) else []
    )
    problems += [f"{len(unknown_ids)} ids of no billed job"] if (unknown_ids := trial.known - billed) else []
    problems += [f"{trial.api.uploads} files stored"] if trial.api.uploads > 2 else []  # one try more is allowed
    return problems


def _errors(trial: Trial) -> Iterator[str]:
    for error in trial.errors:
        if not isinstance(error, KreaError) or type(error) is KreaError:
            yield f"raw {type(error).__module__}.{type(error).__name__}: {str(error)[:80]}"
            continue
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
        if (type(copy), str(copy)) != (type(error), str(error)):
            yield f"{type(error).__name__} changes when it is pickled"
        if trial.case.operation == "wait" and error.job_id not in trial.known:
            yield f"{type(error).__name__} does not name the job"
        for place, text in shown_by(error):
            if TOKEN in text:
                yield f"the token shows in {place}"


def _files(trial: Trial) -> Iterator[str]:
    contents = {path.name: path.read_bytes() for path in trial.folder.iterdir()}
    if trial.case.operation == "save":
        expected = PICTURE if trial.succeeded else OLDER
        if contents != {"picture.png": expected}:
            yield f"the folder has {[(name, len(content)) for name, content in contents.items()]}"
    elif contents:
        yield "files were left behind"


def failures(cases: Sequence[SocketCase]) -> list[str]:
    """Play cases and return a line for each that went wrong."""
    return [f"{case.name}: {'; '.join(problems)}" for case in cases if (problems := violations(case))]
