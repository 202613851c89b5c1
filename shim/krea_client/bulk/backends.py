"""Open the journal and the storage that an address names; modules that need an extra are imported only if they are used."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from krea_client.bulk.journal import Journal, JournalError
from krea_client.bulk.storage import Storage

# scheme of the address: module and class, constructed with (address, run) and (address)
_JOURNALS = {
    "postgresql": ("postgresql_journal", "PostgresqlJournal"),
    "postgres": ("postgresql_journal", "PostgresqlJournal"),
}
_STORAGES = dict.fromkeys(("s3", "gs", "az", "memory"), ("object_storage", "ObjectStorage"))
JOURNAL_NAME = "journal.sqlite"


def open_journal(address: str | None, run: str, folder: Path) -> Journal:
    """Return the journal at an address, or the SQLite file in the run's folder where None; it is created where it is missing.

    Args:
        address: such as postgresql://host/database, or None.
        run: the name of the run, which keeps runs in one database apart.
        folder: the run's local folder.

    Raises:
        JournalError: it cannot be used.
    """
    if address is None:
        from krea_client.bulk.sqlite_journal import SqliteJournal

        return SqliteJournal(folder / JOURNAL_NAME)
    return _backend(_JOURNALS, address)(address, run)  # type: ignore[no-any-return]  # the table names journals


def open_storage(address: str | Path) -> Storage:
    """Return the storage at an address: a local folder, or object storage such as s3://bucket/prefix.

    Raises:
        JournalError: the scheme is not known.
    """
    if isinstance(address, Path) or "://" not in address:
        from krea_client.bulk.folder_storage import FolderStorage

        return FolderStorage(Path(address))
    return _backend(_STORAGES, address)(address)  # type: ignore[no-any-return]  # the table names storages


def _backend(table: dict[str, tuple[str, str]], address: str) -> Any:
    scheme = address.partition("://")[0]
    if scheme not in table:
        raise JournalError(f"{scheme}: not a known scheme; give one of {', '.join(sorted(table))}")
    module, name = table[scheme]
    return getattr(import_module(f"krea_client.bulk.{module}"), name)
