"""How long a run takes beside what its slots need, on a virtual clock: without kills, and with a kill every 2 s on four workers."""

import heapq
import random

import pytest

from krea_client.bulk.run_parts import RunnerOptions

from .virtual_world import DoubleApi, Killed, VirtualDriver, VirtualRun, verify

JOBS, AT_ONCE, POST_SECONDS, DOWNLOAD_SECONDS = 200, 20, 0.15, 0.3
STANDBY = 0.5  # seconds until another worker leads


def world(seed: int, seconds: float, lane: int | None = None) -> VirtualRun:
    double = DoubleApi(random.Random(seed), seconds=seconds, slow_posts=0.0, post_seconds=(POST_SECONDS, POST_SECONDS))
    settings = RunnerOptions(at_once=AT_ONCE, lane=lane, settle_seconds=1.0, resend_absent=True)
    return VirtualRun(VirtualDriver(double), JOBS, settings)


def ratio(run: VirtualRun) -> float:
    """Return the time of a run beside that of slots which work all the time: neither POSTs nor looks take any."""
    slots = [0.0] * AT_ONCE
    for job in run.driver.api.jobs:
        heapq.heapreplace(slots, slots[0] + job.ends - job.created)
    return run.driver.now / (max(slots) + DOWNLOAD_SECONDS)


@pytest.mark.parametrize("seconds", [3.0, 5.0, 20.0])
def test_a_run_takes_at_most_a_twelfth_longer_than_its_slots_need(seconds: float) -> None:
    run = world(1, seconds)
    run.process()
    assert verify(run) == {"SAVED": JOBS}
    assert ratio(run) <= 1.08


def test_workers_learn_of_an_ended_job_before_the_next_one_is_seen() -> None:
    settings = RunnerOptions(at_once=2, downloads=0)
    whole, cut = (VirtualRun(VirtualDriver(DoubleApi(random.Random(7))), 2, settings) for _ in range(2))
    whole.process()
    first, second = sorted(whole.driver.api.jobs, key=lambda job: job.ends)
    assert second.ends - first.ends > 1.0
    cut.driver.kill_at = first.ends + 0.5
    with pytest.raises(Killed):
        cut.process()
    assert {name: item.state.name for name, item in cut.rows_by_key().items()} == {
        first.owner: "ENDED",
        second.owner: "ACCEPTED",
    }


@pytest.mark.parametrize("seed", range(4))
def test_kills_of_workers_every_two_seconds_cost_at_most_half_of_the_time(seed: int) -> None:
    run = world(seed, 3.0)
    draw = random.Random(seed)
    kills = leaders = 0
    at = 0.0
    while True:
        at += 2.0
        kills += 1
        if draw.random() >= 0.25:  # one of the others: only downloads begin anew
            continue
        run.driver.kill_at = at
        try:
            run.process()
        except Killed:
            leaders += 1
            run.driver.after_kill(STANDBY)
        else:
            break
    states = verify(run)
    assert states["SAVED"] + states["UNKNOWN"] == JOBS
    assert ratio(run) <= 1.5, (ratio(run), kills, leaders, states)
