"""An interrupt never loses a job's id, and cancels the remote job only where it was told to."""

from collections.abc import Callable
from typing import Any

import pytest

from krea_client._core import polling
from krea_client._core.effects import Answer, ApiCall, ConsumerClosed, Unanswered
from krea_client._core.polling import PollState
from krea_client.jobs import Job

from .conftest import CONTEXT, LOOK, POST, PREPARED, job
from .scripted import HANGS, START, Reply, World, request_options, says

DELETE = "DELETE /jobs/j1"
GOES_ON = "krea-client: job j1 goes on at Krea; krea.wait('j1') goes on waiting for it"


class Stopped(BaseException):
    """What an event loop throws into a task that it cancels."""


CANCELLED = says(204)


def world_of(goodbye: Reply = CANCELLED, **changes: Any) -> World:
    def server(call: ApiCall, now: float) -> Reply:
        return goodbye if call.method == "DELETE" else job()

    return World(server, **changes)


def leave(world: World, on_interrupt: str, kind: type[BaseException] = KeyboardInterrupt) -> BaseException:
    with pytest.raises(kind) as excinfo:
        world.run(polling.run(PREPARED, request_options(on_interrupt=on_interrupt), CONTEXT, PollState()))
    return excinfo.value


@pytest.mark.parametrize("at", [0.5, 5.0, 100.0])
@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, Stopped, SystemExit])
def test_an_interrupt_names_the_job_and_leaves_it_alone(at: float, interrupt: Callable[[], BaseException]) -> None:
    world = world_of(interrupt_at=at, interrupt=interrupt)
    stop = leave(world, "keep", type(interrupt()))
    assert stop.__notes__ == [GOES_ON]
    assert world.sent[:2] == [POST, LOOK][: len(world.sent)]
    assert DELETE not in world.sent


def test_an_interrupt_cancels_the_job_where_it_was_told_to() -> None:
    world = world_of(interrupt_at=5)
    stop = leave(world, "cancel")
    assert stop.__notes__ == ["krea-client: job j1 was cancelled at Krea"]
    assert world.sent[-1] == DELETE
    assert world.now == 5


@pytest.mark.parametrize(
    ("goodbye", "message"),
    [
        (HANGS, "no answer in 5 s"),
        (Unanswered("reset"), "reset"),
        (says(500), "answered 500"),
        (says(409, error="too late"), "too late"),
        (says(429), "answered 429"),
        (says(429, {"retry-after": "50"}), "answered 429"),
    ],
)
def test_a_cancellation_on_the_way_out_is_tried_once_and_briefly(goodbye: Reply, message: str) -> None:
    world = world_of(goodbye, interrupt_at=5)
    (note,) = leave(world, "cancel").__notes__
    assert note.startswith("krea-client: job j1 could not be cancelled and may go on at Krea: ")
    assert message in note
    assert world.sent.count(DELETE) == 1
    assert world.now <= 10


def test_an_impatient_second_interrupt_leaves_at_once_and_names_the_job() -> None:
    def server(call: ApiCall, now: float) -> Reply:
        if call.method == "DELETE":
            raise KeyboardInterrupt
        return job()

    stop = leave(World(server, interrupt_at=5), "cancel")
    assert "j1" in " ".join(stop.__notes__)


def test_a_callback_that_fails_loses_neither_its_error_nor_the_job() -> None:
    def fail(job: Job) -> None:
        raise LookupError(job.status)

    for on_interrupt in ("keep", "cancel"):
        world = world_of()
        with pytest.raises(LookupError) as excinfo:
            world.run(
                polling.run(PREPARED, request_options(on_interrupt=on_interrupt), CONTEXT, PollState(on_update=fail))
            )
        assert excinfo.value.__notes__ == [GOES_ON]
        assert world.sent == [POST]


def test_a_wait_that_is_thrown_away_asks_for_nothing_more() -> None:
    flow = polling.wait(Job("j1", "queued", START), request_options(on_interrupt="cancel"), CONTEXT, PollState())
    next(flow)
    flow.close()


def test_leaving_an_iteration_is_an_interrupt_too() -> None:
    world = world_of(interrupt_at=5, interrupt=ConsumerClosed)
    assert leave(world, "keep", ConsumerClosed).__notes__ == [GOES_ON]


def test_the_job_as_it_was_last_seen_stays_with_the_watcher() -> None:
    state = PollState()
    world = world_of(interrupt_at=50)
    with pytest.raises(KeyboardInterrupt):
        world.run(polling.run(PREPARED, request_options(), CONTEXT, state))
    assert state.latest is not None
    assert (state.latest.id, state.latest.status) == ("j1", "processing")


@pytest.mark.parametrize("answer", [says(200), Answer(204, {}, b""), Answer(200, {}, b"<html>")])
def test_any_good_answer_cancels(answer: Answer) -> None:
    world = World(lambda call, now: answer)
    world.run(polling.cancel_job("j1", request_options(), CONTEXT))
    assert world.sent == [DELETE]
