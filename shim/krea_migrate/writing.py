"""Writing files so that at any moment each of them is whole: the old one or the new one."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress

# The process is in the name, so that a later run knows a file that nobody will put in its place any more.
_BESIDE = re.compile(r"\.krea-([1-9][0-9]{0,9})-\w+\.tmp")


class NotWritten(Exception):
    """A file could not be written. Nothing was changed unless `changed` says so.

    Attributes:
        path: the file.
        changed: the files that were already replaced.
    """

    def __init__(self, path: str, reason: str, changed: list[str]) -> None:
        self.path = path
        self.changed = changed
        super().__init__(f"{path}: was not written: {reason}")


def write(files: Mapping[str, bytes]) -> list[str]:
    """Replace the files: all new ones are first written and synced beside the old ones, then each takes its place.

    What a run that was killed left beside them is removed first.

    Raises:
        NotWritten: a disk is full or a folder is read-only; no file is left half written.
    """
    ready: list[tuple[str, str, str]] = []
    changed: list[str] = []
    path = ""
    for folder in {os.path.dirname(os.path.realpath(path)) for path in files}:
        _tidy(folder)
    try:
        for path, data in files.items():
            ready.append(_prepared(path, data))
        while ready:
            path, target, beside = ready[0]
            os.replace(beside, target)
            ready.pop(0)
            changed.append(path)
            _sync(os.path.dirname(target))
    except OSError as error:
        raise NotWritten(path, error.strerror or str(error), changed) from None
    finally:
        for _, _, beside in ready:
            with suppress(OSError):
                os.unlink(beside)
    return changed


def may_be_written(path: str) -> bool:
    """Return whether the file's own mode allows it; its folder alone would let anybody replace it."""
    return bool(os.stat(path).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def leaves(path: str, roots: Iterable[str]) -> bool:
    """Tell whether a path leads out of the trees that were named, by a symbolic link; `roots` are their real paths."""
    real = os.path.realpath(path)
    return not any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _prepared(path: str, data: bytes) -> tuple[str, str, str]:
    target = os.path.realpath(path)  # a symbolic link stays one
    old = os.stat(target)
    descriptor, beside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=f".krea-{os.getpid()}-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            _take_over(old, beside)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    return path, target, beside


def _take_over(old: os.stat_result, beside: str) -> None:
    """Give the new file the owner, where that is allowed, and the mode of the old one."""
    new = os.stat(beside)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):
            os.chown(beside, old.st_uid, old.st_gid)
    os.chmod(beside, stat.S_IMODE(old.st_mode))


def _tidy(folder: str) -> None:
    """Remove the files that runs which were killed have left in a folder."""
    with suppress(OSError), os.scandir(folder) as result:
        for entry in result:
            beside = _BESIDE.fullmatch(entry.name)
            if beside and not _at_work(int(beside[1])):
                with suppress(OSError):
                    os.unlink(entry.path)


def _at_work(process: int) -> bool:
    """Return whether another process of this number is there, or nobody can say."""
    if process == os.getpid():
        return False
    if os.name != "posix":  # elsewhere signal 0 is a real one
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _sync(folder: str) -> None:
    # The new name itself must survive a power cut; some systems cannot open a folder.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
