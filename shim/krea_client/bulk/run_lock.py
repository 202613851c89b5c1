"""The lock of a run's folder: one process holds it, others learn who; and a witness of how far the journal has come.

The witness tells a journal that was restored from a backup: every write of the journal raises a number in both, in the journal first.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from krea_client.bulk.journal import JournalError, LedByAnother

LOCK_NAME = "run.lock"
_WITNESS = 24  # bytes at the beginning of the file: the number, in digits
_NETWORK = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "fuse.sshfs",
    "fuse.s3fs",
    "lustre",
    "glusterfs",
)


class RunLock:
    """The lock file of a folder. The operating system frees the lock however the process ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._handle: int | None = None

    def acquire(self, leader: str) -> None:
        """Take the lock.

        Raises:
            LedByAnother: another process holds it.
            JournalError: locks do not work there.
        """
        if self._handle is not None:
            return
        network = network_file_system(self._path.parent)
        if network is not None:
            raise JournalError(
                f"{self._path.parent}: on a network file system ({network}), where locks cannot be trusted; "
                "give a local folder, or --journal postgresql://... with the results where they are"
            )
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as fault:
            raise JournalError(f"{self._path}: {fault.strerror or fault}; give a folder that can be written") from fault
        if not _lock(handle):
            holder = self._content(handle)[1] or "another process"
            os.close(handle)
            raise LedByAnother(f"{self._path.parent}: {holder} is working on this run; wait for it, or end it", holder)
        self._handle = handle
        witness = self._content(handle)[0]
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{witness:<{_WITNESS - 1}}\n{json.dumps(leader)}\n".encode(), 0)

    @property
    def is_held(self) -> bool:
        """Whether this process holds the lock."""
        return self._handle is not None

    def witness(self) -> int:
        """Return the number of the last write that was witnessed; 0 where there was none."""
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except OSError:
            return 0
        try:
            return self._content(handle)[0]
        finally:
            os.close(handle)

    def leader(self) -> str:
        """Return what the last holder said of itself, or ""."""
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except OSError:
            return ""
        try:
            return self._content(handle)[1]
        finally:
            os.close(handle)

    def advance(self, number: int) -> None:
        """Witness a write. It is not synced: after a loss of power the witness is behind the journal, never before it."""
        if self._handle is not None:
            with suppress(OSError):  # a full disk: the journal says so itself
                os.pwrite(self._handle, f"{number:<{_WITNESS - 1}}\n".encode(), 0)

    def release(self) -> None:
        """Free the lock; twice does no harm."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @staticmethod
    def _content(handle: int) -> tuple[int, str]:
        text = os.pread(handle, 4_096, 0).decode("utf-8", "replace")
        number, _, leader = text.partition("\n")
        with suppress(ValueError):
            leader = json.loads(leader or '""')
        return int(number) if number.strip().isdigit() else 0, str(leader)


def _lock(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the content, which others may read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def network_file_system(folder: Path, mounts: str = "/proc/self/mounts") -> str | None:
    """Return the type of the network file system that a folder is on; None for a local one, and where that cannot be learned."""
    try:
        rows: list[Any] = [line.split() for line in Path(mounts).read_text("utf-8").splitlines()]
        place = str(folder.resolve())
    except OSError:
        return None
    best = ""
    kind = None
    for row in rows:
        point = row[1].replace("\\040", " ")
        inside = point in ("/", place) or place.startswith(point + "/")
        if inside and len(point) >= len(best):
            best, kind = point, row[2]
    return kind if kind in _NETWORK else None
