"""A batch looks at many jobs with one page of the list, and at each by itself where that is of no use."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from krea_client import errors
from krea_client._core import batch, polling
from krea_client._core.effects import Answer, ApiCall, Flow, Unanswered, Undelivered
from krea_client._core.polling import PollState
from krea_client._core.shared_looks import REST, SharedLooks
from krea_client.jobs import Job

from .conftest import CONTEXT, PREPARED
from .scripted import Reply, Slow, World, request_options, says

PAGE = "GET /jobs"
START = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Api:
    """Jobs that last so long, one by one and on pages, newest first."""

    def __init__(self, lasts: Callable[[int], float], page: Callable[[float], Reply | None] = lambda now: None) -> None:
        self.lasts = lasts
        self.page = page
        self.ends: dict[str, float] = {}
        self.status = "completed"
        self.strangers: list[str] = []
        self.rows: list[int] = []

    def __call__(self, call: ApiCall, now: float) -> Reply:
        if call.method == "POST":
            job_id = f"j-{int(call.body or b'')}"
            self.ends[job_id] = now + self.lasts(int(call.body or b""))
            return says(job_id=job_id, status="queued")
        if call.path != "/jobs":
            return says(**self.row(call.path.rpartition("/")[2], now, error={"message": "why"}))
        self.rows.append(int((call.query or {})["limit"]))
        own = [self.row(job_id, now) | {"job_id": job_id.upper()} for job_id in reversed(self.ends)]
        strange = [{"job_id": job_id, "status": "completed"} for job_id in self.strangers]
        return self.page(now) or says(items=[*strange, *own][: self.rows[-1]], next_cursor=None)

    def row(self, job_id: str, now: float, **more: Any) -> dict[str, Any]:
        if self.ends[job_id] > now:
            return {"job_id": job_id, "status": "processing"}
        result = {"urls": [f"https://gen.krea.ai/{job_id}.png"]} if self.status == "completed" else None
        return {"job_id": job_id, "status": self.status, "result": result, **more}


def flow_of(count: int, at_once: int, updates: list[Job]) -> Flow[None]:
    options, looks = request_options(), SharedLooks()

    def start(item: int) -> Flow[Job]:
        state = PollState(on_update=updates.append, shared_by=looks.shared_by)
        return polling.run(PREPARED._replace(body=str(item).encode()), options, CONTEXT, state)

    handlers = batch.Handlers(start, lambda item, end: (item, end), lambda value, stop: stop.add_note(f"lost: {value}"))
    return batch.run_all(iter(range(count)), handlers, at_once, looks)


def completed(world: World) -> set[int]:
    return {item for item, end in world.emitted if isinstance(end, Job) and end.urls}


def looks_at_single_jobs(world: World) -> int:
    return sum(line.startswith("GET /jobs/") for line in world.sent)


def test_a_batch_keeps_its_slots_busy_with_less_than_three_requests_a_job() -> None:
    draw = random.Random(3)
    seconds = [2.0 * draw.lognormvariate(0, 0.5) for _ in range(200)]
    world, updates = World(Api(seconds.__getitem__)), list[Job]()
    world.run(flow_of(200, 16, updates))
    assert completed(world) == set(range(200))
    slots = [0.0] * 16
    for length in seconds:
        slots.sort()
        slots[0] += length
    assert world.now <= 1.08 * max(slots)
    assert len(world.sent) - 200 <= 2 * 200
    assert looks_at_single_jobs(world) <= 12  # the last jobs, which are too few for a page
    assert sum(job.finished for job in updates) == 200


def test_one_or_two_jobs_are_looked_at_by_themselves() -> None:
    world = World(Api(lambda number: 5.0))
    world.run(flow_of(10, 2, []))
    assert completed(world) == set(range(10))
    assert PAGE not in world.sent


@pytest.mark.parametrize(
    "fault",
    [
        says(404, error="no such path"),
        says(403),
        says(503),
        says(429),
        says(items="none"),
        says(items=[{"job_id": None}, 3]),
        Answer(200, {}, b"<html>"),
        Unanswered("reset"),
        Undelivered("refused"),
    ],
)
def test_a_page_that_cannot_be_used_holds_up_nobody(fault: Answer | Exception) -> None:
    world = World(Api(lambda number: 5.0, lambda now: fault))
    world.run(flow_of(20, 5, []))
    assert completed(world) == set(range(20))
    assert world.now < 30
    assert world.sent.count(PAGE) <= 3


def test_a_page_that_was_of_no_use_for_a_moment_is_used_again() -> None:
    world = World(Api(lambda number: 5.0, lambda now: says(503) if now < 5 else None))
    world.run(flow_of(60, 5, []))
    assert completed(world) == set(range(60))
    pages = [at for at, call in world.calls if call.path == "/jobs"]
    assert pages[0] < 5
    assert pages[1] > pages[0] + REST


def test_a_slow_page_holds_up_nobody() -> None:
    world = World(Api(lambda number: 5.0, lambda now: Slow(9.0, says(items=[]))))
    world.run(flow_of(20, 5, []))
    assert completed(world) == set(range(20))
    assert world.now < 45


def test_a_failure_on_a_page_is_asked_for_by_itself() -> None:
    api = Api(lambda number: 5.0)
    api.status = "failed"
    world = World(api)
    world.run(flow_of(6, 6, []))
    ends = [end for _, end in world.emitted]
    assert all(isinstance(end, errors.JobFailed) and "why" in str(end) for end in ends)
    assert looks_at_single_jobs(world) == 6


def test_jobs_behind_those_of_other_programs_are_found_on_longer_pages_or_by_themselves() -> None:
    api = Api(lambda number: 5.0)
    api.strangers = [f"x{number}" for number in range(25)]
    world = World(api)
    world.run(flow_of(40, 8, []))
    assert completed(world) == set(range(40))
    assert api.rows[0] == 20
    assert max(api.rows) > 25
    api.strangers = [f"x{number}" for number in range(1000)]
    world = World(api)
    world.run(flow_of(40, 8, []))
    assert completed(world) == set(range(40))
    assert max(api.rows) <= 1000


class DatedApi(Api):
    """Jobs with creation times, behind those of other programs; a page begins at its cursor."""

    def __init__(self, lasts: Callable[[int], float], strangers: int) -> None:
        super().__init__(lasts)
        self.created: dict[str, datetime] = {}
        self.strangers_a_second = strangers
        self.cursors = 0

    def __call__(self, call: ApiCall, now: float) -> Reply:
        at = START + timedelta(seconds=now)
        if call.method == "POST":
            self.created[f"j-{int(call.body or b'')}"] = at
            self.ends[f"j-{int(call.body or b'')}"] = now + self.lasts(int(call.body or b""))
            return says(job_id=f"j-{int(call.body or b'')}", status="queued", created_at=at.isoformat())
        if call.path != "/jobs":
            return super().__call__(call, now)
        query = call.query or {}
        self.cursors += "cursor" in query
        before = datetime.fromisoformat(query["cursor"]) if "cursor" in query else at + timedelta(seconds=1)
        rows = [(created, self.row(job_id, now) | {"job_id": job_id}) for job_id, created in self.created.items()]
        rows += [
            (START + timedelta(seconds=n / self.strangers_a_second), {"job_id": f"x{n}", "status": "completed"})
            for n in range(int(now * self.strangers_a_second))
        ]
        listed = sorted((row for row in rows if row[0] < before), key=lambda row: row[0], reverse=True)
        page = [job | {"created_at": created.isoformat()} for created, job in listed[: int(query["limit"])]]
        return says(items=page, next_cursor=page[-1]["created_at"] if len(listed) > len(page) else None)


def test_jobs_with_creation_times_are_found_on_the_pages_behind() -> None:
    api = DatedApi(lambda number: 5.0, strangers=30)
    world = World(api)
    world.run(flow_of(60, 20, []))
    assert completed(world) == set(range(60))
    assert api.cursors > 0
    assert looks_at_single_jobs(world) <= 6
    assert len(world.sent) - 60 <= 2 * 60


def test_a_walk_through_the_list_of_a_busy_account_ends() -> None:
    api = DatedApi(lambda number: 5.0, strangers=2_000)
    world = World(api)
    world.run(flow_of(20, 5, []))
    assert completed(world) == set(range(20))
    assert world.now < 30
    assert world.sent.count(PAGE) <= 12


def test_a_batch_that_is_left_does_not_wait_for_a_page() -> None:
    api = Api(lambda number: 5.0, lambda now: Slow(9.0, says(items=[])))
    world = World(api, interrupt_at=3.5)
    with pytest.raises(KeyboardInterrupt) as excinfo:
        world.run(flow_of(20, 5, []))
    assert world.sent.count(PAGE) == 1
    assert world.now < 4
    notes = "\n".join(excinfo.value.__notes__)
    assert all(f"job j-{number} " in notes for number in range(5))
