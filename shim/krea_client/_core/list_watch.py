"""Watch many jobs with few requests: pages of the list of jobs where several are due, single looks where few are.

Pure: it says which look is due when, and is told what each look showed. A page of the list costs the API about as much as three
single looks. The list is ordered by creation, newest first, and a cursor means "created before".
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import NamedTuple

from krea_client._core.list_pages import (
    LARGEST_PAGE,
    SHORTEST_PAUSE,
    SINGLES,
    CreationTick,
    Look,
    following_page,
    page_size,
)
from krea_client._core.policies import Pace
from krea_client.jobs import Job

# The pause between two rounds of looks, as a share of the time that a slot is taken on average: half of it is lost for each job.
# It grows with the number of jobs, since a round of three or four pages should show the end of many.
_LEAST_SHARE, _MOST_SHARE, _JOBS_PER_SHARE = 0.04, 0.1, 10_000
# Of short jobs, POSTs and downloads take a share as well; of jobs of this many seconds or more, looks may take more.
_LONG_JOBS, _SHARE_OF_LONG_JOBS = 15.0, 0.08
_SHARE_OF_LAST_JOBS = 0.08
_LEARNED_JOBS = 5  # ended jobs of a type after which their durations count more than the documented one
_EARLY_DEVIATIONS = 1.5  # before the mean: the first look that many jobs share
_STEADY = 0.3  # mean deviation of durations, as a share, up to which the first look is timed by them
INFORMED_PAUSE = 20.0  # seconds before a look at least, where somebody else says when a job has ended
_INFORMED = 2.0  # times the usual first look
_SINGLE_PAUSE = 1.0  # seconds between two single looks at a job at least
# shares of the usual time: the first look, the best one; and of a pause that leads near it
_EARLY, _JUST_OVER, _NEAR = (
    0.75,
    1.02,
    1.5,
)
# Where only the documentation says how long jobs take, the first ones may take much less; pages are cheap enough to find out.
_DOUBTED = 0.4  # share of the documented time: the first look that many jobs share
_WEIGHT = 0.1  # of a new measurement in a mean


class Seen(NamedTuple):
    """What a look has shown.

    Attributes:
        jobs: the watched jobs that it showed, in their present state; those that have ended are watched no more.
        looks: further looks to be made now.
    """

    jobs: list[Job]
    looks: list[Look]


@dataclass(slots=True)
class _Watched:
    job_id: str
    kind: str
    created_at: datetime | None
    began: float  # monotonic time at which the job was about 0 seconds old
    typical: float | None
    number: int  # among the jobs of its type
    due: float = 0.0
    under_way: bool = False


@dataclass(slots=True)
class _Kind:
    """What is known of the jobs of one type."""

    count: int = 0  # jobs added so far
    watched: int = 0
    ended: int = 0
    typical: float | None = None
    began: float = 0.0  # sum over the watched jobs
    mean: float = 0.0  # seconds a job
    deviation: float = 0.0
    filtered: bool = True  # the API's `types` filter knows the type

    def learn(self, seconds: float) -> None:
        self.ended += 1
        if self.ended == 1:
            self.mean = seconds
            return
        weight = max(_WEIGHT, 1 / self.ended)
        self.deviation += weight * (abs(seconds - self.mean) - self.deviation)
        self.mean += weight * (seconds - self.mean)

    @property
    def steady(self) -> bool:
        return self.ended >= _LEARNED_JOBS and self.deviation <= _STEADY * self.mean


@dataclass(slots=True)
class _Sweep:
    """A walk through the list that looks for certain jobs."""

    pending: dict[str, _Watched]
    own: int  # jobs of our own in the range, as far as is known
    oldest: datetime | None  # creation time at which the walk ends
    doubted: frozenset[str] = frozenset()  # types of which a filtered page showed nothing
    listed: int = 0  # jobs in the range
    seen_kinds: set[str] = field(default_factory=set[str])


@dataclass(slots=True)
class ListWatch:
    """The jobs that are watched, and when each is looked at next.

    Attributes:
        pace: how often single jobs are looked at.
        informed: somebody else says when a job has ended; then the looks are few, and only make up for what was not said.
    """

    pace: Pace
    informed: bool = False
    _jobs: dict[str, _Watched] = field(default_factory=dict[str, _Watched])
    _kinds: dict[str, _Kind] = field(default_factory=dict[str, _Kind])
    _due: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    _sweeps: dict[int, _Sweep] = field(default_factory=dict[int, _Sweep])
    _numbers: count[int] = field(default_factory=count)
    _foreign: float = 1.0  # jobs listed for each one of our own
    _last_round: float = -math.inf
    _tick: CreationTick = field(default_factory=CreationTick)
    _shortest_pause: float | None = None  # between two rounds; None until it is computed from what is known now

    def __len__(self) -> int:
        return len(self._jobs)

    def __contains__(self, job_id: object) -> bool:
        return job_id in self._jobs

    def add(self, job: Job, kind: str, at: float, *, age: float = 0.0, typical: float | None = None) -> None:
        """Watch a job.

        Args:
            job: as its submission returned it.
            kind: its type, such as "z-image/z-image".
            at: the present monotonic time.
            age: seconds since its creation.
            typical: how many seconds jobs of the type usually take, or None where unknown.
        """
        self._tick.learn([job])
        group = self._kinds.setdefault(kind, _Kind())
        group.count += 1
        group.watched += 1
        group.typical = typical
        entry = _Watched(job.id, kind, job.created_at, at - age, typical, group.count)
        self._jobs[job.id] = entry
        group.began += entry.began
        self._shortest_pause = None
        first = self._first_look(group, typical)
        self._plan(entry, max(at, at - age + (max(INFORMED_PAUSE, _INFORMED * first) if self.informed else first)))

    def remove(self, job_id: str) -> None:
        """Watch a job no more; one that is not watched is passed over."""
        entry = self._jobs.pop(job_id, None)
        if entry is not None:
            group = self._kinds[entry.kind]
            group.watched -= 1
            group.began -= entry.began
            self._shortest_pause = None

    def next_look(self) -> float | None:
        """Return the monotonic time of the next look, or None where nothing is to be looked at."""
        while self._due:
            due, job_id = self._due[0]
            entry = self._jobs.get(job_id)
            if entry is not None and not entry.under_way and entry.due == due:
                return max(due, self._last_round + self._pause())
            heapq.heappop(self._due)
        return None

    def looks(self, at: float) -> list[Look]:
        """Return the looks that are due at a monotonic time; each is to be reported with `seen` or `missed`."""
        due = self.next_look()
        if due is None or due > at:
            return []
        until = at + self._pause() / 2
        self._last_round, self._shortest_pause = at, None
        groups: dict[int, list[_Watched]] = {}
        while self._due and self._due[0][0] <= until:
            due, job_id = heapq.heappop(self._due)
            entry = self._jobs.get(job_id)
            if entry is None or entry.under_way or entry.due != due:
                continue
            entry.under_way = True
            # Jobs of about one age share a page; a walk from new ones to old ones would pass all between them.
            groups.setdefault(round(math.log2(max(at - entry.began, 0.0) + 1.0)), []).append(entry)
        return [look for group in self._merged(groups) for look in self._looks_at(group)]

    def _merged(self, groups: dict[int, list[_Watched]]) -> list[list[_Watched]]:
        """Return groups of neighbouring ages as one where a single page holds all their jobs."""
        merged: list[list[_Watched]] = []
        for _, group in sorted(groups.items()):
            if merged and self._own_between(merged[-1] + group) * self._foreign <= LARGEST_PAGE:
                merged[-1] += group
            else:
                merged.append(group)
        return merged

    def _pause(self) -> float:
        """Return the shortest time between two rounds of looks; each job on a page asks for it."""
        if self._shortest_pause is None:
            self._shortest_pause = self._compute_pause()
        return self._shortest_pause

    def _compute_pause(self) -> float:
        if len(self._jobs) < SINGLES:
            return 0.0
        seconds = self.slot_seconds() or 0.0
        least = max(_LEAST_SHARE, _SHARE_OF_LONG_JOBS * min(1.0, seconds / _LONG_JOBS))
        share = min(_MOST_SHARE, max(least, len(self._jobs) / _JOBS_PER_SHARE))
        return max(SHORTEST_PAUSE, min(self.pace.most, share * seconds))

    def slot_seconds(self) -> float | None:
        """Return how long a slot is taken on average, as far as is known; None where no job is watched."""
        ends = 0.0  # a second
        for group in self._kinds.values():
            if group.watched:
                age = max(self.pace.first, self._last_round - group.began / group.watched)
                ends += group.watched / max(group.mean or group.typical or age, SHORTEST_PAUSE)
        return len(self._jobs) / ends if ends else None

    def seen(self, look: Look, jobs: Sequence[Job], at: float, *, more: bool = False) -> Seen:
        """Take what a look has shown.

        Args:
            look: one that `looks` or `seen` returned.
            jobs: the job, or the page.
            at: the present monotonic time.
            more: whether the list goes on behind the page.
        """
        sweep = self._sweeps.get(look.sweep)
        self._tick.learn(jobs)
        if sweep is not None:
            sweep.seen_kinds |= {self._jobs[job.id].kind for job in jobs if job.id in self._jobs}
        own = [self._update(job, at) for job in jobs if job.id in self._jobs]
        if sweep is None:
            return Seen(own, [])
        if look.job_id is not None:
            del self._sweeps[look.sweep]
            if own:
                self._distrust(sweep.doubted)
            return Seen(own, [])
        for job in jobs:
            sweep.pending.pop(job.id, None)
            sweep.listed += job.created_at is not None and sweep.oldest is not None and job.created_at >= sweep.oldest
        return Seen(own, self._after_page(look, sweep, jobs, more=more))

    def missed(self, look: Look, at: float) -> None:
        """Take that a look failed: its jobs are looked at again later."""
        sweep = self._sweeps.pop(look.sweep, None)
        for entry in sweep.pending.values() if sweep else ():
            self._plan_next(entry, at)

    def _looks_at(self, group: list[_Watched]) -> Iterable[Look]:
        dated = [entry for entry in group if entry.created_at is not None]
        own = self._own_between(dated)
        expected = math.ceil(own * max(self._foreign, 1.0))
        pages = math.ceil(expected / LARGEST_PAGE)
        if len(dated) < SINGLES * pages or not dated:
            return [self._single(entry) for entry in group]
        moments = [entry.created_at for entry in dated if entry.created_at is not None]
        sweep = next(self._numbers)
        pending = {entry.job_id: entry for entry in dated}
        self._sweeps[sweep] = _Sweep(pending, own, min(moments))
        kinds = {entry.kind for entry in dated}
        types = tuple(sorted(kinds)) if all(self._kinds[kind].filtered for kind in kinds) else ()
        page = Look(sweep, None, types, max(moments) + self._tick.value, page_size(expected))
        return [page, *(self._single(entry) for entry in group if entry.created_at is None)]

    def _own_between(self, group: list[_Watched]) -> int:
        """Return how many jobs of our own were created between the newest and the oldest of a group."""
        numbers: dict[str, tuple[int, int]] = {}
        for entry in group:
            first, last = numbers.get(entry.kind, (entry.number, entry.number))
            numbers[entry.kind] = (min(first, entry.number), max(last, entry.number))
        return sum(last - first + 1 for first, last in numbers.values())

    def _single(self, entry: _Watched, doubted: frozenset[str] = frozenset()) -> Look:
        sweep = next(self._numbers)
        self._sweeps[sweep] = _Sweep({entry.job_id: entry}, 1, None, doubted)
        return Look(sweep, entry.job_id)

    def _after_page(self, look: Look, sweep: _Sweep, jobs: Sequence[Job], *, more: bool) -> list[Look]:
        moments = [job.created_at for job in jobs if job.created_at is not None]
        if sweep.pending and more and moments and sweep.oldest is not None and min(moments) >= sweep.oldest:
            return [following_page(look, moments, self._tick.value)]
        del self._sweeps[look.sweep]
        self._foreign += _WEIGHT * (sweep.listed / sweep.own - self._foreign)
        pending = [entry for entry in sweep.pending.values() if entry.job_id in self._jobs]
        # A type of which the filter showed nothing at all may have another name there.
        doubted = frozenset(look.types) - sweep.seen_kinds
        return [self._single(entry, doubted & {entry.kind}) for entry in pending]

    def _distrust(self, kinds: Iterable[str]) -> None:
        for kind in kinds:
            self._kinds[kind].filtered = False

    def _update(self, job: Job, at: float) -> Job:
        entry = self._jobs[job.id]
        if job.finished:
            creation = entry.created_at or job.created_at
            if creation is not None and job.completed_at is not None and job.succeeded:
                self._kinds[entry.kind].learn(max(0.0, (job.completed_at - creation).total_seconds()))
            self.remove(job.id)
        else:
            self._plan_next(entry, at)
        return job

    def _first_look(self, group: _Kind, typical: float | None) -> float:
        if group.steady:
            return max(SHORTEST_PAUSE, self._earliest_end(group))
        if typical is None:
            return self.pace.first
        is_doubted = len(self._jobs) >= SINGLES and group.ended < _LEARNED_JOBS
        return max(SHORTEST_PAUSE, typical * (_DOUBTED if is_doubted else _EARLY))

    def _earliest_end(self, group: _Kind) -> float:
        """Return the age at which a job of steady durations may end; a page that is asked for anyway may as well be early."""
        deviations = _EARLY_DEVIATIONS if len(self._jobs) >= SINGLES else 1.0
        return group.mean - deviations * group.deviation

    def _plan_next(self, entry: _Watched, at: float) -> None:
        group = self._kinds[entry.kind]
        waited = max(0.0, at - entry.began)
        typical = group.mean if group.steady else entry.typical
        pause = min(self.pace.most, max(_SINGLE_PAUSE, waited * self.pace.share))
        until_typical = (typical or 0.0) * _JUST_OVER - waited
        if SHORTEST_PAUSE <= until_typical <= pause * _NEAR:
            pause = until_typical
        if len(self._jobs) >= SINGLES:
            pause = min(pause, max(self._pause(), _LEAST_SHARE * waited))
        elif group.steady:  # one of the last jobs of a run, which everything waits for
            pause = min(pause, max(SHORTEST_PAUSE, _SHARE_OF_LAST_JOBS * waited))
        if group.steady:
            pause = max(pause, min(self.pace.most, self._earliest_end(group) - waited))
        if self.informed:
            pause = max(pause, INFORMED_PAUSE)
        self._plan(entry, at + pause)

    def _plan(self, entry: _Watched, due: float) -> None:
        entry.due, entry.under_way = due, False
        heapq.heappush(self._due, (due, entry.job_id))
