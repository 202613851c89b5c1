"""The independent judge: a sample of every kind of fault over bare sockets, and proof that it sees what careless clients do."""

import contextlib
from collections import Counter
from typing import Any

import pytest

from reliability.judge import raw_cases
from reliability.judge.raw_cases import STORIES, SocketCase, Trial, socket_cases, violations
from reliability.judge.raw_faults import RawFault, kinds

KINDS = {kind.name: kind for kind in kinds()}
SAMPLE = socket_cases(sample=True)


def test_there_are_at_least_150_kinds_of_faults_in_the_way_of_six_operations() -> None:
    assert len(KINDS) == len(kinds()) >= 150
    assert len(socket_cases()) == 12 * len(KINDS)
    assert {case.fault.name for case in SAMPLE} == KINDS.keys()
    assert set(Counter((case.operation, case.mode) for case in SAMPLE).values()) <= {
        len(SAMPLE) // 12,
        len(SAMPLE) // 12 + 1,
    }


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_nothing_is_billed_twice_lost_or_mixed_up(case: SocketCase) -> None:
    assert violations(case) == []


@pytest.mark.parametrize("operation", STORIES)
def test_a_whole_response_is_taken(operation: str) -> None:
    assert violations(SocketCase(operation, "sync", KINDS["whole: in pieces"])) == []


async def sends_twice(trial: Trial) -> None:
    """Repeat a paid request whose response was lost."""
    for _ in range(2):
        try:
            await trial.job("submit")
        except raw_cases.OutcomeUnknown:
            trial.submitted -= 1
        else:
            return


async def forgets(trial: Trial) -> None:
    """Swallow the error of a lost response."""
    with contextlib.suppress(raw_cases.OutcomeUnknown):
        await trial.job("submit")


async def leaks(trial: Trial) -> None:
    """Show the token in an error that has no type of its own."""
    trial.plan("submit")
    try:
        await trial.job()
    except raw_cases.OutcomeUnknown as error:
        trial.failed(error)
        raise RuntimeError(raw_cases.TOKEN) from None


async def mixes_up(trial: Trial) -> None:
    """Follow the job that a mixed-up response is about."""
    await trial.job("submit")
    trial.known.add("another job")


@pytest.mark.parametrize(
    ("story", "fault", "complaint"),
    [
        (sends_twice, "closed after the request", "jobs billed for"),
        (forgets, "closed after the request", "not known"),
        (leaks, "closed after the request", "raw builtins.RuntimeError"),
        (mixes_up, "whole: chunked", "ids of no billed job"),
    ],
)
def test_a_careless_client_is_seen(story: Any, fault: str, complaint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STORIES, "submit", story)
    assert any(complaint in line for line in violations(SocketCase("submit", "sync", KINDS[fault])))


def test_a_refused_whole_response_is_seen() -> None:
    invalid_fault = RawFault("broken", KINDS["body: html"].play, harmless=True)
    assert any("whole response was refused" in line for line in violations(SocketCase("submit", "sync", invalid_fault)))
