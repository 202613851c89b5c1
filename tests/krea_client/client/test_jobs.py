"""krea.jobs: get, list, cancel."""

from datetime import timedelta

import pytest

from krea_client import ConnectionFailed, NotFound, RequestInvalid, UnexpectedAnswer
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between, answered
from .conftest import GOOD


@pytest.fixture
def three(client: ClientAdapter, box: Sandbox) -> list[str]:
    """Return three jobs, oldest first: one completed, one cancelled, one running."""
    ids = [client.submit("z-image/z-image", GOOD).id]
    box.clock.advance(30)
    ids.append(client.submit("openai/gpt-image-2", prompt="x").id)
    client.jobs.cancel(ids[1])
    box.clock.advance(1)
    ids.append(client.submit("z-image/z-image", GOOD).id)
    return ids


def test_get_gives_the_job_as_it_is_now(client: ClientAdapter, three: list[str]) -> None:
    assert [client.jobs.get(job).status for job in three] == ["completed", "cancelled", "queued"]
    assert client.jobs.get(three[0]).urls


@pytest.mark.parametrize("odd", ["nobody", "a/b", "a?b=c", "ü", "%2e%2e"])
def test_get_and_cancel_of_an_unknown_id(client: ClientAdapter, between: Between, odd: str) -> None:
    for call in (client.jobs.get, client.jobs.cancel):
        with pytest.raises(NotFound) as excinfo:
            call(odd)
        assert excinfo.value.job_id == odd
        assert excinfo.value.status == 404
    assert {request.url.raw_path.count(b"/") for request in between.seen} == {2}


def test_cancel_takes_a_job_or_an_id(client: ClientAdapter, box: Sandbox) -> None:
    jobs = [client.submit("z-image/z-image", GOOD) for _ in range(2)]
    client.jobs.cancel(jobs[0])
    client.jobs.cancel(jobs[1].id)
    assert [row.status for row in box.ledger] == ["cancelled", "cancelled"]


def test_a_job_that_has_ended_is_not_cancelled(client: ClientAdapter) -> None:
    job = client.run("z-image/z-image", GOOD)
    with pytest.raises(NotFound, match="only a job that has not ended"):
        client.jobs.cancel(job)


def test_list_gives_the_newest_first(client: ClientAdapter, three: list[str]) -> None:
    assert [job.id for job in client.jobs.list()] == three[::-1]


def test_list_goes_through_all_pages_lazily(client: ClientAdapter, three: list[str], between: Between) -> None:
    before = between.count("GET")
    jobs = client.jobs.list(limit=1)
    assert between.count("GET") == before
    assert next(jobs).id == three[2]
    assert between.count("GET") == before + 1
    assert [job.id for job in jobs] == three[1::-1]
    assert between.count("GET") == before + 3


def test_list_filters(client: ClientAdapter, three: list[str], box: Sandbox) -> None:
    assert [job.id for job in client.jobs.list(status="completed")] == three[:1]
    assert [job.id for job in client.jobs.list(cursor=box.date - timedelta(seconds=15))] == three[:1]
    assert [job.id for job in client.jobs.list(cursor=(box.date - timedelta(seconds=15)).isoformat())] == three[:1]
    [kind] = {request.query for request in box.requests if "types" in request.query} or {None}
    assert kind is None


@pytest.mark.parametrize(("types", "query"), [("image", b"types=image"), (["image", "video"], b"types=image%2Cvideo")])
def test_types_may_be_one_or_many(client: ClientAdapter, between: Between, types: object, query: bytes) -> None:
    list(client.jobs.list(types=types))
    assert query in between.seen[-1].url.query


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 1001}, {"limit": "many"}, {"cursor": "yesterday"}])
def test_list_refuses_what_the_document_does_not_allow(
    client: ClientAdapter, between: Between, wrong: dict[str, object]
) -> None:
    with pytest.raises(RequestInvalid, match=next(iter(wrong))):
        list(client.jobs.list(**wrong))
    assert between.seen == []


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"items": null}', b"{}", b""])
def test_a_page_that_cannot_be_read_keeps_its_body(client: ClientAdapter, between: Between, body: bytes) -> None:
    between.on("GET", answered(200, body))
    with pytest.raises(UnexpectedAnswer) as excinfo:
        list(client.jobs.list())
    assert (excinfo.value.status, excinfo.value.body) == (200, body)


def test_a_cursor_that_stands_still_ends_the_listing(client: ClientAdapter, between: Between) -> None:
    page = b'{"items": [{"job_id": "j"}], "next_cursor": "2026-11-20T00:00:00Z"}'
    between.always("GET", answered(200, page))
    assert len(list(client.jobs.list())) == 2


def test_items_that_are_no_jobs_are_passed_over(client: ClientAdapter, between: Between) -> None:
    between.on("GET", answered(200, b'{"items": [null, {"job_id": "a"}, 7, {"status": "x"}, {"job_id": "b"}]}'))
    assert [job.id for job in client.jobs.list()] == ["a", "b"]


@pytest.mark.parametrize("accepted", [True, False])
def test_a_cancellation_whose_answer_was_lost_is_done_once(client: ClientAdapter, box: Sandbox, accepted: bool) -> None:
    job = client.submit("z-image/z-image", GOOD)
    box.faults.add({"kind": "reset", "on": "cancel", "accepted": accepted})
    client.jobs.cancel(job)
    assert client.jobs.get(job).status == "cancelled"


def test_a_job_that_ended_by_itself_is_not_taken_for_cancelled(client: ClientAdapter, box: Sandbox) -> None:
    job = client.run("z-image/z-image", GOOD)
    box.faults.add({"kind": "reset", "on": "cancel"})
    with pytest.raises(NotFound) as excinfo:
        client.jobs.cancel(job)
    assert excinfo.value.job_id == job.id


@pytest.mark.parametrize("operation", ["get", "cancel"])
def test_an_error_without_an_answer_tells_the_job(client: ClientAdapter, box: Sandbox, operation: str) -> None:
    box.faults.add({"kind": "refuse", "times": 0})
    with pytest.raises(ConnectionFailed) as excinfo:
        getattr(client.jobs, operation)("j-1")
    assert excinfo.value.job_id == "j-1"


@pytest.mark.parametrize("call", ["wait", "get", "cancel"])
def test_what_is_no_job_is_refused(client: ClientAdapter, between: Between, call: str) -> None:
    with pytest.raises(TypeError, match="expected a Job or a job id, got NoneType"):
        getattr(client if call == "wait" else client.jobs, call)(None)
    assert between.seen == []
