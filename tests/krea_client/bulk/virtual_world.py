"""An API double, a storage and a driver on a virtual clock: a run is killed and resumed, with other programs' jobs in the account."""

import heapq
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from krea_client._core.effects import (
    Answer,
    ApiCall,
    Effect,
    Emit,
    Fetch,
    Flow,
    Gather,
    Moment,
    Now,
    Perform,
    Unanswered,
    Undelivered,
)
from krea_client._core.list_watch import ListWatch
from krea_client._core.policies import Pace
from krea_client._core.retrying import CallContext
from krea_client._request.build import TranslationRules
from krea_client._request.call_site import UNKNOWN
from krea_client._spec.catalogue import catalogue
from krea_client.bulk.iterable_input import IterableInput
from krea_client.bulk.journal import BulkItem, StoredFile
from krea_client.bulk.memory_journal import MemoryJournal, MemoryRows
from krea_client.bulk.preparing import Preparer, RequestDefaults
from krea_client.bulk.progress_figures import RunControl
from krea_client.bulk.run_ledger import RunLedger
from krea_client.bulk.run_parts import RunnerOptions, RunParts
from krea_client.bulk.runner import BulkRunner, Recovered
from krea_client.bulk.states import ItemState

from .._core.scripted import request_options

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
MODEL = "z-image/z-image"
TIMEOUT = 10.0


class Killed(BaseException):
    """The process of the run is gone."""


@dataclass
class DoubleJob:
    """A job of the account: whose it is, and when it was created and ends by the virtual clock."""

    job_id: str
    owner: str  # the prompt, or "" for another program's
    created: float
    ends: float
    status: str = "completed"


@dataclass
class DoubleApi:
    """The API: it bills each POST that arrives, whoever hears the answer."""

    draw: random.Random
    tick: float = 0.000_001
    lost_answers: float = 0.0
    busy: float = 0.0
    unreachable: float = 0.0
    failing: float = 0.0
    seconds: float = 8.0
    slow_posts: float = 0.1
    post_seconds: tuple[float, float] = (0.02, 0.6)
    jobs: list[DoubleJob] = field(default_factory=list)
    gets: int = 0

    def foreign(self, at: float) -> None:
        self.jobs.append(DoubleJob(f"foreign-{len(self.jobs)}", "", at, at + 5.0))

    def billed(self) -> Counter[str]:
        """Return how often each prompt was accepted."""
        return Counter(job.owner for job in self.jobs if job.owner)

    def post(self, call: ApiCall, at: float) -> tuple[float, float, Callable[[], Any]]:
        """Return when the POST arrives, when its answer is there, and what the answer is; calling it makes the job."""
        least, longest = self.post_seconds
        arrival = at + self.draw.uniform(least, longest) / 2
        if self.draw.random() < self.slow_posts:
            arrival = at + self.draw.uniform(0.3, 0.8 * TIMEOUT)
        answer_at = arrival + self.draw.uniform(least, longest) / 2
        fate = self.draw.random()
        if fate < self.unreachable:
            return at, at + 0.1, lambda: Undelivered("no connection")
        if fate < self.unreachable + self.busy:
            return at, answer_at, lambda: Answer(429, {}, b"{}")
        lost = self.draw.random() < self.lost_answers
        made = lost and self.draw.random() < 0.5
        prompt = json.loads(call.body or b"{}")["prompt"]

        def arrive() -> object:
            if lost and not made:
                return Unanswered("cut")
            seconds = self.seconds * self.draw.uniform(0.7, 1.3)
            status = "failed" if self.draw.random() < self.failing else "completed"
            job = DoubleJob(f"job-{len(self.jobs)}-{prompt}", prompt, arrival, arrival + seconds, status)
            self.jobs.append(job)
            return Unanswered("cut") if lost else Answer(200, {}, json.dumps(self.describe(job, arrival)).encode())

        return arrival, answer_at, arrive

    def get(self, call: ApiCall, at: float) -> Answer:
        self.gets += 1
        if call.path != "/jobs":
            job_id = call.path.rpartition("/")[2]
            job = next((job for job in self.jobs if job.job_id == job_id), None)
            return (
                Answer(404, {}, b"{}") if job is None else Answer(200, {}, json.dumps(self.describe(job, at)).encode())
            )
        query = call.query or {}
        before = self.seconds_of(query["cursor"]) if "cursor" in query else float("inf")
        rows = sorted((job for job in self.jobs if job.created < before), key=lambda job: job.created, reverse=True)
        page = rows[: int(query["limit"])]
        cursor = self.stamp(page[-1].created) if len(rows) > len(page) else None
        items = [self.describe(job, at) for job in page]
        return Answer(200, {}, json.dumps({"items": items, "next_cursor": cursor}).encode())

    def describe(self, job: DoubleJob, at: float) -> dict[str, Any]:
        ended = at >= job.ends
        result = (
            {"urls": [f"https://results.example/{job.job_id}.png"]} if ended and job.status == "completed" else None
        )
        return {
            "job_id": job.job_id,
            "status": job.status if ended else "sampling",
            "created_at": self.stamp(job.created),
            "completed_at": self.stamp(job.ends) if ended else None,
            "result": result,
        }

    def stamp(self, at: float) -> str:
        micros = round(at * 1e6)
        micros -= micros % max(1, round(self.tick * 1e6))
        return (START + timedelta(microseconds=micros)).isoformat()

    def seconds_of(self, text: str) -> float:
        return (datetime.fromisoformat(text) - START).total_seconds()


