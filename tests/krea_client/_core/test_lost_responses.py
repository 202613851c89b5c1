"""Random schedules of concurrent lost responses: every lost job is a candidate, no job of another owner is, nothing is sent twice."""

import os
import random
from datetime import timedelta

import pytest

from krea_client import errors
from krea_client._core import operations
from krea_client._core.clock_offset import ClockOffset
from krea_client._core.effects import ApiCall, Moment, Unanswered
from krea_client._core.job_memory import JobMemory
from krea_client._core.recovery import CandidateSearch
from krea_client.jobs import Job

from .conftest import CONTEXT, PREPARED, job
from .scripted import START, Reply, Slow, World, request_options

SCHEDULES = int(os.environ.get("KREA_TEST_SCHEDULES", "500"))


class Api:
    """Creates a job for every request at a random moment, by a clock of its own, and loses some of the responses."""

    def __init__(self, draw: random.Random, offset: timedelta) -> None:
        self._draw, self.offset = draw, offset
        self.jobs: list[Job] = []
        self.lost: set[str] = set()

    def __call__(self, call: ApiCall, now: float) -> Reply:
        created = now + self._draw.uniform(0, 20)
        name = f"job-{len(self.jobs)}"
        self.jobs.append(Job(name, "queued", START + timedelta(seconds=created) + self.offset))
        if self._draw.random() < 0.5:
            self.lost.add(name)
            return Slow(created - now + self._draw.uniform(0, 5), Unanswered("reset"))
        return Slow(created - now, job("queued", name))


def listing(api: Api, strangers: list[Job]) -> list[Job]:
    return sorted([*api.jobs, *strangers], key=lambda row: row.created_at or START, reverse=True)


@pytest.mark.parametrize("part", range(5))
def test_500_schedules_of_lost_responses(part: int) -> None:
    for number in range(part, SCHEDULES, 5):
        draw = random.Random(number)
        offset = timedelta(seconds=draw.choice([0, 3, -3, 100, -100, 80_000, -80_000]))
        api, memory, measured = Api(draw, offset), JobMemory(), ClockOffset()
        if draw.random() < 0.7:
            moment = Moment(0, START)
            date = (START + offset).strftime("%a, %d %b %Y %H:%M:%S GMT")
            measured.measure({"date": date}, moment, moment)
        options = request_options(memory=memory, clock_offset=measured)
        worlds = [World(api, now=draw.uniform(0, 60)) for _ in range(draw.randint(2, 8))]
        unknown_outcomes: list[errors.OutcomeUnknown] = []
        for world in worlds:
            try:
                world.run(operations.submit(PREPARED, options, CONTEXT))
            except errors.OutcomeUnknown as error:
                unknown_outcomes.append(error)
        assert [len(world.calls) for world in worlds] == [1] * len(worlds), "a paid request was sent again"
        strangers = [Job("old", "completed", START + offset - timedelta(days=3)), Job("undated", "queued", None)]
        candidate_ids: set[str] = set()
        for error in unknown_outcomes:
            search = CandidateSearch(error, None, memory, measured, lambda: START + timedelta(hours=1))
            for row in listing(api, strangers):
                if not search.reaches(row):
                    break
                search.consider(row)
            names = {row.id for row in search.result()}
            assert "old" not in names
            assert not names & ({row.id for row in api.jobs} - api.lost), "a job that was returned is offered"
            candidate_ids |= names
        assert api.lost <= candidate_ids, f"schedule {number}"
