"""Commands for a run that is not active: show its state, decide about unknown items, plan failed items again."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

from krea_client.bulk.journal import UNDATED, BulkItem, Counts, Journal, JournalError, Write
from krea_client.bulk.run_folder import ITEMS, RUN, NothingBegun, RunPlace, leader_name
from krea_client.bulk.run_parts import PAID_EARLIER
from krea_client.bulk.states import MAY_BE_BILLED, ItemState

_S = ItemState
_GROUP = 500


class BulkStatus(NamedTuple):
    """Where a run is.

    Attributes:
        counts: items by state; those that were never begun are in none.
        total: items of the input, or None where that is not known.
        settings: of the journal, such as "shared" for an account that another program is seen to use.
    """

    counts: Counts
    total: int | None
    settings: dict[str, str]

    @property
    def planned(self) -> int | None:
        """Items that were not begun, or are to be sent again."""
        if self.total is None:
            return None
        return self.total - self.counts.rows + self.counts.of(_S.PLANNED)


@contextmanager
def reading(place: RunPlace) -> Generator[Journal]:
    """Open the journal of a run, which may be under way.

    Raises:
        NothingBegun: there is none.
    """
    journal = place.open_journal()
    try:
        if RUN not in journal.settings():
            raise NothingBegun(f"{place.output}: no run was begun there; check the place, or begin one with `run`")
        yield journal
    finally:
        journal.close()


@contextmanager
def changing(place: RunPlace) -> Generator[Journal]:
    """Open the journal of a run, and lead it.

    Raises:
        LedByAnother: the run is under way.
        NothingBegun: there is none.
    """
    with reading(place) as journal:
        journal.lead(leader_name())
        yield journal


def status(place: RunPlace) -> BulkStatus:
    """Return where a run is, also while it is under way."""
    with reading(place) as journal:
        settings = journal.settings()
        total = int(settings[ITEMS]) if ITEMS in settings else None
        counts = journal.counts()._replace(earlier=int(settings.get(PAID_EARLIER, 0)))
        return BulkStatus(counts, total, settings)


def unknowns(place: RunPlace) -> list[BulkItem]:
    """Return the items whose outcome is unknown, with their candidates."""
    with reading(place) as journal:
        return list(journal.items({_S.UNKNOWN}))


def claim(place: RunPlace, key: str, job_id: str) -> BulkItem:
    """Record that a job is that of an unknown item; the next run takes its results.

    Raises:
        JournalError: the item is not unknown, or the job is another item's.
    """
    with changing(place) as journal:
        item = _unknown(journal, place, key)
        if journal.known([job_id]):
            raise JournalError(f"{place.output}: job {job_id} belongs to another item; give one of the candidates")
        if item.candidates and job_id not in item.candidates:
            candidates = ", ".join(item.candidates)
            raise JournalError(f"{place.output}: job {job_id} is no candidate of {key!r}; give one of {candidates}")
        claimed = item.to(_S.ACCEPTED, job_id=job_id, candidates=(), reason="")
        rivals = [
            rival._replace(candidates=tuple(candidate for candidate in rival.candidates if candidate != job_id))
            for rival in journal.items({_S.UNKNOWN})
            if job_id in rival.candidates and rival.ordinal != item.ordinal
        ]
        journal.write(Write([claimed, *rivals], settings={UNDATED: "1"}))
        return claimed


def release(place: RunPlace, key: str) -> BulkItem:
    """Record that an unknown item has no job, or that one that was refused is to be sent again; the next run sends it.

    Raises:
        JournalError: the item is neither unknown nor refused.
    """
    with changing(place) as journal:
        refused = next((item for item in journal.items({_S.REFUSED}) if item.key == key), None)
        item = refused or _unknown(journal, place, key)
        planned = item.to(_S.PLANNED, candidates=(), reason="")
        journal.write(Write([planned]))
        return planned


def _unknown(journal: Journal, place: RunPlace, key: str) -> BulkItem:
    item = next((item for item in journal.items({_S.UNKNOWN}) if item.key == key), None)
    if item is None:
        raise JournalError(f"{place.output}: no item {key!r} is unknown; `unknown` lists them")
    return item


def retry(place: RunPlace, *, failed: bool = False, empty: bool = False, refused: bool = False) -> int:
    """Plan items again that ended without a result; the next run sends them, which costs anew. Return their number."""
    choices = ((_S.FAILED, failed), (_S.EMPTY, empty), (_S.REFUSED, refused))
    states = {state for state, is_chosen in choices if is_chosen}
    count = 0
    with changing(place) as journal:
        group: list[BulkItem] = []
        paid = int(journal.settings().get(PAID_EARLIER, 0))
        for item in journal.items(states) if states else ():
            paid += (item.price or 0) if item.state in MAY_BE_BILLED else 0
            group.append(item.to(_S.PLANNED, job_id=None, seconds=None, reason="", server_time=0))
            if len(group) == _GROUP:
                journal.write(Write(group, settings={PAID_EARLIER: str(paid)}))
                count, group = count + len(group), []
        if group:
            journal.write(Write(group, settings={PAID_EARLIER: str(paid)}))
    return count + len(group)
