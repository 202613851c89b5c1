"""The runner on a virtual clock: killed at random, nothing is doubled, lost or wrongly adopted."""

import random

import pytest

from krea_client.bulk.journal import BulkItem
from krea_client.bulk.run_parts import RunnerOptions
from krea_client.bulk.settle import SEVERAL_CANDIDATES, from_server_time, settle
from krea_client.bulk.states import ItemState
from krea_client.jobs import Job

from .virtual_world import DoubleApi, Killed, VirtualDriver, VirtualRun, verify


def world(seed: int, *, items: int = 12, settings: RunnerOptions | None = None, **api: float) -> VirtualRun:
    double = DoubleApi(random.Random(seed), **api)  # type: ignore[arg-type]  # each field is a float
    return VirtualRun(VirtualDriver(double), items, settings or RunnerOptions(at_once=4))


def finish(run: VirtualRun, kills: int, draw: random.Random) -> None:
    """Run processes until one is not killed."""
    driver = run.driver
    for number in range(kills + 1):
        if number < kills:
            if draw.random() < 0.5:
                driver.kill_at = driver.now + draw.uniform(0.0, 20.0)
            else:
                driver.kill_writes, driver.kill_before = draw.randint(1, 12), draw.random() < 0.5
        try:
            run.process()
        except Killed:
            driver.after_kill(draw.choice([0.0, 1.0, 30.0]))
        else:
            return


def test_a_run_saves_every_item() -> None:
    run = world(1)
    parts, emitted = run.process()
    assert verify(run) == {"SAVED": 12}
    assert sorted(item.key for item in emitted) == sorted(run.names)
    assert len(run.storage.files) == 12
    assert (parts.no_more, parts.leave, parts.problems) == ("", "", [])


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("lane", [1, 4])
def test_kills_double_and_lose_nothing(seed: int, lane: int) -> None:
    draw = random.Random(seed)
    run = world(seed, settings=RunnerOptions(at_once=6, lane=lane, resend_absent=True), busy=0.05, unreachable=0.05)
    finish(run, 4, draw)
    states = verify(run)
    if lane == 1:
        assert states == {"SAVED": 12}  # an account that nobody else uses: nothing is unknown
    assert states["UNKNOWN"] <= 4 * lane


@pytest.mark.parametrize("seed", range(60))
def test_jobs_of_other_programs_are_never_adopted(seed: int) -> None:
    draw = random.Random(seed)
    settings = RunnerOptions(at_once=6, lane=draw.choice([1, 1, 3]), resend_absent=True)
    run = world(seed, settings=settings, lost_answers=0.1, tick=draw.choice([0.000_001, 1.0]))
    run.driver.foreign_every = draw.choice([0.5, 3.0, 15.0])
    finish(run, 4, draw)
    verify(run)


def test_what_is_absent_is_not_sent_again_by_itself() -> None:
    run = world(3, lost_answers=1.0, items=3, settings=RunnerOptions(at_once=2, lane=1))
    run.process()
    states = verify(run)
    assert sum(run.driver.api.billed().values()) == states["SAVED"]
    assert states["UNKNOWN"] == 3 - states["SAVED"]
    assert all(item.reason for item in run.rows.items.values() if item.state.name == "UNKNOWN")


def killed_during_its_posts(seed: int, *, foreign_every: float = 0.0, shared: bool = False) -> VirtualRun:
    """Return a run that was killed while answers to three POSTs were under way."""
    run = world(seed, lost_answers=1.0, items=3, settings=RunnerOptions(at_once=3, lane=3, shared=shared))
    run.driver.foreign_every = foreign_every
    run.driver.kill_at = 4.0
    with pytest.raises(Killed):
        run.process()
    run.driver.after_kill(5.0)
    return run


def notices(run: VirtualRun) -> dict[str, str]:
    """Return the settings of webhooks for all jobs of the run."""
    return {f"notice {int(job.owner[1:])}": job.job_id for job in run.driver.api.jobs if job.owner}


@pytest.mark.parametrize("seed", range(12))
def test_webhooks_of_lost_posts_settle_them_at_any_width_of_the_lane(seed: int) -> None:
    run = killed_during_its_posts(seed)
    run.rows.settings |= notices(run)
    run.process()
    assert verify(run)["SAVED"] == len(run.driver.api.billed())
    assert not [name for name in run.rows.settings if name.startswith("notice")]


