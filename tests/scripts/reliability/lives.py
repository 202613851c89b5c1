"""Random users and random faults against one sandbox, on its clock: hypothesis plays, the ledger is the oracle."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from krea_client import Job, KreaError, OutcomeUnknown
from krea_client.sandbox.fault_kinds import KINDS, WEBHOOK_KINDS
from reliability.cases import RETRY_AFTER, STATUSES, unclear
from reliability.world import REQUEST, TOKEN, World

EARLY, LATE = timedelta(seconds=5), timedelta(seconds=60)  # the window of jobs.candidates
SLOW = ("giant", "deep", "drip")  # a hundred times as long as any other, and played by the table of cases
FAULTS = sorted(set(KINDS) - set(WEBHOOK_KINDS) - set(SLOW))
POSITIONS = st.integers(0, 99)
PROMPTS = ("a", "[sandbox:fail]", "[sandbox:nsfw]", "[sandbox:empty]", "[sandbox:seconds=0.5]", "[sandbox:seconds=90]")


@st.composite
def faults(draw: st.DrawFn) -> dict[str, Any]:
    """Return any fault, in the way of anything."""
    kind = draw(st.sampled_from(FAULTS))
    value: Any = draw(st.sampled_from({"429-after": RETRY_AFTER, "status": STATUSES}.get(kind, (None,))))
    accepted = draw(st.sampled_from((None, True, False) if KINDS[kind].accepted is None else (None,)))
    if kind == "status" and not unclear(value):  # a refusal in so many words never comes after acceptance
        accepted = False
    on = draw(st.sampled_from(("submit", "look", "list", "cancel", "result", "any")))
    return {
        "kind": kind,
        "on": on,
        "nth": draw(st.integers(1, 3)),
        "times": draw(st.integers(1, 4)),
        "accepted": accepted,
        "value": value,
    }


class Lives(RuleBasedStateMachine):
    """One user, one sandbox, one life of calls and faults."""

    steps = 0

    @initialize(mode=st.sampled_from(["sync", "async"]), concurrent=st.integers(1, 6), cents=st.integers(0, 100))
    def begin(self, mode: str, concurrent: int, cents: int) -> None:
        """Begin as a new user with a little money."""
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(mode, Path(self.folder.name))
        self.world.box.limit(concurrent=concurrent)
        self.world.box.balance = cents / 4
        self.jobs: list[Job] = []

    def call(self, operation: Any) -> Any:
        """Return what a method gives, or None where it raised one of our errors."""

        async def done() -> Any:
            try:
                if hasattr(operation, "__aiter__") or hasattr(operation, "__next__"):
                    return [item async for item in self.world.items(operation)]
                return await self.world.done(operation() if callable(operation) else operation)
            except KreaError as error:
                self.world.raised(error)
                return None

        outcome = self.runner.run(done())
        for error in self.world.errors[-1:]:
            assert type(error) is not KreaError
            assert TOKEN not in f"{error!r} {vars(error)}"
        return outcome

    def keep(self, jobs: list[Job]) -> None:
        """Let the user hold these jobs from now on."""
        self.jobs += [job for job in jobs if job.id]
        self.world.held += [job.id for job in jobs if job.id]

    def some(self, position: int) -> Job:
        """Return one of the user's jobs, or one that nobody has.

        Not a hypothesis bundle: threads answer in any order, so how many jobs there are may differ when a life is played again.
        """
        return self.jobs[position % len(self.jobs)] if self.jobs else Job("00000000-0000-4000-8000-000000000000")

    @rule(fault=faults())
    def something_goes_wrong(self, fault: dict[str, Any]) -> None:
        """Put a fault ahead."""
        self.world.box.faults.add(fault)

    @rule(seconds=st.sampled_from([0.1, 3, 40, 4000]))
    def time_passes(self, seconds: float) -> None:
        """Let time pass."""
        self.world.box.advance(seconds)

    @rule(cents=st.integers(0, 200), concurrent=st.integers(1, 6))
    def the_account_changes(self, cents: int, concurrent: int) -> None:
        """Change the money and the room."""
        self.world.box.balance = cents / 4
        self.world.box.limit(concurrent=concurrent)

    @rule(prompt=st.sampled_from(PROMPTS))
    def submit(self, prompt: str) -> None:
        """Run one job."""
        self.world.asked += 1
        job = self.call(lambda: self.world.krea.submit(REQUEST[0], {**REQUEST[1], "prompt": prompt}))
        self.keep([job] if job else [])

    @rule(prompt=st.sampled_from(PROMPTS), deadline=st.sampled_from([1, 30, 400]))
    def run(self, prompt: str, deadline: float) -> None:
        """Run one job to its end."""
        self.world.asked += 1
        body = {**REQUEST[1], "prompt": prompt}
        job = self.call(lambda: self.world.krea.run(REQUEST[0], body, deadline=deadline))
        self.keep([job] if job else [])

    @rule(prompts=st.lists(st.sampled_from(PROMPTS), min_size=1, max_size=4), at_once=st.integers(1, 4))
    def run_all(self, prompts: list[str], at_once: int) -> None:
        """Run some jobs together."""
        self.world.asked += len(prompts)
        requests = [(REQUEST[0], {**REQUEST[1], "prompt": prompt}) for prompt in prompts]
        results = self.call(self.world.krea.run_all(requests, at_once=at_once, deadline=400))
        assert len(results) == len(prompts)
        for result in results:
            if result.failure:
                assert isinstance(result.failure, KreaError)
                self.world.raised(result.failure)
        self.keep([Job(result.id) for result in results])

    @rule(position=POSITIONS, deadline=st.sampled_from([1, 30, 400]))
    def wait(self, position: int, deadline: float) -> None:
        """Wait for a job's end."""
        job = self.some(position)
        finished = self.call(lambda: self.world.krea.wait(job, deadline=deadline))
        assert finished is None or (finished.id == job.id and finished.succeeded)

    @rule(position=POSITIONS)
    def cancel(self, position: int) -> None:
        """Cancel a job that nobody needs any more."""
        job = self.some(position)
        self.call(lambda: self.world.krea.jobs.cancel(job))

    @rule(position=POSITIONS)
    def save(self, position: int) -> None:
        """Save a job's results."""
        job = self.some(position)
        target = self.world.folder / "picture.png"
        latest = self.call(lambda: self.world.krea.jobs.get(job))
        if latest is not None and latest.urls:
            self.call(lambda: self.world.krea.save(latest, target, overwrite=True))
        assert [path.name for path in self.world.folder.iterdir()] in ([], ["picture.png"])
        assert not target.exists() or target.read_bytes().endswith(b"IEND\xaeB`\x82")

    @rule(limit=st.integers(1, 5))
    def list_jobs(self, limit: int) -> None:
        """List all jobs."""
        self.call(self.world.krea.jobs.list(limit=limit))

    @invariant()
    def every_job_is_accounted_for(self) -> None:
        """Check that there is no job more than was asked for; each is held, or its lost answer was told of."""
        Lives.steps += 1
        world: World | None = getattr(self, "world", None)
        if world is None:
            return
        ledger = world.box.ledger
        assert len(ledger) <= world.asked
        unknown = [error for error in world.errors if isinstance(error, OutcomeUnknown)]
        lost_rows = [row for row in ledger if row.job_id not in set(world.held)]
        assert len(lost_rows) <= len(unknown)
        for row in lost_rows:
            assert any(
                error.sent_at and error.failed_at and error.sent_at - EARLY <= row.created_at <= error.failed_at + LATE
                for error in unknown
            )

    def teardown(self) -> None:
        """Check that what was lost is found again, and nothing else is taken for it."""
        if not hasattr(self, "world"):
            return
        try:
            lost_ids = {row.job_id for row in self.world.box.ledger} - {*self.world.held}
            candidate_ids = self.runner.run(self.world.candidates())
            assert lost_ids <= candidate_ids
            assert not candidate_ids & {*self.world.held}
        finally:
            self.runner.run(self.world.closed())
            self.runner.close()
            self.folder.cleanup()
