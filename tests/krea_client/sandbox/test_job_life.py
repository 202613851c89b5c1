"""A job goes through the documented states at virtual times and ends with a result, a failure, or by cancelling."""

from uuid import UUID

import pytest

from krea_client.sandbox import Sandbox

from .conftest import GOOD, GPT, Caller, read


def test_a_new_job_is_answered_as_the_page_shows_it(caller: Caller) -> None:
    job = read(caller.post(GOOD))
    assert UUID(job.pop("job_id")).version == 4
    assert job == {
        "status": "queued",
        "created_at": "2026-11-20T00:00:00.000000Z",
        "completed_at": None,
        "result": None,
    }


def test_it_passes_through_every_state_in_order(box: Sandbox, caller: Caller) -> None:
    job = caller.submit(prompt="x [sandbox:seconds=100]")
    statuses = [caller.status(job)]
    for _ in range(100):
        box.clock.advance(1)
        statuses.append(caller.status(job))
    assert list(dict.fromkeys(statuses)) == [
        "queued",
        "scheduled",
        "processing",
        "sampling",
        "intermediate-complete",
        "completed",
    ]


def test_a_model_takes_the_time_that_the_document_says(box: Sandbox, caller: Caller) -> None:
    job = caller.submit(GPT)
    box.clock.advance(54.9)
    assert caller.status(job) == "intermediate-complete"
    box.clock.advance(0.2)
    assert caller.status(job) == "completed"


def test_completion_is_stamped_with_when_it_happened_not_with_when_it_was_seen(box: Sandbox, caller: Caller) -> None:
    job = caller.submit(prompt="[sandbox:seconds=5]")
    box.clock.advance(3600)
    job_document = read(caller.get(f"/jobs/{job}"))
    assert job_document["completed_at"] == "2026-11-20T00:00:05.000000Z"
    assert job_document["result"] == {"urls": [f"https://gen.krea.ai/images/{job}.png"]}


def test_the_preview_can_be_fetched_before_the_end_and_the_picture_cannot(box: Sandbox, caller: Caller) -> None:
    job = caller.submit(prompt="[sandbox:seconds=10]")
    assert caller.get(f"/images/{job}/preview.png").status == 404
    box.clock.advance(8)
    [preview] = read(caller.get(f"/jobs/{job}"))["result"]["urls"]
    assert caller.get(preview.removeprefix("https://gen.krea.ai")).headers["content-type"] == "image/png"
    assert caller.get(f"/images/{job}.png").status == 404


@pytest.mark.parametrize("code", ["internal", "nsfw"])
def test_the_prompt_can_make_it_fail(box: Sandbox, caller: Caller, code: str) -> None:
    job = caller.submit(prompt="x [sandbox:fail]" if code == "internal" else "x [sandbox:nsfw]")
    box.clock.advance(60)
    job_document = read(caller.get(f"/jobs/{job}"))
    assert (job_document["status"], job_document["error"]["code"], job_document["result"]) == ("failed", code, None)
    assert caller.get(f"/images/{job}.png").status == 404


def test_the_prompt_can_make_it_complete_without_a_result(box: Sandbox, caller: Caller) -> None:
    job = caller.submit(prompt="[sandbox:empty]")
    box.clock.advance(60)
    job_document = read(caller.get(f"/jobs/{job}"))
    assert (job_document["status"], job_document["result"]) == ("completed", {})


def test_cancelling_ends_a_running_job_once(box: Sandbox, caller: Caller) -> None:
    job = caller.submit()
    box.clock.advance(1)
    response = caller.call("DELETE", f"/jobs/{job}")
    assert (response.status, response.body) == (200, b"")
    job_document = read(caller.get(f"/jobs/{job}"))
    assert (job_document["status"], job_document["completed_at"]) == ("cancelled", "2026-11-20T00:00:01.000000Z")
    assert caller.call("DELETE", f"/jobs/{job}").status == 404


def test_a_finished_job_cannot_be_cancelled(box: Sandbox, caller: Caller) -> None:
    job = caller.submit()
    box.clock.advance(60)
    refused = caller.call("DELETE", f"/jobs/{job}")
    assert refused.status == 404
    assert "completed" in read(refused)["error"]
    assert caller.status(job) == "completed"


def test_an_unknown_job_is_404(caller: Caller) -> None:
    assert caller.get("/jobs/nobody").status == 404
    assert caller.call("DELETE", "/jobs/nobody").status == 404
    assert caller.get("/images/nobody.png").status == 404


def test_the_webhook_is_called_once_with_the_finished_job(box: Sandbox, caller: Caller) -> None:
    ended, cancelled = (
        read(caller.post(GOOD, x_webhook_url=f"https://example.com/{name}"))["job_id"] for name in ("a", "b")
    )
    caller.call("DELETE", f"/jobs/{cancelled}")
    box.clock.advance(60)
    deliveries = {call.url: (call.job_id, call.body) for call in box.webhooks}
    assert deliveries == {
        "https://example.com/a": (ended, caller.get(f"/jobs/{ended}").body),
        "https://example.com/b": (cancelled, caller.get(f"/jobs/{cancelled}").body),
    }
    assert len(box.webhooks) == 2


def test_setting_the_date_leaves_running_jobs_where_they_are(box: Sandbox, caller: Caller) -> None:
    job = caller.submit()
    box.date = "2027-05-01"
    assert caller.status(job) == "queued"


def test_equal_seeds_give_equal_ids() -> None:
    ids = [Caller(Sandbox(date="2026-11-20", time_scale=0, seed=seed)).submit() for seed in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]
