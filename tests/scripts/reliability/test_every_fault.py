"""Every fault in the way of every operation, sync and async: judged by the sandbox's ledger."""

import asyncio
from collections.abc import Iterator

import pytest

from reliability.cases import Case, cases
from reliability.verdict import verdict
from reliability.world import played

CASES = cases()


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as asyncio_runner:
        yield asyncio_runner


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_is_paid_twice_or_lost(runner: asyncio.Runner, case: Case, mode: str) -> None:
    assert played(mode, lambda world: verdict(world, case), runner) == []


def test_there_are_enough_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    with capsys.disabled():
        print(f" {2 * len(CASES)} cases of faults ", end="")  # noqa: T201  # the count is part of what the test shows
    assert 2 * len(CASES) >= 600
