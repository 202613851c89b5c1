"""The journal in PostgreSQL keeps the contract; its leader is alone, and a lost connection or lock ends it."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from multiprocessing.connection import Connection
from uuid import uuid4

import pytest

from krea_client.bulk.journal import BulkItem, JournalError, JournalLost, LedByAnother, Write
from krea_client.bulk.postgresql_journal import PostgresqlJournal
from krea_client.bulk.states import ItemState

from .journal_contract import JOB, JournalContract, Opener

psycopg = pytest.importorskip("psycopg", reason="needs the extra `postgres`")


pytestmark = pytest.mark.services
Opening = Callable[[], PostgresqlJournal]


@pytest.fixture
def url(service: Callable[[str], str]) -> str:
    return service("postgres")


@pytest.fixture
def run() -> str:
    return str(uuid4())


@pytest.fixture
def open_journal(url: str, run: str) -> Iterator[Opening]:
    """Return a function that opens the journal; each is closed after the test."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(PostgresqlJournal(url, run)))


class TestPostgresqlJournal(JournalContract):
    @pytest.fixture
    def opener(self, open_journal: Callable[[], PostgresqlJournal]) -> Opener:
        return open_journal


def intent(ordinal: int) -> Write:
    return Write([BulkItem(ordinal, f"k{ordinal}", ItemState.INTENT, "m/m", server_time=1)])


def end_session(url: str, journal: PostgresqlJournal) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(%s)", (journal._backend,))


def test_a_leader_whose_connection_is_lost_records_nothing_more(url: str, open_journal: Opening) -> None:
    journal = open_journal()
    journal.lead("first")
    journal.write(intent(0))
    end_session(url, journal)
    for _ in range(2):
        with pytest.raises(JournalLost, match="nothing was recorded"):
            journal.write(intent(1))
    second = open_journal()
    second.lead("second")
    assert [item.ordinal for item in second.items()] == [0]
    with pytest.raises(JournalLost):
        journal.write(intent(1))


def test_behind_a_pooler_that_changes_the_connection_nothing_is_recorded(open_journal: Opening) -> None:
    journal, second_journal = open_journal(), open_journal()
    journal.lead("first")
    journal._connection, second_journal._connection = second_journal._connection, journal._connection
    with pytest.raises(JournalLost):
        journal.write(intent(0))
    assert list(open_journal().items()) == []


def test_a_write_that_fails_halfway_leaves_nothing(open_journal: Opening) -> None:
    journal = open_journal()
    journal.lead("first")
    with pytest.raises(JournalLost):
        journal.write(intent(0)._replace(checkpoints=[(1, 1 << 70)]))  # type: ignore[list-item]  # a number that no column takes
    with pytest.raises(JournalLost):
        journal.write(intent(2))
    journal.close()
    assert list(open_journal().items()) == []


def lead_and_wait(url: str, run: str, ready: Connection) -> None:
    journal = PostgresqlJournal(url, run)
    journal.lead("a process that will be killed")
    journal.write(intent(0))
    ready.send("leads")
    time.sleep(60)


def test_another_process_leads_at_once_after_a_kill(url: str, run: str, open_journal: Opening) -> None:
    spawn = multiprocessing.get_context("fork")
    here, there = spawn.Pipe()
    process = spawn.Process(target=lead_and_wait, args=(url, run, there))
    process.start()
    assert here.poll(20)
    standby = open_journal()
    with pytest.raises(LedByAnother, match="a process that will be killed"):
        standby.lead("standby")
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    began = time.monotonic()
    while True:
        try:
            standby.lead("standby")
            break
        except LedByAnother:
            assert time.monotonic() - began < 10
    process.join()
    assert [item.state for item in standby.open_items()] == [ItemState.INTENT]
    standby.write(intent(1))


def take_and_wait(url: str, run: str, ready: Connection) -> None:
    journal = PostgresqlJournal(url, run)
    ready.send(len(journal.take_ended("a worker that will be killed", 1, 600.0, ends_with_process=True)))
    ready.send(len(journal.take_ended("a worker that hands items to others", 1, 600.0)))
    time.sleep(60)


def test_what_a_worker_has_is_free_when_its_process_is_killed(url: str, run: str, open_journal: Opening) -> None:
    leader, other = open_journal(), open_journal()
    leader.lead("leader")
    rows = [
        BulkItem(n, f"k{n}", ItemState.ENDED, "m/m", JOB(n), 5, 1.0, urls=("https://example.com/0",)) for n in (0, 1)
    ]
    leader.write(Write(rows))
    spawn = multiprocessing.get_context("fork")
    here, there = spawn.Pipe()
    process = spawn.Process(target=take_and_wait, args=(url, run, there))
    process.start()
    assert here.poll(20)
    assert here.recv() == here.recv() == 1
    assert other.take_ended("other", 9, 600.0, ends_with_process=True) == []
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    began = time.monotonic()
    while not (freed := other.take_ended("other", 9, 600.0, ends_with_process=True)):
        assert time.monotonic() - began < 10
    assert freed == rows[:1]  # the other item was taken for a fixed time, since someone else may be downloading it
    other.close()
    assert leader.take_ended("third", 9, 600.0, except_for=[1]) == rows[:1]


def test_a_worker_that_was_cut_off_has_its_items_again(open_journal: Opening) -> None:
    leader, worker, other = (open_journal() for _ in range(3))
    leader.lead("leader")
    ended = BulkItem(0, "k", ItemState.ENDED, "m/m", JOB(0), 5, 1.0, urls=("https://example.com/0",))
    leader.write(Write([ended]))
    assert worker.take_ended("a", 1, 600.0, ends_with_process=True) == [ended]
    assert worker._connection
    worker._connection.close()
    assert worker.take_ended("a", 1, 600.0, ends_with_process=True) == [ended]
    assert other.take_ended("b", 1, 600.0) == []


def test_a_lease_that_has_passed_gives_the_item_to_another_worker(open_journal: Opening) -> None:
    leader, first, second = (open_journal() for _ in range(3))
    leader.lead("leader")
    ended = BulkItem(0, "k", ItemState.ENDED, "m/m", JOB(0), 5, 1.0, urls=("https://example.com/0",))
    leader.write(Write([ended]))
    assert first.take_ended("a", 1, 0.0) == [ended]
    assert second.take_ended("b", 1, 60.0) == [ended]
    assert first.take_ended("a", 1, 60.0) == []
    second.write_saved([ended.to(ItemState.SAVED, urls=())])
    first.write_saved([ended.to(ItemState.SAVED, urls=(), reason="late")])
    [saved] = leader.items()
    assert saved.reason == ""


def test_a_worker_goes_on_after_its_connection_was_lost(open_journal: Opening) -> None:
    worker = open_journal()
    assert worker._connection
    worker._connection.close()
    assert worker.take_ended("a", 1, 1.0) == []


def test_runs_of_one_database_know_nothing_of_each_other(url: str, run: str) -> None:
    with closing(PostgresqlJournal(url, run)) as first, closing(PostgresqlJournal(url, run + "2")) as second:
        first.lead("first")
        second.lead("second")
        first.write(intent(0))
        assert (first.counts().rows, second.counts().rows) == (1, 0)


def test_messages_name_the_database_without_a_password() -> None:
    with pytest.raises(JournalError) as excinfo:
        PostgresqlJournal("postgresql://user:pass%20word@127.0.0.1:1/db", "night")
    assert "postgresql://127.0.0.1:1/db, run night" in str(excinfo.value)
    assert "pass" not in str(excinfo.value)
