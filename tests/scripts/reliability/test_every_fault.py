"""Faults in the way of every operation, sync and async: judged by the sandbox's ledger.

A sample that has every pair of fault, operation, mode and duration; KREA_SEED=1 draws another. `scripts/reliability every_fault` plays all
of them in one process, and .ci/run does.
"""

import asyncio
import os
from collections.abc import Iterator
from itertools import product

import pytest

from reliability.cases import MODES, OPERATIONS, Case, cases, sample, variants
from reliability.verdict import verdict
from reliability.world import played

CASES = cases()
SAMPLE = sample(int(os.environ.get("KREA_SEED", "0")))


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as asyncio_runner:
        yield asyncio_runner


@pytest.mark.parametrize(("case", "mode"), SAMPLE, ids=[f"{case.name}-{mode}" for case, mode in SAMPLE])
def test_nothing_is_paid_twice_or_lost(runner: asyncio.Runner, case: Case, mode: str) -> None:
    assert played(mode, lambda world: verdict(world, case), runner) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_sample_has_every_pair_of_two_choices(seed: int) -> None:
    drawn = sample(seed)
    faults = {(kind, accepted) for kind, accepted, _ in variants()}
    plain = {(kind, accepted) for kind, accepted, value in variants() if value is None}
    assert {case for case, _ in drawn} <= {*CASES}
    assert {(case.kind, case.accepted, case.operation) for case, _ in drawn} >= {
        (*fault, operation) for fault, operation in product(plain, OPERATIONS)
    }
    assert {(case.kind, case.accepted, mode) for case, mode in drawn} == {
        (*fault, mode) for fault, mode in product(faults, MODES)
    }
    assert {(case.operation, mode) for case, mode in drawn} == {*product(OPERATIONS, MODES)}
    assert {(case.kind, case.accepted, case.value) for case, _ in drawn} == {*variants()}
    assert {(case.kind, case.accepted, case.times) for case, _ in drawn} == {
        (case.kind, case.accepted, case.times) for case in CASES
    }
    assert {(case.operation, case.times) for case, _ in drawn} == {*product(OPERATIONS, (0, 1))}


def test_there_are_enough_of_them() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert 2 * len(CASES) >= 600
