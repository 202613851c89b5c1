"""What every journal must do, as one test class: a backend's test derives from it and says how one is opened."""

from collections.abc import Callable, Iterator

import pytest

from krea_client.bulk.journal import (
    UNDATED,
    BulkItem,
    Checkpoint,
    Journal,
    JournalLost,
    LedByAnother,
    StoredFile,
    Write,
)
from krea_client.bulk.states import OPEN, ItemState

Opener = Callable[[], Journal]
S = ItemState
FILE = StoredFile("000/a.png", 1234, "ab" * 32)
JOB = "0a6f3d1e-6d0c-4b7a-9a53-{:012x}".format
ROWS = [
    BulkItem(0, "a", S.SAVED, "z-image/z-image", JOB(0), 1_700_000_000_000_001, 3.5, 12_345, (FILE, FILE)),
    BulkItem(1, "b", S.INTENT, "z-image/z-image", None, 1_700_000_000_000_002, None, 4_000),
    BulkItem(2, "c", S.ACCEPTED, "kling/kling-3.0", "an id that is no UUID", 1_700_000_000_000_003, None, None),
    BulkItem(3, "d", S.REFUSED, "z-image/z-image", reason="POST answered 400: prompt is unsafe"),
    BulkItem(
        4, "ü \0'\"", S.UNKNOWN, "z-image/z-image", None, 7, None, 4_000, candidates=(JOB(8), JOB(9)), reason="two"
    ),
    BulkItem(6, "g", S.FAILED, "z-image/z-image", JOB(6), 1_700_000_000_000_004, 2.0, 4_000, reason="internal"),
    BulkItem(7, "h", S.EMPTY, "z-image/z-image", JOB(7), 1_700_000_000_000_005, 2.0, 4_000),
    BulkItem(9, "i", S.PLANNED, "z-image/z-image", price=4_000),
]


def at_rest(item: BulkItem) -> BulkItem:
    """Return the item without what a journal may forget once no run works on it."""
    return item if item.state in OPEN else item._replace(server_time=0)


