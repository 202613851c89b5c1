"""A paid request is never sent again once it may have been accepted; everything else is, as far as it helps."""

from datetime import timedelta
from typing import Any

import pytest

from krea_client import errors
from krea_client._core import operations
from krea_client._core.deprecation_headers import warning_from
from krea_client._core.effects import Answer, Unanswered, Undelivered, Warn
from krea_client._core.job_memory import JobMemory
from krea_client._core.policies import Retry
from krea_client._request.deprecation_warnings import KreaDeprecationWarning

from .conftest import CONTEXT, POST, PREPARED, SITE, job
from .scripted import HANGS, START, Reply, Slow, World, in_turn, request_options, says

REFUSED = Undelivered("connection refused")
RESET = Unanswered("connection reset by peer")
PAGE = b"<!doctype html><title>520</title>"


def submitting(*replies: Reply, **changes: Any) -> tuple[World, Any]:
    world = World(in_turn(replies))
    return world, operations.submit(PREPARED, request_options(**changes), CONTEXT)


def test_a_submission_is_one_call_with_the_checked_body() -> None:
    world, flow = submitting(job("queued"))
    assert world.run(flow).id == "j1"
    call = world.calls[0][1]
    assert (call.method, call.path, call.body, call.paid) == ("POST", PREPARED.operation.path, PREPARED.body, True)
    assert call.headers == {"content-type": "application/json"}
    assert world.pauses == []


def test_the_address_of_a_webhook_goes_into_its_header() -> None:
    world = World(in_turn([job()]))
    world.run(operations.submit(PREPARED._replace(webhook_url="https://a.b/hook"), request_options(), CONTEXT))
    assert (world.calls[0][1].headers or {})["x-webhook-url"] == "https://a.b/hook"


@pytest.mark.parametrize(
    "reply",
    [
        RESET,
        HANGS,
        *[Answer(status, {}, PAGE) for status in (408, 500, 502, 503, 504, 520, 524, 530, 599)],
        Answer(503, {"retry-after": "1"}, b""),
        Answer(200, {}, PAGE),
        Answer(200, {}, b""),
        Answer(201, {}, b'{"job_id": "j1"'),
        Answer(200, {}, b"[]"),
        says(200, status="queued"),
        says(200, job_id=7),
    ],
)
def test_nobody_knows_what_became_of_it_so_it_is_not_sent_again(reply: Reply) -> None:
    world, flow = submitting(Slow(3, reply) if isinstance(reply, Answer) else reply)
    with pytest.raises(errors.OutcomeUnknown) as excinfo:
        world.run(flow)
    error = excinfo.value
    assert world.sent == [POST]
    assert error.model == "z-image/z-image"
    assert (error.sent_at, error.failed_at) == (START, START + timedelta(seconds=world.now))
    assert (error.status, error.body) == ((reply.status, reply.body) if isinstance(reply, Answer) else (None, None))
    assert POST in str(error)
    assert "krea.jobs.candidates(error)" in str(error)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.Rejected),
        (401, errors.Unauthorized),
        (402, errors.OutOfCredits),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (410, errors.ModelGone),
        (422, errors.Rejected),
        (302, errors.OutcomeUnknown),
        (307, errors.UnexpectedAnswer),
        (425, errors.UnexpectedAnswer),
    ],
)
def test_a_refusal_is_final(status: int, kind: type[errors.KreaError]) -> None:
    world, flow = submitting(says(status, error="no"))
    with pytest.raises(kind):
        world.run(flow)
    assert world.sent == [POST]


def test_a_model_that_is_gone_is_named() -> None:
    world, flow = submitting(says(410, error="model_unavailable", replacement="image/a/b", sunset_date="2026-05-13"))
    with pytest.raises(errors.ModelGone) as excinfo:
        world.run(flow)
    assert (excinfo.value.model, excinfo.value.replacement, str(excinfo.value.sunset)) == (
        "z-image/z-image",
        "image/a/b",
        "2026-05-13",
    )


def test_what_was_never_delivered_is_sent_again_and_then_given_up_as_free() -> None:
    world, flow = submitting(REFUSED, REFUSED, job())
    assert world.run(flow).id == "j1"
    assert world.pauses == [0.5, 1.0]
    world, flow = submitting(REFUSED, REFUSED, REFUSED)
    with pytest.raises(errors.ConnectionFailed, match=r"not reached in 3 attempts, so nothing was charged: connection"):
        world.run(flow)