class DoubleSink:
    """Takes a result into a dictionary."""

    def __init__(self, files: dict[str, str], name: str, url: str, job_id: str | None) -> None:
        self.job_id = job_id
        self._files, self._name, self._url = files, name, url
        self.came = 0
        self.is_abandoned = False

    def wants(self) -> Mapping[str, str]:
        return {}

    def begin(self, status: int, headers: Mapping[str, str]) -> None: ...

    def write(self, chunk: bytes) -> None: ...

    def finish(self) -> object:
        return None

    def abandon(self) -> None:
        self.is_abandoned = True

    def keep(self) -> StoredFile:
        self._files.setdefault(f"{self._name}.png", self._url)
        return StoredFile(f"{self._name}.png", 1, "00" * 32)


class DoubleStorage:
    """Results by name."""

    address = "double"

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.sinks: list[DoubleSink] = []

    def sink(self, name: str, url: str, job_id: str | None) -> DoubleSink:
        self.sinks.append(DoubleSink(self.files, name, url, job_id))
        return self.sinks[-1]

    def put(self, name: str, content: bytes) -> None: ...

    def holds_results(self) -> bool:
        return False


@dataclass
class VirtualDriver:
    """Performs effects in virtual time, until the process is killed."""

    api: DoubleApi
    now: float = 0.0
    kill_at: float = float("inf")
    # writes of the journal after which the process is killed; half of the time right before the last
    kill_writes: int = -1
    kill_before: bool = False
    foreign_every: float = 0.0
    download_seconds: float = 0.3
    stop_at: float = float("inf")
    most_posts: int = 0
    writes: int = 0
    _next_foreign: float = 0.0
    _events: list[tuple[float, int, int | None, Callable[[], Any]]] = field(default_factory=list)
    _count: int = 0

    def run(self, flow: Flow[None], control: RunControl | None = None) -> list[BulkItem]:
        emitted: list[BulkItem] = []
        reply: Any = None
        while True:
            if control is not None and self.now >= self.stop_at:
                control.stopping.set()
            try:
                effect = flow.throw(reply) if isinstance(reply, BaseException) else flow.send(reply)
            except StopIteration:
                return emitted
            reply = self._perform(effect, emitted)

    def _perform(self, effect: Effect, emitted: list[BulkItem]) -> object:
        match effect:
            case Now():
                return Moment(self.now, START + timedelta(seconds=self.now))
            case Emit(value=BulkItem() as item):
                emitted.append(item)
                return None
            case Perform():
                return self._write(effect)
            case Gather():
                return self._gather(effect)
            case ApiCall(paid=False):
                self.pass_until(self.now + 0.05)
                return self.api.get(effect, self.now)
            case _:
                raise AssertionError(f"not expected here: {effect}")

    def _write(self, effect: Perform) -> object:
        self.writes += 1
        if self.writes == self.kill_writes and self.kill_before:
            raise Killed
        outcome = effect.work()
        self.pass_until(self.now + 0.002)
        if self.writes == self.kill_writes:
            raise Killed
        return outcome

    def _gather(self, effect: Gather) -> list[tuple[int, object]]:
        for number, call in effect.begin:
            self._begin(number, call)
        self.most_posts = max(
            self.most_posts, sum(1 for event in self._events if event[2] is not None and event[2] < 0)
        )
        until = float("inf") if effect.until is None else effect.until
        while True:
            if not self._events or self._events[0][0] > until:
                self.pass_until(max(self.now, until))
                return []
            at, _, number, outcome = heapq.heappop(self._events)
            self.pass_until(at)
            value = _result_of(outcome)
            if number is not None:
                return [(number, value)]

    def _begin(self, number: int, call: ApiCall | Fetch | Perform) -> None:
        match call:
            case ApiCall() if call.paid:
                assert call.not_after is not None
                arrival, answer_at, arrive = self.api.post(call, self.now)
                answers: list[Any] = []
                self._push(arrival, None, lambda: answers.append(arrive()))
                self._push(max(answer_at, arrival + 0.001), number, lambda: answers[0])
            case ApiCall():
                at = self.now + self.api.draw.uniform(0.01, 0.1)
                self._push(at, number, lambda: self.api.get(call, at))
            case Fetch():
                self._push(self.now + self.download_seconds, number, call.then or (lambda: None))
            case Perform():
                self._push(self.now + 0.001, number, call.work)

    def _push(self, at: float, number: int | None, outcome: Callable[[], Any]) -> None:
        self._count += 1
        heapq.heappush(self._events, (at, self._count, number, outcome))

    def pass_until(self, at: float) -> None:
        """Let time pass, in which other programs create jobs."""
        if at >= self.kill_at:
            self.now = max(self.now, self.kill_at)
            raise Killed
        self.now = at
        while self.foreign_every and self._next_foreign <= at:
            self.api.foreign(self._next_foreign)
            self._next_foreign += self.api.draw.expovariate(1 / self.foreign_every)

    def after_kill(self, seconds: float) -> None:
        """Let what was under way reach the API, whose answers nobody hears, and let time pass."""
        self.kill_at, self.kill_writes, self.writes = float("inf"), -1, 0
        until = self.now + seconds
        while self._events and self._events[0][0] <= until:
            at, _, number, outcome = heapq.heappop(self._events)
            self.now = max(self.now, at)
            if number is None:
                outcome()
        # What arrives later still does, in the time of the next process.
        self._events = [event for event in self._events if event[2] is None]
        heapq.heapify(self._events)
        self.pass_until(max(self.now, until))


