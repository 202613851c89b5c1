"""The journal in an SQLite file keeps the contract, is small, and refuses what would make a job be paid for twice."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from krea_client.bulk.journal import BulkItem, JournalError, JournalLost, StoredFile, Write
from krea_client.bulk.run_lock import network_file_system
from krea_client.bulk.sqlite_journal import SqliteJournal
from krea_client.bulk.states import ItemState

from .journal_contract import JOB, JournalContract, Opener


class TestSqliteJournal(JournalContract):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda: SqliteJournal(tmp_path / "run" / "journal.sqlite")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "journal.sqlite"


def filled(path: Path, first: int, count: int, group: int = 500) -> None:
    journal = SqliteJournal(path)
    journal.lead("test")
    for start in range(first, first + count, group):
        numbers = range(start, min(start + group, first + count))
        journal.write(
            Write(
                [
                    BulkItem(
                        number,
                        f"prompt-{number:06d}",
                        ItemState.SAVED,
                        "z-image/z-image",
                        f"0a6f3d1e-6d0c-4b7a-9a53-{number:012x}",
                        1,
                        4.25,
                        4_000,
                        (StoredFile(f"{number // 1000:03d}/prompt-{number:06d}.png", 1_234_567, f"{number:064x}"),),
                    )
                    for number in numbers
                ]
            )
        )
    journal.close()


def test_an_item_takes_at_most_100_bytes(path: Path) -> None:
    filled(path, 0, 20_000)
    assert path.stat().st_size / 20_000 <= 100


def test_a_journal_restored_from_a_backup_is_refused(path: Path, tmp_path: Path) -> None:
    filled(path, 0, 10)
    shutil.copy(path, tmp_path / "backup")
    filled(path, 10, 10)
    shutil.copy(tmp_path / "backup", path)
    with pytest.raises(JournalError, match=r"restored from a backup.*; put the newest copy back"):
        SqliteJournal(path).lead("test")
    SqliteJournal(path).close()


def test_a_deleted_journal_is_refused(path: Path) -> None:
    filled(path, 0, 1)
    path.unlink()
    with pytest.raises(JournalError, match="the journal of this run is gone"):
        SqliteJournal(path).lead("test")


def test_a_file_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE items(name)")
    database.close()
    with pytest.raises(JournalError, match="not a journal of krea-client"):
        SqliteJournal(path).lead("test")


def test_a_newer_journal_is_refused(path: Path) -> None:
    filled(path, 0, 1)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(JournalError, match="newer krea-client; update"):
        SqliteJournal(path).lead("test")


def test_a_write_that_is_not_durable_raises(path: Path) -> None:
    journal = SqliteJournal(path)
    journal.lead("test")
    journal.write(Write([BulkItem(0, "a", ItemState.INTENT)]))
    second_connection = sqlite3.connect(path)
    second_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    second_connection.execute("DROP TABLE items")
    second_connection.close()
    with pytest.raises(JournalLost, match="nothing is sent without the journal"):
        journal.write(Write([BulkItem(1, "b", ItemState.INTENT)]))
    journal.close()


def test_folders_on_network_file_systems_are_told(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    shares = tmp_path / "mnt" / "my share"
    shares.mkdir(parents=True)
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nhost:/x {str(shares).replace(' ', chr(92) + '040')} nfs4 rw 0 0\n")
    assert network_file_system(shares / ".", str(mounts)) == "nfs4"
    assert network_file_system(tmp_path, str(mounts)) is None
    assert network_file_system(tmp_path, os.devnull) is None


def test_jobs_that_are_no_uuid_as_the_api_writes_it_stay_as_they_are(path: Path) -> None:
    journal = SqliteJournal(path)
    journal.lead("test")
    ids = [JOB(1), JOB(2).upper(), JOB(3).replace("-", ""), "x" * 36, ""]
    journal.write(Write([BulkItem(n, f"k{n}", ItemState.ACCEPTED, job_id=job_id) for n, job_id in enumerate(ids)]))
    assert [item.job_id for item in journal.items()] == ids
    journal.close()


def test_a_journal_of_an_earlier_version_knows_its_jobs(path: Path) -> None:
    filled(path, 0, 20)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("DROP TABLE blocks; PRAGMA user_version = 1")
    journal = SqliteJournal(path)
    journal.lead("test")
    job = f"0a6f3d1e-6d0c-4b7a-9a53-{7:012x}"
    assert journal.known([job], 10**15) == {job}
    journal.close()
