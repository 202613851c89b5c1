"""A wait ends with the job, or says why not and carries it; trouble with the API is survived for a while."""

from typing import Any

import pytest

from krea_client import errors
from krea_client._core import polling
from krea_client._core.effects import Answer, Unanswered, Undelivered
from krea_client._core.policies import Pace
from krea_client._core.polling import PollState
from krea_client.jobs import Job

from .conftest import CONTEXT, LOOK, POST, PREPARED, completed_answer, job
from .scripted import START, Reply, World, in_turn, request_options, says

NEW = Job("j1", "queued", START)
RESET = Unanswered("connection reset by peer")
MISSING = says(404, error="no such job")


def world_of(*replies: Reply) -> World:
    return World(in_turn(replies))


def wait(world: World, start: Job | str = NEW, typical: float | None = None, **changes: Any) -> Job:
    options = request_options(**changes)
    options.memory.add(NEW, typical, "z-image/z-image")
    return world.run(polling.wait(start, options, CONTEXT, PollState()))


def test_a_run_submits_once_and_looks_until_the_job_is_completed() -> None:
    world = world_of(job("queued"), job("processing"), job("sampling"), completed_answer())
    statuses: list[str] = []
    state = PollState(on_update=lambda job: statuses.append(job.status))
    assert world.run(polling.run(PREPARED, request_options(), CONTEXT, state)).urls == ["https://gen.krea.ai/1.png"]
    assert world.sent == [POST, LOOK, LOOK, LOOK]
    assert statuses == ["queued", "processing", "sampling", "completed"]


def test_a_finished_job_is_not_looked_at() -> None:
    finished = Job.from_dict({"job_id": "j1", "status": "completed", "result": {"urls": ["https://a.b/1.png"]}})
    assert wait(world_of(), finished) is finished


@pytest.mark.parametrize(
    "status", ["backlogged", "queued", "scheduled", "intermediate-complete", "COMPLETED", "archived", "", None, 7]
)
def test_every_word_but_the_three_last_ones_means_still_running(status: object) -> None:
    world = world_of(says(job_id="j1", status=status), says(job_id="j1"), completed_answer())
    assert wait(world).succeeded
    assert len(world.calls) == 3


@pytest.mark.parametrize(
    ("end", "kind", "message"),
    [
        (job("failed"), errors.JobFailed, r"job j1 failed, and the API gives no reason \(failed jobs are not billed\)"),
        (job("failed", error={"code": "nsfw", "message": "no"}), errors.JobFailed, r"job j1 failed: nsfw: no \(failed"),
        (job("failed", result={"error": "oops"}), errors.JobFailed, r"job j1 failed: oops \(failed"),
        (job("failed", error={}), errors.JobFailed, r"failed, and the API gives no reason"),
        (job("cancelled"), errors.JobCancelled, r"job j1 was cancelled \(cancelled jobs are not billed\)"),
        (job("completed"), errors.JobEmpty, r"job j1 is completed but has no results; a refusal"),
        (job("completed", result={"urls": []}), errors.JobEmpty, "has no results"),
        (job("completed", result={"urls": [None, {}]}), errors.JobEmpty, "has no results"),
    ],
)
def test_a_job_that_ends_without_results_is_an_error_that_carries_it(
    end: Answer, kind: type[errors.AboutJob], message: str
) -> None:
    with pytest.raises(kind, match=message) as excinfo:
        wait(world_of(job(), end))
    assert excinfo.value.job.id == excinfo.value.job_id == "j1"
    assert excinfo.value.job.finished


def test_a_training_has_a_style_instead_of_addresses() -> None:
    assert wait(world_of(job("completed", result={"style_id": "s1"}))).style_id == "s1"


@pytest.mark.parametrize(
    ("typical", "created", "first"),
    [
        (55, START, 33.367),
        (55, None, 33.367),
        (None, START, 2.0),
        (4, START, 2.55),
        (0.5, START, 0.319),
        (55, START.replace(minute=58, hour=11, second=45), 0.0),
        (55, START.replace(hour=13), 33.367),
    ],
)
def test_the_first_look_is_timed_by_the_model_and_the_jobs_age(
    typical: float | None, created: Any, first: float
) -> None:
    world = world_of(completed_answer())
    wait(world, Job("j1", "queued", created), typical)
    assert world.times == [pytest.approx(first, rel=0.01)]


def test_an_id_alone_is_looked_at_at_once() -> None:
    world = world_of(completed_answer())
    wait(world, "j1", 55)
    assert world.times == [0]