class JournalContract:
    """Derive from it in a class whose name begins with Test, with a fixture `opener`."""

    @pytest.fixture
    def opener(self) -> Opener:
        """Return a function that opens the same journal each time, empty at first, as another process would."""
        raise NotImplementedError

    @pytest.fixture
    def journal(self, opener: Opener) -> Iterator[Journal]:
        journal = opener()
        journal.lead("process 1 on host a")
        yield journal
        journal.close()

    def test_a_new_journal_is_empty(self, journal: Journal) -> None:
        counts = journal.counts()
        assert (counts.rows, counts.spent, journal.next_ordinal()) == (0, 0, 0)
        assert (journal.settings(), journal.open_items(), list(journal.items())) == ({}, [], [])
        assert journal.checkpoint(5) == Checkpoint(0, 0)

    def test_what_is_written_is_there_after_opening_it_again(self, journal: Journal, opener: Opener) -> None:
        journal.write(Write(ROWS, [Checkpoint(0, 0), Checkpoint(5, 500)], {"digest": "abc", "ä": "ö"}))
        counts = journal.counts()
        journal.close()
        again = opener()
        try:
            assert [at_rest(item) for item in again.items()] == [at_rest(item) for item in ROWS]
            assert again.settings() == {"digest": "abc", "ä": "ö"}
            assert again.next_ordinal() == 10
            assert again.counts() == counts
            assert [again.checkpoint(number).position for number in (0, 4, 5, 99)] == [0, 0, 500, 500]
        finally:
            again.close()

    def test_open_items_and_items_by_state_come_in_order(self, journal: Journal) -> None:
        journal.write(Write(ROWS[::-1]))
        assert [item.ordinal for item in journal.open_items()] == [1, 2, 9]
        assert [item.ordinal for item in journal.items({S.FAILED, S.UNKNOWN})] == [4, 6]
        assert [item.ordinal for item in journal.items({S.FAILED, S.UNKNOWN}, 5)] == [6]
        assert [item.ordinal for item in journal.items(None, 6)] == [6, 7, 9]
        assert all(item.state in OPEN for item in journal.open_items())

    def test_counts_follow_every_change(self, journal: Journal) -> None:
        journal.write(Write(ROWS))
        counts = journal.counts()
        assert counts.of(S.SAVED, S.INTENT) == 2
        assert counts.rows == len(ROWS)
        assert counts.spent == 12_345 + 4_000 * 3  # saved, intent, unknown, empty
        journal.write(Write([ROWS[1].to(S.ACCEPTED, job_id=JOB(1), server_time=9)]))
        journal.write(Write([ROWS[5].to(S.PLANNED, job_id=None)]))
        counts = journal.counts()
        assert (counts.of(S.INTENT), counts.of(S.ACCEPTED), counts.of(S.FAILED), counts.of(S.PLANNED)) == (0, 2, 0, 2)
        assert counts.spent == 12_345 + 4_000 * 3

    def test_writing_an_item_replaces_all_of_it(self, journal: Journal) -> None:
        journal.write(Write(ROWS))
        accepted = ROWS[4].to(S.ACCEPTED, job_id=JOB(8), candidates=(), reason="", server_time=8)
        journal.write(Write([accepted]))
        assert journal.find("ü \0'\"") == accepted

    def test_items_are_found_by_key_and_jobs_by_id(self, journal: Journal) -> None:
        journal.write(Write(ROWS))
        assert journal.find("c") == ROWS[2]
        assert journal.find("nosuch") is None
        candidates = [JOB(0), JOB(8), JOB(77), "an id that is no UUID"]
        assert journal.known(candidates) == {JOB(0), "an id that is no UUID"}
        assert journal.known([]) == set()

    def test_jobs_since_a_time_are_known_wherever_their_items_are(self, journal: Journal) -> None:
        hour = 3_600_000_000
        items = [
            BulkItem(number * 700, f"k{number}", S.ACCEPTED, "m", JOB(number), server_time=(10 - number) * hour)
            for number in range(9)
        ]
        for item in items:
            journal.write(Write([item]))
        again = items[8]._replace(state=S.ACCEPTED, job_id=JOB(99), server_time=20 * hour)
        journal.write(Write([again]))
        everything = {JOB(number) for number in (0, 1, 2, 3, 4, 5, 6, 7, 99)}
        assert journal.known([*everything, JOB(8)]) == everything
        for hours, jobs in [(20, {99}), (9, {0, 1, 99}), (5, {0, 1, 2, 3, 4, 5, 99})]:
            ids = {JOB(number) for number in jobs}
            assert journal.known([*ids, JOB(8)], hours * hour) == ids
        journal.write(Write(settings={UNDATED: "1"}))
        assert journal.known(everything, 30 * hour) == everything

    def test_a_setting_is_replaced_and_deleted(self, journal: Journal) -> None:
        journal.write(Write(settings={"a": "1", "b": "2"}))
        journal.write(Write(settings={"a": None, "b": "3"}))
        assert journal.settings() == {"b": "3"}

    def test_there_is_one_leader(self, journal: Journal, opener: Opener) -> None:
        second = opener()
        with pytest.raises(LedByAnother, match="process 1 on host a") as excinfo:
            second.lead("process 2 on host b")
        assert "process 1 on host a" in excinfo.value.leader
        journal.close()
        journal.close()
        second.lead("process 2 on host b")
        second.write(Write(ROWS[:1]))
        second.close()

    def test_who_does_not_lead_does_not_write(self, journal: Journal, opener: Opener) -> None:
        journal.write(Write(ROWS[:2]))
        reader = opener()
        try:
            with pytest.raises(JournalLost):
                reader.write(Write(ROWS[2:]))
            assert [item.key for item in reader.items()] == ["a", "b"]
        finally:
            reader.close()

    def test_workers_share_what_has_ended(self, journal: Journal) -> None:
        ended = [
            BulkItem(n, f"k{n}", S.ENDED, "m/m", JOB(n), 5, 1.0, urls=(f"https://example.com/{n}",)) for n in range(5)
        ]
        journal.write(Write([*ended, BulkItem(7, "x", S.ACCEPTED, "m/m", JOB(7), 5)]))
        first = journal.take_ended("a", 3, 60.0)
        second = journal.take_ended("b", 3, 60.0)
        assert [item.ordinal for item in first] == [0, 1, 2]
        assert [item.ordinal for item in second] == [3, 4]
        assert [item.ordinal for item in journal.take_ended("a", 3, 60.0, except_for=[0, 2, 9])] == [1]
        saved = [item.to(S.SAVED, files=(FILE,), urls=()) for item in first]
        journal.write_saved(saved)
        journal.write_saved([saved[0]._replace(files=())])  # a late one changes nothing
        assert [(item.ordinal, item.files) for item in journal.items({S.SAVED})] == [(n, (FILE,)) for n in range(3)]
        assert journal.counts().of(S.SAVED) == 3
        assert journal.take_ended("a", 9, 60.0) == []

    def test_many_items_pass_in_groups(self, journal: Journal) -> None:
        for start in range(0, 2_000, 500):
            journal.write(
                Write([BulkItem(n, f"k{n}", S.INTENT, "m/m", server_time=n) for n in range(start, start + 500)])
            )
        assert journal.counts().of(S.INTENT) == 2_000
        count = 0
        for item in journal.items():
            journal.write(
                Write([item.to(S.ACCEPTED, job_id=JOB(item.ordinal), server_time=1)])
            ) if item.ordinal % 400 == 0 else None
            count += 1
        assert count == 2_000
        assert journal.counts().of(S.ACCEPTED) == 5
