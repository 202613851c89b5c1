"""`run_all` with a journal: the same call again sends nothing twice, whatever ended the first one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from krea_client import Job, JobFailed, OutcomeUnknown, OverBudget, RunResult
from krea_client.bulk.journal import JournalError
from krea_client.bulk.once import KeyTaken, RefusedOnce
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .conftest import Make

MODEL = "z-image/z-image"
BODY = {"aspect_ratio": "16:9", "resolution": "1K"}


def request(prompt: str) -> tuple[str, dict[str, str]]:
    return (MODEL, {**BODY, "prompt": prompt})


def requests(count: int) -> list[tuple[str, dict[str, str]]]:
    return [request(f"number {number}") for number in range(count)]


def prompt_of(value: Any) -> str:
    return str(value[1]["prompt"])


def one_key(_: object) -> str:
    return "the same"


def by_prompt(results: Iterable[RunResult]) -> dict[str, RunResult]:
    return {prompt_of(result.request): result for result in results}


def test_the_same_call_again_gives_the_same_jobs(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    options: dict[str, Any] = {"key": prompt_of, "journal": tmp_path}
    first = by_prompt(client.run_all(requests(5), at_once=3, **options))
    again = by_prompt(client.run_all(reversed(requests(6)), at_once=3, **options))
    assert {prompt: result.id for prompt, result in first.items()}.items() <= {
        prompt: result.id for prompt, result in again.items()
    }.items()
    assert all(result.succeeded and result.urls for result in again.values())
    assert len(box.ledger) == 6


def test_a_loop_that_is_left_goes_on(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    for _ in client.run_all(requests(8), at_once=2, journal=tmp_path):
        break
    submitted: list[Job] = []
    results = list(client.run_all(requests(8), at_once=2, journal=tmp_path, on_submit=submitted.append))
    assert len(results) == len(box.ledger) == 8
    assert {job.id for job in submitted} == {row.job_id for row in box.ledger}


def test_a_lost_answer_is_settled_and_its_job_adopted(make: Make, box: Sandbox, tmp_path: Path) -> None:
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True})
    results = list(make().run_all(requests(3), journal=tmp_path))
    assert all(result.succeeded for result in results)
    assert len(box.ledger) == 3


def test_what_cannot_be_known_is_told_and_not_sent_again(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": False})
    [first] = client.run_all(requests(1), journal=tmp_path, key=prompt_of)
    [again] = client.run_all(requests(1), journal=tmp_path, key=prompt_of)
    assert isinstance(first.failure, OutcomeUnknown)
    assert isinstance(again.failure, OutcomeUnknown)
    assert (again.status, box.ledger) == ("unknown", [])


def test_failures_are_results_the_second_time_too(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    box.faults.add({"kind": "status", "on": "submit", "value": 400, "accepted": False})
    batch = [request("refused"), request("[sandbox:fail]"), request("fine")]
    first = by_prompt(client.run_all(batch, at_once=1, journal=tmp_path, key=prompt_of))
    again = by_prompt(client.run_all(batch, at_once=1, journal=tmp_path, key=prompt_of))
    assert first["refused"].failure is not None
    assert isinstance(again["refused"].failure, RefusedOnce)
    assert isinstance(again["[sandbox:fail]"].failure, JobFailed)
    assert again["fine"].succeeded
    assert len(box.ledger) == 2


def test_a_limit_below_at_once_is_waited_out(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    box.concurrent = 2
    results = list(client.run_all(requests(7), at_once=6, journal=tmp_path))
    assert all(result.succeeded for result in results)
    assert len(box.ledger) == 7


def test_a_key_of_another_request_is_a_failure_of_that_request(
    client: ClientAdapter, box: Sandbox, tmp_path: Path
) -> None:
    results = by_prompt(client.run_all(requests(3), at_once=1, journal=tmp_path, key=one_key))
    assert [type(results[f"number {number}"].failure) for number in range(3)] == [type(None), KeyTaken, KeyTaken]
    assert len(box.ledger) == 1


def test_a_journal_that_cannot_be_used_ends_the_batch(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    read: list[int] = []

    def many() -> Iterable[Any]:
        for number in range(1_000):
            read.append(number)
            yield request(str(number))

    results = list(client.run_all(many(), at_once=2, journal=blocked))
    assert all(isinstance(result.failure, JournalError) for result in results)
    assert len(read) <= 3
    assert box.ledger == []


def test_a_budget_is_kept(make: Make, box: Sandbox, tmp_path: Path) -> None:
    results = list(make(budget=0.007).run_all(requests(4), at_once=1, journal=tmp_path))
    assert [result.succeeded for result in results] == [True, True, False]
    assert isinstance(results[-1].failure, OverBudget)
    results = list(make(budget=0.007).run_all(requests(4), at_once=1, journal=tmp_path))
    assert [result.succeeded for result in results] == [True] * 4
    assert len(box.ledger) == 4


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"key": str}, ValueError, "give journal=, such as a folder, or set KREA_BULK_JOURNAL"),
        ({"key": "name", "journal": "j"}, TypeError, "give a function that returns the key"),
    ],
)
def test_options_that_cannot_be_used(
    client: ClientAdapter, options: dict[str, Any], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        list(client.run_all(requests(1), **options))
