"""Random users and random faults. Continuous integration plays more steps (.ci/run), and KREA_STEPS=1000000 as many as fill a night."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .lives import Lives

STEPS = int(os.environ.get("KREA_STEPS", "1000"))
PARTS = 5  # so that several workers share them
STEPS_PER_LIFE = 50


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_users_and_networks_do_every_paid_job_is_accounted_for(part: int) -> None:
    rules = settings(
        max_examples=max(1, min(STEPS // PARTS // STEPS_PER_LIFE, 1000)),
        stateful_step_count=STEPS_PER_LIFE,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        database=None,
    )
    before = Lives.steps
    while Lives.steps - before < STEPS // PARTS:
        run_state_machine_as_test(Lives, settings=rules)
