"""Many requests at once: slots held to the end, lazy input, results as they come, nothing lost when it is left."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from krea_client import errors
from krea_client._core import batch, polling
from krea_client._core.effects import Answer, ApiCall, ConsumerClosed, Flow, Unanswered
from krea_client._core.policies import Retry
from krea_client._core.polling import PollState
from krea_client.jobs import Job

from .conftest import CONTEXT, PREPARED, completed_answer, job
from .scripted import Reply, Slow, World, request_options, says

LASTING = Retry(busy_attempts=1000, budget=7200)


class Api:
    """As much of the API as a batch needs: jobs that last so long, and room for so many."""

    def __init__(self, lasts: Callable[[int], float] = lambda number: 10.0, room: int = 1000) -> None:
        self.ends: dict[str, float] = {}
        self.lasts = lasts
        self.room = room
        self.most = 0
        self.refused: list[float] = []
        self.reply: Callable[[ApiCall, float], Reply | None] = lambda call, now: None

    def __call__(self, call: ApiCall, now: float) -> Reply:
        if (reply := self.reply(call, now)) is not None:
            return reply
        job_id = call.path.rpartition("/")[2]
        if call.method == "DELETE":
            self.ends[job_id] = now
            return Answer(204, {}, b"")
        if call.method == "GET":
            return completed_answer(job_id) if self.ends[job_id] <= now else job("processing", job_id)
        running = sum(end > now for end in self.ends.values())
        if running >= self.room:
            self.refused.append(now)
            return says(429)
        number = int(json.loads(call.body or b""))
        self.ends[f"j{number}"] = now + self.lasts(number)
        self.most = max(self.most, running + 1)
        return job("queued", f"j{number}")


def flow_of(items: Iterator[int] | range, at_once: int = 3, **changes: Any) -> Flow[None]:
    settled_terms = request_options(**({"retry": LASTING} | changes))

    def start(item: int) -> Flow[Job]:
        if item < 0:
            raise errors.RequestInvalid("m", [errors.Problem("prompt", "is missing", "give it")])
        prepared = PREPARED._replace(body=str(item).encode())
        return polling.run(prepared, settled_terms, CONTEXT, PollState())

    def undelivered(value: object, stop: BaseException) -> None:
        stop.add_note(f"not delivered: {value}")

    return batch.run_all(iter(items), batch.Handlers(start, lambda item, end: (item, end), undelivered), at_once)


def ends(world: World) -> dict[int, Any]:
    return {item: end.status if isinstance(end, Job) else type(end) for item, end in world.emitted}


def test_every_item_ends_with_its_own_result_and_no_slot_is_given_away_early() -> None:
    api = Api()
    world = World(api)
    world.run(flow_of(range(10)))
    assert {item: end.id for item, end in world.emitted} == {item: f"j{item}" for item in range(10)}
    assert api.most == 3
    assert world.most_in_flight <= 3


def test_results_come_as_they_are_ready() -> None:
    world = World(Api(lambda number: 60.0 if number == 0 else 3.0))
    world.run(flow_of(range(4), at_once=2))
    assert [item for item, _ in world.emitted] == [1, 2, 3, 0]


def test_input_is_taken_when_a_slot_is_free_and_not_before() -> None:
    consumed: list[tuple[int, int]] = []

    def lazily() -> Iterator[int]:
        for item in range(9):
            consumed.append((item, len(world.emitted)))
            yield item

    world = World(Api())
    world.run(flow_of(lazily()))
    assert [item for item, _ in consumed] == list(range(9))
    assert all(item - emitted < 3 for item, emitted in consumed)


def test_no_items_are_no_results() -> None:
    world = World(Api())
    world.run(flow_of(range(0)))
    assert (world.emitted, world.calls) == ([], [])


def test_one_failure_of_any_kind_ends_nothing_else() -> None:
    def fail(call: ApiCall, now: float) -> Reply | None:
        if call.method == "POST" and call.body in (b"2", b"3"):
            return Unanswered("reset") if call.body == b"2" else says(402, error="no credits")
        return job("failed", "j4") if call.path == "/jobs/j4" else None

    api = Api()
    api.reply = fail
    world = World(api)
    world.run(flow_of(iter([0, -1, 2, 3, 4, 5])))
    assert ends(world) == {
        0: "completed",
        -1: errors.RequestInvalid,
        2: errors.OutcomeUnknown,
        3: errors.OutOfCredits,
        4: errors.JobFailed,
        5: "completed",
    }
    assert sum(call.paid for _, call in world.calls) == 5


def test_slow_calls_of_one_job_hold_up_no_other() -> None:
    api = Api(lambda number: 4.0)
    api.reply = lambda call, now: Slow(30, completed_answer("j0")) if call.path == "/jobs/j0" else None
    world = World(api)
    world.run(flow_of(range(5), at_once=2))
    assert [item for item, _ in world.emitted][-1] == 0
    assert set(ends(world).values()) == {"completed"}


def test_a_full_api_is_asked_by_one_until_there_is_room() -> None:
    api = Api(lambda number: 20.0, room=2)
    world = World(api)
    world.run(flow_of(range(12), at_once=6))
    assert set(ends(world).values()) == {"completed"}
    assert len(world.emitted) == 12
    assert api.most == 2
    assert len(api.refused) < 3 * 12  # asks in vain: a few for each job, not one a second for each slot
    assert world.now < 12 / 2 * 20 * 1.5


def test_an_api_that_never_has_room_ends_in_busy_within_the_budget() -> None:
    world = World(lambda call, now: says(429, {"retry-after": "0"}))
    world.run(flow_of(range(4), at_once=2, retry=Retry(busy_attempts=1_000_000, budget=100)))
    assert set(ends(world).values()) == {errors.Busy}
    assert world.now <= 250
    assert len(world.calls) < 2_000


@pytest.mark.parametrize("on_interrupt", ["keep", "cancel"])
def test_an_interrupt_lets_every_job_take_its_leave(on_interrupt: str) -> None:
    world = World(Api(lambda number: 500.0), interrupt_at=30)
    with pytest.raises(KeyboardInterrupt) as excinfo:
        world.run(flow_of(range(10), on_interrupt=on_interrupt))
    notes = excinfo.value.__notes__
    assert len(notes) == 3
    assert all(any(f"job j{number} " in note for note in notes) for number in range(3))
    assert [line for line in world.sent if line.startswith("DELETE")] == (
        [f"DELETE /jobs/j{number}" for number in range(3)] if on_interrupt == "cancel" else []
    )


def test_an_interrupt_waits_a_moment_for_the_ids_of_jobs_that_are_being_made() -> None:
    api = Api()
    api.reply = lambda call, now: Slow(2 + int(call.body or b"") * 4, job("queued", f"j{int(call.body or b'')}"))
    world = World(api, interrupt_at=1)
    with pytest.raises(KeyboardInterrupt) as excinfo:
        world.run(flow_of(range(3)))
    notes = "\n".join(excinfo.value.__notes__)
    assert "job j0 goes on" in notes
    assert notes.count("was under way; if it was accepted, a job exists") == 2 - ("job j1 goes on" in notes)
    assert world.now <= 6


def test_an_iteration_that_is_left_takes_its_leave_of_every_job() -> None:
    world = World(Api(lambda number: 3.0 if number == 0 else 500.0), leave_after=1)
    with pytest.raises(ConsumerClosed) as excinfo:
        world.run(flow_of(range(10)))
    assert len(excinfo.value.__notes__) == 2
    assert len(world.emitted) == 1


@pytest.mark.parametrize(
    "stop",
    [ValueError("line 4"), json.JSONDecodeError("Expecting value", "{", 1), errors.NotFound("x"), OSError(5, "x")],
)
@pytest.mark.parametrize("on_interrupt", ["keep", "cancel"])
def test_an_input_that_fails_raises_its_own_error_and_names_the_jobs(stop: Exception, on_interrupt: str) -> None:
    def input_of() -> Iterator[int]:
        yield from (0, 1, 2)
        raise stop

    world = World(Api(lambda number: 500.0 if number else 3.0))
    with pytest.raises(type(stop)) as excinfo:
        world.run(flow_of(input_of(), on_interrupt=on_interrupt))
    assert excinfo.value is stop
    assert len(stop.__notes__) == 2
    assert sum(line.startswith("DELETE") for line in world.sent) == (2 if on_interrupt == "cancel" else 0)
    del stop.__notes__


def test_a_batch_that_is_thrown_away_asks_for_nothing_more() -> None:
    flow = flow_of(range(3))
    next(flow)
    flow.close()


def test_hundreds_at_once_end_all_and_quickly() -> None:
    world = World(Api(lambda number: 5.0 + number % 7, room=150))
    world.run(flow_of(range(400), at_once=200))
    assert set(ends(world).values()) == {"completed"}
    assert len(world.emitted) == 400


def test_a_newcomer_does_not_ask_while_others_wait_for_room() -> None:
    world = World(Api(lambda number: 3.0 if number == 1 else 500.0, room=2))
    world.run(flow_of(range(5), at_once=4))
    call_times = {body: [at for at, call in world.calls if call.body == body] for body in (b"2", b"3", b"4")}
    assert call_times[b"2"][0] == call_times[b"3"][0] == 0
    ended = min(at for at, call in world.calls if call.path == "/jobs/j1" and at >= 3)
    assert call_times[b"2"][1] == ended  # the room goes to the one that has waited
    assert call_times[b"4"][0] >= 5