def _result_of(outcome: Callable[[], Any]) -> object:
    try:
        return outcome()
    except Exception as error:  # noqa: BLE001  # as a driver does
        return error


@dataclass
class VirtualRun:
    """A run over several processes."""

    driver: VirtualDriver
    items: int
    settings: RunnerOptions
    rows: MemoryRows = field(default_factory=MemoryRows)
    storage: DoubleStorage = field(default_factory=DoubleStorage)

    def process(self) -> tuple[RunParts, list[BulkItem]]:
        """Run one process to its end, or until it is killed."""
        self.rows.leader = None
        journal = MemoryJournal(self.rows)
        journal.lead("test")
        options = request_options(draw=self.driver.api.draw.random)._replace(timeout=TIMEOUT)
        rules = TranslationRules(lambda: START, catalogue())
        preparer = Preparer(
            rules, UNKNOWN, RequestDefaults({"model": MODEL, "aspect_ratio": "1:1", "resolution": "1K"})
        )
        ledger, control = RunLedger(journal), RunControl()
        context = CallContext("bulk", UNKNOWN)
        parts = RunParts(self.settings, options, context, ledger, self.storage, control, ListWatch(Pace()))
        lines = list(IterableInput([{"custom_id": name, "prompt": name} for name in self.names]).lines())
        open_items = journal.open_items()
        unknowns = list(journal.items({ItemState.UNKNOWN}))
        recovered = Recovered(open_items, unknowns, {line.ordinal: line for line in lines}, journal.settings())
        runner = BulkRunner(parts, iter(lines[journal.next_ordinal() :]), preparer)
        return parts, self.driver.run(runner.run(recovered), control)

    @property
    def names(self) -> Iterator[str]:
        return (f"p{number}" for number in range(self.items))

    def rows_by_key(self) -> dict[str, BulkItem]:
        return {item.key: item for item in self.rows.items.values()}


def verify(run: VirtualRun) -> Counter[str]:
    """Check that nothing was doubled, lost or wrongly adopted; return the items by state."""
    api = run.driver.api
    doubled = {prompt: count for prompt, count in api.billed().items() if count > 1}
    assert not doubled, f"paid twice: {doubled}"
    owners = {job.job_id: job.owner for job in api.jobs}
    rows = run.rows_by_key()
    for item in rows.values():
        assert item.job_id is None or owners[item.job_id] == item.key, f"wrongly adopted: {item}"
        for file in item.files:
            assert owners[run.storage.files[file.name].rpartition("/")[2].removesuffix(".png")] == item.key
    for job in api.jobs:
        if job.owner:
            item = rows[job.owner]
            assert item.job_id == job.job_id or job.job_id in item.candidates, f"lost: {job} of {item}"
    return Counter(item.state.name for item in rows.values())