def test_pauses_grow_with_the_wait_up_to_a_cap() -> None:
    world = world_of(*[job()] * 40, completed_answer())
    wait(world)
    assert world.pauses == sorted(world.pauses[1:2]) + world.pauses[1:] or world.pauses[0] == 2.0
    assert world.pauses[1:] == sorted(world.pauses[1:])
    assert (world.pauses[1], world.pauses[-1]) == (0.3, 10.0)


def test_a_404_right_after_a_submission_is_not_believed() -> None:
    world = world_of(job("queued"), MISSING, MISSING, MISSING, completed_answer())
    assert world.run(polling.run(PREPARED, request_options(), CONTEXT, PollState())).succeeded


def test_a_404_at_a_first_look_that_comes_late_is_not_believed_either() -> None:
    world = world_of(MISSING, completed_answer())
    assert wait(world, typical=120.0).succeeded
    assert len(world.calls) == 2


def test_a_404_that_lasts_is_believed() -> None:
    world = World(lambda call, now: MISSING)
    with pytest.raises(errors.NotFound) as excinfo:
        wait(world)
    assert Pace().absence < world.now < Pace().absence + 5
    assert excinfo.value.job_id == "j1"


def test_an_id_that_nobody_knows_is_told_of_soon() -> None:
    world = World(lambda call, now: MISSING)
    with pytest.raises(errors.NotFound):
        wait(world, "j1")
    assert Pace().absence_unseen < world.now < Pace().absence_unseen + 2


def test_a_404_in_the_middle_of_a_wait_is_not_believed_at_once() -> None:
    world = world_of(*[job()] * 20, MISSING, completed_answer())
    assert wait(world).succeeded


@pytest.mark.parametrize(
    "fault", [RESET, Undelivered("no route"), says(502), says(429), says(503, {"retry-after": "3"}), says(530)]
)
def test_a_moment_of_trouble_does_not_end_a_wait(fault: Reply) -> None:
    world = World(lambda call, now: fault if now < 100 else completed_answer())
    assert wait(world).succeeded


@pytest.mark.parametrize(("fault", "kind"), [(RESET, errors.ConnectionFailed), (says(500), errors.ServerFailed)])
def test_patience_with_unbroken_trouble_has_an_end(fault: Reply, kind: type[errors.KreaError]) -> None:
    world = World(lambda call, now: fault)
    with pytest.raises(kind) as excinfo:
        wait(world)
    assert 300 < world.now < 315
    assert excinfo.value.job_id == "j1"


def test_one_good_answer_renews_the_patience() -> None:
    world = World(lambda call, now: job() if 250 < now < 290 else RESET if now < 500 else completed_answer())
    assert wait(world).succeeded


@pytest.mark.parametrize("status", [401, 403])
def test_an_answer_that_will_not_change_ends_a_wait_with_the_id(status: int) -> None:
    world = world_of(job(), says(status))
    with pytest.raises(errors.ApiError) as excinfo:
        wait(world)
    assert excinfo.value.job_id == "j1"
    assert len(world.calls) == 2


def test_a_retry_after_of_a_look_is_honoured() -> None:
    world = world_of(says(429, {"retry-after": "30"}), completed_answer())
    wait(world)
    assert world.times == [2.0, 32.0]


@pytest.mark.parametrize("job_id", ["", ".", "..", None, 7, NEW])
def test_what_is_no_job_id_is_never_asked_for(job_id: Any) -> None:
    world = world_of()
    with pytest.raises(errors.RequestInvalid, match="must be the text that the API gave"):
        world.run(polling.get_job(job_id, request_options(), CONTEXT))
    with pytest.raises(errors.RequestInvalid, match="must be the text that the API gave"):
        world.run(polling.cancel_job(job_id, request_options(), CONTEXT))


@pytest.mark.parametrize(("job_id", "path"), [("a/../b?c", "/jobs/a%2F..%2Fb%3Fc"), ("ä b", "/jobs/%C3%A4%20b")])
def test_a_strange_job_id_stays_one_step_of_the_path(job_id: str, path: str) -> None:
    world = world_of(completed_answer(job_id), Answer(204, {}, b""))
    world.run(polling.get_job(job_id, request_options(), CONTEXT))
    world.run(polling.cancel_job(job_id, request_options(), CONTEXT))
    assert world.sent == [f"GET {path}", f"DELETE {path}"]
