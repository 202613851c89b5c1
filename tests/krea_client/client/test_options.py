"""What a caller may add to one call: webhook_url, extra_body, check, timeout, deadline, on_update."""

import json
import math
from typing import Any

import httpx
import pytest

from krea_client import Job, RequestInvalid, WaitTimeout
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between
from .conftest import GOOD, Make

CALLS = ["submit", "run"]


@pytest.mark.parametrize("call", CALLS)
def test_a_webhook_gets_the_job_when_it_has_ended(client: ClientAdapter, box: Sandbox, call: str) -> None:
    job = getattr(client, call)("z-image/z-image", GOOD, webhook_url="https://example.com/hook")
    box.clock.advance(60)
    [delivery] = box.webhooks
    assert (delivery.job_id, delivery.url) == (job.id, "https://example.com/hook")


@pytest.mark.parametrize("url", ["example.com", "https://example.com/a b", "https://example.com/\n", "https://é.com"])
def test_a_webhook_that_no_header_can_carry_is_refused(client: ClientAdapter, between: Between, url: str) -> None:
    with pytest.raises(RequestInvalid, match="webhook_url"):
        client.submit("z-image/z-image", GOOD, webhook_url=url)
    assert between.seen == []


@pytest.mark.parametrize("call", CALLS)
def test_extra_fields_are_sent_as_they_are(client: ClientAdapter, between: Between, call: str) -> None:
    between.always(
        "POST",
        lambda _, __: httpx.Response(
            200, json={"job_id": "j", "status": "completed", "result": {"urls": ["https://x/y.png"]}}
        ),
    )
    getattr(client, call)("z-image/z-image", GOOD, extra_body={"newField": {"aspectRatio": 1}})
    assert json.loads(between.seen[0].content) == {**GOOD, "newField": {"aspectRatio": 1}}


def test_an_extra_field_may_not_double_one_of_the_body(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(RequestInvalid, match="in the body and in extra_body"):
        client.submit("z-image/z-image", GOOD, extra_body={"prompt": "other"})
    assert between.seen == []


@pytest.mark.parametrize("call", CALLS)
def test_unchecked_bodies_are_judged_by_the_api_alone(client: ClientAdapter, between: Between, call: str) -> None:
    body = {**GOOD, "resolution": "8K", "unheard_of": 1}
    with pytest.raises(RequestInvalid):
        getattr(client, call)("z-image/z-image", body)
    assert between.count("POST") == 0
    between.on(
        "POST",
        lambda _, __: httpx.Response(
            200, json={"job_id": "j", "status": "completed", "result": {"urls": ["https://x/y.png"]}}
        ),
    )
    assert getattr(client, call)("z-image/z-image", body, check=False).id == "j"
    assert json.loads(between.seen[0].content) == body


def limits(between: Between) -> list[dict[str, float]]:
    return [request.extensions["timeout"] for request in between.seen]


def test_a_time_out_is_of_each_exchange_and_connecting_is_capped(make: Make, between: Between) -> None:
    krea = make(timeout=33)
    krea.run("z-image/z-image", GOOD)
    assert {(limit["read"], limit["connect"]) for limit in limits(between)} == {(33, 10)}


@pytest.mark.parametrize("timeout", [4, httpx.Timeout(4)])
def test_a_call_may_have_its_own_time_out(client: ClientAdapter, between: Between, timeout: object) -> None:
    job = client.submit("z-image/z-image", GOOD, timeout=timeout)
    client.wait(job, timeout=timeout)
    client.run("z-image/z-image", GOOD, timeout=timeout)
    client.jobs.get(job.id, timeout=timeout)
    list(client.jobs.list(timeout=timeout))
    client.jobs.cancel(client.submit("z-image/z-image", GOOD, timeout=timeout), timeout=timeout)
    assert [result.id for result in client.run_all([("z-image/z-image", GOOD)], timeout=timeout)]
    assert {limit["read"] for limit in limits(between)} == {4}


NO_TIME_OUTS = [0, -1, math.nan, math.inf, 10**400, "5", True]


@pytest.mark.parametrize("timeout", [*NO_TIME_OUTS, None])
def test_a_client_without_a_limit_is_not_made(make: Make, timeout: float | None) -> None:
    with pytest.raises(ValueError, match="give seconds"):
        make(timeout=timeout)


def _call(client: ClientAdapter, call: str, **options: Any) -> None:
    match call:
        case "run_all":
            list(client.run_all([("z-image/z-image", GOOD)], **options))
        case "wait":
            client.wait("a-job", **options)
        case _:
            getattr(client, call)("z-image/z-image", GOOD, **options)


@pytest.mark.parametrize("timeout", NO_TIME_OUTS)
@pytest.mark.parametrize("call", [*CALLS, "run_all", "wait"])
def test_what_is_no_time_out_is_refused_before_anything_is_paid(
    client: ClientAdapter, between: Between, call: str, timeout: object
) -> None:
    with pytest.raises(ValueError, match=r"timeout=.*give seconds"):
        _call(client, call, timeout=timeout)
    assert between.seen == []


@pytest.mark.parametrize("deadline", [-1, math.nan, math.inf, 10**400, "5", True])
@pytest.mark.parametrize("call", ["run", "run_all", "wait"])
def test_what_is_no_deadline_is_refused_before_anything_is_paid(
    client: ClientAdapter, between: Between, call: str, deadline: object
) -> None:
    with pytest.raises(ValueError, match=r"deadline=.*give the seconds"):
        _call(client, call, deadline=deadline)
    assert between.seen == []


@pytest.mark.parametrize("call", ["run", "wait"])
def test_a_deadline_ends_the_wait_in_time_and_keeps_the_job(client: ClientAdapter, box: Sandbox, call: str) -> None:
    prompt = {**GOOD, "prompt": "slow [sandbox:seconds=1000]"}
    began = box.clock.monotonic()
    job = client.submit("z-image/z-image", prompt) if call == "wait" else None
    with pytest.raises(WaitTimeout) as excinfo:
        _ = client.wait(job, deadline=30) if job else client.run("z-image/z-image", prompt, deadline=30)
    assert box.clock.monotonic() - began == pytest.approx(30, abs=0.5)
    [row] = box.ledger
    assert excinfo.value.job.id == excinfo.value.job_id == row.job_id
    assert row.job_id in str(excinfo.value)
    assert client.wait(excinfo.value.job).succeeded


@pytest.mark.parametrize("call", ["run", "wait", "wait by id"])
def test_every_look_is_told(client: ClientAdapter, call: str) -> None:
    updates: list[Job] = []
    if call == "run":
        job = client.run("z-image/z-image", GOOD, on_update=updates.append)
    else:
        job = client.submit("z-image/z-image", GOOD)
        job = client.wait(job if call == "wait" else job.id, on_update=updates.append)
    assert updates[-1] == job
    assert {job.id for job in updates} == {job.id}
    assert [job.finished for job in updates] == [False] * (len(updates) - 1) + [True]


def test_a_callback_that_fails_does_not_lose_the_job(client: ClientAdapter, box: Sandbox) -> None:
    def fail(_: Job) -> None:
        raise ZeroDivisionError

    for call in (
        lambda: client.run("z-image/z-image", GOOD, on_update=fail),
        lambda: client.wait(client.submit("z-image/z-image", GOOD), on_update=fail),
    ):
        with pytest.raises(ZeroDivisionError) as excinfo:
            call()
        assert box.ledger[-1].job_id in "".join(excinfo.value.__notes__)
