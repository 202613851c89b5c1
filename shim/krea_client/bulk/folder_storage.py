"""Results in a local folder: a temporary file beside the target, checked, synced and renamed; never a half-written file."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from krea_client._transport.downloads import Download
from krea_client.bulk.journal import StoredFile
from krea_client.bulk.result_names import is_result_folder
from krea_client.errors import SaveFailed


class FolderStorage:
    """A folder for results.

    Args:
        folder: it is created with the first result.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def address(self) -> str:
        """Return the path."""
        return str(self._folder)

    def sink(self, name: str, url: str, job_id: str | None) -> FolderSink:
        """Return the destination of one result."""
        return FolderSink(self._folder, name, url, job_id)

    def put(self, name: str, content: bytes) -> None:
        """Write a small file; see `Storage.put`."""
        target = self._folder / name
        part = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(target)
        except OSError as fault:
            part.unlink(missing_ok=True)
            text = f"{target} could not be written: {fault.strerror or fault}; make room"
            raise SaveFailed(text, path=str(target)) from fault

    def holds_results(self) -> bool:
        """Return True where folders of results are there."""
        try:
            return any(is_result_folder(entry.name) and entry.is_dir() for entry in os.scandir(self._folder))
        except OSError:
            return False


class FolderSink:
    """One result on its way to its file."""

    def __init__(self, folder: Path, name: str, url: str, job_id: str | None) -> None:
        self.job_id = job_id
        self._folder = folder
        self._inner = Download(folder / name, naming=True, overwrite=False, url=url, job_id=job_id)
        self._sha256 = hashlib.sha256()
        self._size = 0

    @property
    def came(self) -> int:
        """Return how many bytes of the file are there already."""
        return self._inner.came

    def wants(self) -> Mapping[str, str]:
        """Return headers that ask for the rest of the file."""
        return self._inner.wants()

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the head of the response."""
        self._inner.begin(status, headers)
        if not self._inner.came:
            self._sha256, self._size = hashlib.sha256(), 0

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._inner.write(chunk)
        self._sha256.update(chunk)
        self._size += len(chunk)

    def finish(self) -> None:
        """Validate the whole; see `ResultSink`."""
        self._inner.verify()

    def keep(self) -> StoredFile:
        """Keep the whole under its name; a file that has it already stays."""
        try:
            path = self._inner.store()
        except SaveFailed as error:
            existing = Path(error.path or "")
            if not (error.path and existing.is_file()):
                raise
            with existing.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            return StoredFile(self._name_of(existing), existing.stat().st_size, digest)
        return StoredFile(self._name_of(path), self._size, self._sha256.hexdigest())

    def _name_of(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def abandon(self) -> None:
        """Leave nothing behind, also where a thread is still at the download."""
        self._inner.stop()
        self._inner.abandon()