def test_a_429_is_sent_again_after_what_the_api_asks_for() -> None:
    world, flow = submitting(says(429, {"retry-after": "7"}), says(429), job())
    assert world.run(flow).id == "j1"
    assert world.pauses == [7.0, 15.0]


def test_a_429_that_asks_for_too_much_is_given_back_at_once() -> None:
    world, flow = submitting(says(429, {"retry-after": "61"}, error="too many concurrent jobs"))
    with pytest.raises(errors.Busy, match="too many concurrent jobs") as excinfo:
        world.run(flow)
    assert excinfo.value.retry_after == 61
    assert world.pauses == []


def test_a_429_with_a_date_is_timed_by_the_api_and_not_by_this_machine() -> None:
    date = {"date": "Mon, 01 Jan 2024 00:00:00 GMT", "retry-after": "Mon, 01 Jan 2024 00:00:09 GMT"}
    world, flow = submitting(says(429, date), job())
    world.run(flow)
    assert world.pauses == [9.0]


@pytest.mark.parametrize("first", [REFUSED, says(429)])
def test_a_lost_answer_after_a_harmless_try_is_still_unknown_and_timed_by_the_second(first: Reply) -> None:
    world, flow = submitting(first, RESET)
    with pytest.raises(errors.OutcomeUnknown) as excinfo:
        world.run(flow)
    assert len(world.calls) == 2
    assert excinfo.value.sent_at == START + timedelta(seconds=world.calls[1][0])


def test_a_paid_call_keeps_its_time_out_however_late_it_goes_out() -> None:
    world, flow = submitting(says(429), says(429), Slow(59, job()), retry=Retry(budget=20.5))
    assert world.run(flow).id == "j1"
    assert {call.timeout for _, call in world.calls} == {None}


def test_every_job_id_is_remembered() -> None:
    memory = JobMemory()
    world, flow = submitting(job("queued"), memory=memory)
    world.run(flow)
    assert memory.accounts_for("j1")
    duration = memory.expected("j1")
    assert duration is not None
    assert duration.median == PREPARED.operation.typical_seconds


@pytest.mark.parametrize("after", [0.0, 2.0])
def test_an_interrupt_says_that_a_job_may_exist_and_where_to_look(after: float) -> None:
    world = World(in_turn([Slow(10, job())]), interrupt_at=after)
    with pytest.raises(KeyboardInterrupt) as excinfo:
        world.run(operations.submit(PREPARED, request_options(), CONTEXT))
    (note,) = excinfo.value.__notes__
    assert POST in note
    assert f"krea.jobs.candidates(since='{START.isoformat()}')" in note


def answers_with_notice() -> Answer:
    return Answer(200, {"deprecation": "true"}, job().body)


def test_a_dying_model_is_told_of_once_at_the_users_line() -> None:
    warned_models: set[str] = set()

    def first_time(model: str) -> bool:
        return model not in warned_models and not warned_models.add(model)  # type: ignore[func-returns-value]  # add gives None

    world = World(in_turn([answers_with_notice(), answers_with_notice()]))
    for _ in range(2):
        world.run(operations.submit(PREPARED, request_options(first_time=first_time), CONTEXT))
    (warned,) = world.warned
    assert warned.site is SITE
    assert str(warned.warning) == str(warning_from({"deprecation": "true"}, "z-image/z-image", START))


def test_a_warning_made_an_error_carries_the_job_that_is_paid_for() -> None:
    def refuse(effect: Warn) -> None:
        raise effect.warning

    world = World(in_turn([answers_with_notice()]), warn=refuse)
    with pytest.raises(KreaDeprecationWarning) as excinfo:
        world.run(operations.submit(PREPARED, request_options(), CONTEXT))
    assert getattr(excinfo.value.job, "id", None) == "j1"
    assert excinfo.value.__notes__ == ["Krea accepted the job before: j1"]


@pytest.mark.parametrize("value", ["Fri, 31 Dec 9999 23:59:59 -1200", "@" + "9" * 99, "\x00", ""])
def test_no_header_costs_the_caller_the_job(value: str) -> None:
    world, flow = submitting(Answer(200, {"sunset": value, "deprecation": value, "link": value}, job().body))
    assert world.run(flow).id == "j1"