@pytest.mark.parametrize("seed", range(12))
def test_webhooks_that_name_no_job_of_an_intent_change_nothing(seed: int) -> None:
    run = killed_during_its_posts(seed, foreign_every=2.0, shared=True)
    foreign = next(job.job_id for job in run.driver.api.jobs if not job.owner)  # older than the intents
    run.rows.settings |= {"notice 0": foreign, "notice 1": "", "notice 2": "no such job", "notice 7": foreign}
    run.process()
    assert verify(run)["SAVED"] == 0


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_a_webhook_that_names_a_younger_job_of_another_program_adopts_nothing(seed: int, *, shared: bool) -> None:
    run = killed_during_its_posts(seed, foreign_every=1.0, shared=shared)
    foreign = run.driver.api.jobs[-1] if not run.driver.api.jobs[-1].owner else None
    if foreign is None:
        run.driver.api.foreign(run.driver.now)
        foreign = run.driver.api.jobs[-1]
    run.rows.settings |= {**notices(run), f"notice {seed % 3}": foreign.job_id}
    run.process()
    verify(run)
    assert foreign.job_id not in {item.job_id for item in run.rows.items.values()}


@pytest.mark.parametrize("name", ["another job", ""])
def test_a_webhook_that_contradicts_the_only_candidate_adopts_nothing(name: str) -> None:
    intent = BulkItem(0, "a", ItemState.INTENT, server_time=5)
    only = Job("only", created_at=from_server_time(9))
    assert settle([intent], [only], shared=False)[0].job_id == "only"
    settled = settle([intent], [only], shared=False, named={0: name})[0]
    assert (settled.job_id, settled.candidates) == (None, ("only",))


def test_the_job_that_a_webhook_names_is_told_with_the_candidates() -> None:
    intent = BulkItem(0, "a", ItemState.INTENT, server_time=5)
    jobs = [Job(name, created_at=from_server_time(9)) for name in ("one", "two")]
    settled = settle([intent], jobs, shared=True, named={0: "two"})[0]
    assert settled.reason == f"{SEVERAL_CANDIDATES}; a webhook of this item names two"


def test_a_stopped_run_leaves_nothing_unknown() -> None:
    for seed in range(30):
        run = world(seed, settings=RunnerOptions(at_once=4, lane=2))
        run.driver.stop_at = random.Random(seed).uniform(0.0, 25.0)
        run.process()
        assert {"INTENT", "UNKNOWN"}.isdisjoint(verify(run))
        run.driver.stop_at = float("inf")
        run.driver.after_kill(1.0)
        run.process()
        assert verify(run) == {"SAVED": 12}


def test_the_lane_is_one_while_slots_are_busy_and_the_account_limit_holds() -> None:
    run = world(5, items=60, settings=RunnerOptions(at_once=10))
    run.process()
    assert verify(run) == {"SAVED": 60}
    running = [
        sum(candidate.created <= job.created < candidate.ends for candidate in run.driver.api.jobs)
        for job in run.driver.api.jobs
    ]
    assert max(running) <= 10


@pytest.mark.parametrize("seconds", [3.0, 5.0, 20.0])
def test_a_run_with_saving_takes_little_longer_than_its_slots_need(seconds: float) -> None:
    run = world(8, items=200, settings=RunnerOptions(at_once=20), seconds=seconds, slow_posts=0.0)
    run.driver.api.post_seconds = (0.15, 0.15)
    run.process()
    assert verify(run) == {"SAVED": 200}
    slots = [0.0] * 20
    for job in run.driver.api.jobs:
        slots.sort()
        slots[0] += 0.15 / 2 + job.ends - job.created  # until the request has arrived, no job runs in the slot
    assert run.driver.now <= 1.08 * (max(slots) + 0.3)


def test_a_budget_ends_the_sending_and_not_what_runs() -> None:
    run = world(6, settings=RunnerOptions(at_once=4, budget=5 * 3_000))
    parts, _ = run.process()
    assert "budget" in parts.no_more
    assert verify(run) == {"SAVED": 5}
    run.settings = RunnerOptions(at_once=4)
    run.process()
    assert verify(run) == {"SAVED": 12}


def test_failed_jobs_are_told_and_not_sent_again() -> None:
    run = world(7, failing=0.5)
    run.process()
    states = verify(run)
    assert states["FAILED"] + states["SAVED"] == 12
    assert states["FAILED"] > 0


@pytest.mark.parametrize("download_seconds", [2.0, 1_000.0])
def test_a_run_that_is_stopped_leaves_no_download_half_done(download_seconds: float) -> None:
    run = world(3, settings=RunnerOptions(at_once=12), seconds=4.0)
    run.driver.download_seconds = download_seconds
    run.driver.stop_at = 6.0
    run.process()
    assert run.storage.sinks
    assert all(sink.is_abandoned for sink in run.storage.sinks)
    assert len(run.storage.files) == (len(run.storage.sinks) if download_seconds < 5.0 else 0)
    assert run.driver.now < run.driver.stop_at + 10.0
    run.driver.stop_at, run.driver.download_seconds = float("inf"), 0.3
    run.process()
    assert verify(run) == {"SAVED": 12}
