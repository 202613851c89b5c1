"""How a wait ends: completed, failed, cancelled, empty; what it survives on the way."""

from itertools import pairwise

import httpx
import pytest

from krea_client import JobCancelled, JobEmpty, JobFailed, NotFound, ServerFailed
from krea_client.sandbox import Sandbox

from ... import facts
from .adapter import ClientAdapter
from .between import Between, answered, stopped
from .conftest import GOOD


def prompting(words: str) -> dict[str, str]:
    return {**GOOD, "prompt": words}


def test_a_run_ends_completed_with_its_results(client: ClientAdapter, box: Sandbox) -> None:
    job = client.run("z-image/z-image", GOOD)
    assert job.succeeded
    assert job.finished
    assert job.urls == [f"https://gen.krea.ai/images/{job.id}.png"]
    assert job.created_at is not None
    assert job.completed_at is not None
    assert (job.completed_at - job.created_at).total_seconds() == pytest.approx(5, abs=0.1)
    assert [(row.job_id, row.billed) for row in box.ledger] == [(job.id, facts.price("z-image/z-image"))]


@pytest.mark.parametrize(
    ("steering", "error", "code"),
    [
        ("[sandbox:fail]", JobFailed, "internal"),
        ("[sandbox:nsfw]", JobFailed, "nsfw"),
        ("[sandbox:empty]", JobEmpty, None),
    ],
)
def test_other_ends_are_errors_that_carry_the_job(
    client: ClientAdapter, box: Sandbox, steering: str, error: type[JobFailed | JobEmpty], code: str | None
) -> None:
    with pytest.raises(error) as excinfo:
        client.run("z-image/z-image", prompting(steering))
    [row] = box.ledger
    assert excinfo.value.job.id == row.job_id
    assert excinfo.value.job.finished
    assert (excinfo.value.job.error.code if excinfo.value.job.error else None) == code
    # The same end again, from the job in hand and from its id.
    for again in (excinfo.value.job, row.job_id):
        with pytest.raises(error):
            client.wait(again)


def test_a_cancelled_job_ends_a_wait(client: ClientAdapter) -> None:
    job = client.submit("z-image/z-image", GOOD)
    client.jobs.cancel(job)
    with pytest.raises(JobCancelled) as excinfo:
        client.wait(job)
    assert excinfo.value.job.id == job.id


def test_a_finished_job_is_not_asked_for_again(client: ClientAdapter, between: Between) -> None:
    job = client.run("z-image/z-image", GOOD)
    before = len(between.seen)
    assert client.wait(job) == job
    assert len(between.seen) == before


def test_the_first_look_is_timed_by_the_model_and_pauses_grow(
    client: ClientAdapter, box: Sandbox, between: Between
) -> None:
    looks: list[float] = []
    between.always("GET", lambda _, forward: looks.append(box.clock.monotonic()) or forward())
    client.run("z-image/z-image", prompting("[sandbox:seconds=200]"))
    pauses = [after - before for before, after in pairwise(looks)]
    assert looks[0] == pytest.approx(3.19, abs=0.01)  # about 4 of 100 jobs of the model take no longer than that
    assert len(looks) < 80
    overdue = [round(pause, 6) for pause in pauses[30:]]
    assert overdue == sorted(overdue)
    assert max(pauses) == pytest.approx(10)


def test_a_moment_of_404_after_a_submission_does_not_end_the_wait(client: ClientAdapter, between: Between) -> None:
    between.on("GET", *[answered(404, b'{"error": "not here yet"}')] * 3)
    assert client.run("z-image/z-image", GOOD).succeeded


def test_an_id_that_nobody_knows_ends_the_wait_soon(client: ClientAdapter, box: Sandbox) -> None:
    began = box.clock.monotonic()
    with pytest.raises(NotFound) as excinfo:
        client.wait("6d0de1a4-6a4b-4d3c-8a43-000000000000")
    assert excinfo.value.job_id == "6d0de1a4-6a4b-4d3c-8a43-000000000000"
    assert box.clock.monotonic() - began < 10


def test_bad_moments_of_the_api_do_not_end_a_wait(client: ClientAdapter, between: Between, box: Sandbox) -> None:
    between.on(
        "GET",
        *[answered(503)] * 4,
        stopped(httpx.ConnectError, "refused"),
        stopped(httpx.ReadTimeout, "slow"),
        answered(429, retry_after="2"),
        answered(520, b"<html>"),
        answered(200, b"<html>sign in to this network"),
        answered(302, location="https://portal.example"),
    )
    assert client.run("z-image/z-image", GOOD).succeeded
    assert len(box.ledger) == 1


def test_an_api_that_stays_down_ends_the_wait_with_the_jobs_id(
    client: ClientAdapter, between: Between, box: Sandbox
) -> None:
    between.always("GET", answered(503, b"<html>down</html>"))
    with pytest.raises(ServerFailed) as excinfo:
        client.run("z-image/z-image", GOOD)
    assert excinfo.value.job_id == box.ledger[0].job_id
    assert excinfo.value.status == 503
    assert excinfo.value.body == b"<html>down</html>"


@pytest.mark.parametrize(
    "document",
    [
        b'{"job_id": "%s", "status": "dreaming"}',
        b'{"job_id": "%s"}',
        b'{"job_id": "%s", "status": null, "result": null, "completed_at": "soon", "created_at": 7, "new": [1]}',
    ],
)
def test_an_unknown_state_means_still_running(client: ClientAdapter, between: Between, document: bytes) -> None:
    job = client.submit("z-image/z-image", GOOD)
    between.on("GET", *[answered(200, document.replace(b"%s", job.id.encode()))] * 3)
    assert client.wait(job).succeeded
    assert between.count("GET") > 3


def test_a_callbacks_own_failure_is_not_taken_for_the_apis(client: ClientAdapter) -> None:
    def fail(_: object) -> None:
        raise ServerFailed("somebody else's", status=503)

    with pytest.raises(ServerFailed, match="somebody else's"):
        client.wait(client.submit("z-image/z-image", GOOD), on_update=fail)
