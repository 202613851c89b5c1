"""Settle POSTs whose responses were lost: decide which listed job belongs to which item. Pure.

Each unclaimed job was made by one of the lost POSTs, or by another program. A job that only one of them can have made is adopted, but
only on an account that no other program is seen to use. Nothing is matched by order. A webhook says which job belongs to which POST. It
counts only where webhooks name every job, since another program's job may have been submitted with the same address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from krea_client.bulk.journal import BulkItem
from krea_client.bulk.states import ItemState
from krea_client.jobs import Job

ABSENT = "no job of it is in the account's list"
SEVERAL_CANDIDATES = "its answer was lost; each of the candidates may be its job"
CLOCK_JITTER = 2_000_000  # microseconds by which the clocks of the API's computers may differ
NO_NAMES: Mapping[int, str] = {}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def server_time(moment: datetime) -> int:
    """Return a creation time as journals keep it: microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_server_time(micros: int) -> datetime:
    """Return the moment of a creation time as journals keep it."""
    return _EPOCH + timedelta(microseconds=micros)


def earliest(jobs: Iterable[Job]) -> int:
    """Return the earliest creation time of jobs, in microseconds; 0 where one has none."""
    return min((0 if job.created_at is None else server_time(job.created_at) for job in jobs), default=0)


def settle(
    intents: Sequence[BulkItem],
    unclaimed: Sequence[Job],
    unknowns: Iterable[BulkItem] = (),
    *,
    shared: bool,
    named: Mapping[int, str] = NO_NAMES,
) -> list[BulkItem]:
    """Return each intent in its next state: accepted, or unknown with its candidates; without candidates its job is absent.

    Call it when no POST is under way and none of the lost ones can arrive any more.

    Args:
        intents: the items whose answers were lost.
        unclaimed: every job of the account that no item owns, from the earliest `server_time` of an intent on.
        unknowns: items that were settled before, and that one of the jobs may belong to all the same.
        shared: whether another program may have made one of the jobs; then nothing is adopted.
        named: the jobs that webhooks named, by the intents that their addresses are of; "" where they named different ones.
    """
    possible = {intent.ordinal: {job.id for job in unclaimed if may_be_of(job, intent)} for intent in intents}
    possible_for_others = {item.ordinal: set(item.candidates) for item in unknowns}
    owners = {} if shared else _all_named(named, possible) or _forced({**possible_for_others, **possible})
    if any(named.get(ordinal, job_id) != job_id for ordinal, job_id in owners.items()):
        owners = {}  # another program must have made one of the jobs
    created = {job.id: job.created_at for job in unclaimed}
    settled: list[BulkItem] = []
    for intent in intents:
        job_id = owners.get(intent.ordinal)
        if job_id is not None:
            moment = created[job_id]
            time = intent.server_time if moment is None else server_time(moment)
            settled.append(intent.to(ItemState.ACCEPTED, job_id=job_id, server_time=time))
        else:
            adopted = {owners[ordinal] for ordinal in possible if ordinal in owners}
            candidates = tuple(sorted(possible[intent.ordinal] - adopted))
            reason = SEVERAL_CANDIDATES if candidates else ABSENT
            if named.get(intent.ordinal) in candidates:
                reason += f"; a webhook of this item names {named[intent.ordinal]}"
            settled.append(intent.to(ItemState.UNKNOWN, candidates=candidates, reason=reason))
    return settled


def may_be_of(job: Job, intent: BulkItem) -> bool:
    """Return True for a job that was not created before the POST of an intent."""
    # No upper limit: a job that was made late would be paid for twice.
    return job.created_at is None or server_time(job.created_at) >= intent.server_time - CLOCK_JITTER


def _all_named(named: Mapping[int, str], possible: dict[int, set[str]]) -> dict[int, str]:
    """Return the jobs that webhooks named, where each possible job is named for one intent that can have made it; else none."""
    owners = {ordinal: job_id for ordinal, job_id in named.items() if job_id in possible.get(ordinal, ())}
    jobs = {job_id for ids in possible.values() for job_id in ids}
    return owners if sorted(owners.values()) == sorted(jobs) else {}


def _forced(possible: dict[int, set[str]]) -> dict[int, str]:
    """Return the jobs that only one intent can have made, by intent, as far as that follows step by step."""
    owners: dict[int, str] = {}
    jobs = {job_id for ids in possible.values() for job_id in ids}
    while True:
        for job_id in sorted(jobs - set(owners.values())):
            makers = [ordinal for ordinal, ids in possible.items() if job_id in ids and ordinal not in owners]
            if len(makers) == 1:
                owners[makers[0]] = job_id
                break
        else:
            return owners
