"""A wait never outlasts its deadline by more than a tenth of a second, whatever the API does meanwhile."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client import errors
from krea_client._core import polling
from krea_client._core.effects import Unanswered, Undelivered
from krea_client._core.polling import SHORTEST_FIRST_POLL, PollState
from krea_client._core.retrying import RequestOptions, longest
from krea_client.jobs import Job

from .conftest import CONTEXT, completed_answer, job
from .scripted import HANGS, START, Reply, Slow, World, request_options, says

NEW = Job("j1", "queued", START)


class Phases:
    """A time-out object, shaped like that of the HTTP library."""

    def __init__(self, **phases: float | None) -> None:
        self._phases = phases

    def as_dict(self) -> dict[str, float | None]:
        return dict(self._phases)


def of_five_seconds() -> RequestOptions:
    options = request_options()
    options.memory.add(NEW, 5.0, "z-image/z-image")
    return options


def overdue(server: Callable[[float], Reply], deadline: float, timeout: float | Phases | None = None) -> World:
    world = World(lambda call, now: server(now))
    flow = polling.wait(NEW, of_five_seconds(), CONTEXT._replace(timeout=timeout), PollState(deadline=deadline))
    with pytest.raises(errors.WaitTimeout) as excinfo:
        world.run(flow)
    assert excinfo.value.job.id == excinfo.value.job_id == "j1"
    return world


@pytest.mark.parametrize("deadline", [1.2, 2, 5, 10.5, 60, 100, 1000])
@pytest.mark.parametrize(
    "reply",
    [
        job(),
        Slow(0.3, job()),
        Slow(40, job()),
        HANGS,
        Slow(25, says(503)),
        Slow(0.9, says(503)),
        says(429, {"retry-after": "59"}),
        Slow(10, Unanswered("reset")),
        Undelivered("refused"),
    ],
    ids=lambda reply: str(reply)[:50],
)
@pytest.mark.parametrize("timeout", [None, 60.0, Phases(connect=5.0, read=300.0), Phases(read=None)])
def test_the_deadline_is_honoured_and_used_up(reply: Reply, deadline: float, timeout: float | Phases | None) -> None:
    if deadline > 300:  # unbroken trouble would end so long a wait before
        reply = Slow(40, job())
    world = overdue(lambda now: reply, deadline, timeout)
    late = max(0.0, SHORTEST_FIRST_POLL - deadline / 2) if isinstance(reply, Slow) else 0.0
    assert deadline - 0.001 <= world.now <= deadline + late + 0.1


@given(
    st.floats(2, 200),
    st.lists(st.tuples(st.floats(0, 90), st.sampled_from([200, 404, 429, 500, 503])), min_size=1, max_size=12),
)
def test_no_mix_of_slow_and_bad_answers_overruns_the_deadline(
    deadline: float, moments: list[tuple[float, int]]
) -> None:
    turn = iter(moments * 400)

    def server(call: object, now: float) -> Reply:
        seconds, status = next(turn)
        return Slow(seconds, job() if status == 200 else says(status))

    world = World(server)
    with pytest.raises((errors.WaitTimeout, errors.NotFound)):
        world.run(polling.wait(NEW, of_five_seconds(), CONTEXT, PollState(deadline=deadline)))
    assert world.now <= deadline + 0.1


@pytest.mark.parametrize("deadline", [0, 0.01, 0.3])
def test_even_a_wait_with_no_time_at_all_takes_one_look(deadline: float) -> None:
    world = World(lambda call, now: completed_answer())
    flow = polling.wait(NEW, request_options(), CONTEXT, PollState(deadline=deadline))
    assert world.run(flow).succeeded
    assert world.now <= deadline


def test_a_job_that_ends_with_the_deadline_is_still_seen() -> None:
    world = World(lambda call, now: completed_answer() if now >= 8.9 else job())
    assert world.run(polling.wait(NEW, request_options(), CONTEXT, PollState(deadline=10))).succeeded


def test_the_last_state_and_the_way_on_are_told() -> None:
    world = World(lambda call, now: job("sampling"))
    with pytest.raises(errors.WaitTimeout) as excinfo:
        world.run(polling.wait(NEW, request_options(), CONTEXT, PollState(deadline=30)))
    assert excinfo.value.job.status == "sampling"
    assert str(excinfo.value) == (
        "job j1 is still sampling after 30 s; it goes on at Krea: krea.wait('j1') goes on waiting"
    )


def test_trouble_at_the_deadline_is_told_of_as_the_cause() -> None:
    world = World(lambda call, now: says(503, error="down for repairs"))
    with pytest.raises(errors.WaitTimeout) as excinfo:
        world.run(polling.wait(NEW, request_options(), CONTEXT, PollState(deadline=30)))
    assert isinstance(excinfo.value.__cause__, errors.ServerFailed)
    assert "down for repairs" in str(excinfo.value.__cause__)


def test_a_wait_is_two_hours_long_by_default() -> None:
    world = World(lambda call, now: job())
    with pytest.raises(errors.WaitTimeout, match="after 7200 s"):
        world.run(polling.wait(NEW, request_options(), CONTEXT, PollState()))
    assert world.now == 7200


@pytest.mark.parametrize(
    ("timeout", "seconds"),
    [(3, 3), (0.5, 0.5), (Phases(connect=5.0, read=60.0), 60.0), (Phases(connect=5.0, read=None), float("inf"))],
)
def test_a_time_out_is_as_long_as_its_longest_phase(timeout: float | Phases, seconds: float) -> None:
    assert longest(timeout) == seconds
