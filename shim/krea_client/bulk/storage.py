"""The storage for results of a bulk run: files are stored completely or not at all, and storing a name twice has no effect."""

from __future__ import annotations

from typing import Protocol

from krea_client._core.effects import DownloadSink
from krea_client.bulk.journal import StoredFile


class ResultSink(DownloadSink, Protocol):
    """The destination of one result.

    `finish` validates the whole and returns quickly; `keep` then makes it durable under its name. `abandon` removes what was not kept.
    """

    def keep(self) -> StoredFile:
        """Keep the whole under its name, with the extension of its content; blocks, so drivers call it from a thread.

        Where a file of that name is there already, it stays as it is, and its facts are returned.

        Raises:
            SaveFailed: it cannot be kept, and nothing has its name.
        """
        ...


class Storage(Protocol):
    """A place for results."""

    @property
    def address(self) -> str:
        """How messages name the place: a path, or a URL without a password."""
        ...

    def sink(self, name: str, url: str, job_id: str | None) -> ResultSink:
        """Return the destination of one result.

        Args:
            name: its name without an extension, such as "000/cat", with / between folders.
            url: the address that it is downloaded from, whose extension may tell its format.
            job_id: its job, for errors.
        """
        ...

    def put(self, name: str, content: bytes) -> None:
        """Write a small file such as a part of the manifest, replacing the one of that name; whole or not at all.

        Raises:
            SaveFailed: it cannot be written.
        """
        ...

    def holds_results(self) -> bool:
        """Return True where results of some run are there, so that a new journal must not begin beside them."""
        ...
