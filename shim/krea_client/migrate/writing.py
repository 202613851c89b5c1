"""Writing files so that at any moment each of them is whole: the old one or the new one."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress


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
    """Replaces the files: all new ones are first written and synced beside the old ones, then each takes its place.

    Raises:
        NotWritten: a disk is full or a folder is read-only; no file is left half written.
    """
    ready: list[tuple[str, str, str]] = []
    changed: list[str] = []
    path = ""
    try:
        for path, data in files.items():
            ready.append(_prepared(path, data))
        while ready:
            path, target, beside = ready[0]
            os.replace(beside, target)
            ready.pop(0)
            changed.append(path)
            _sync(os.path.dirname(target) or ".")
    except OSError as error:
        raise NotWritten(path, error.strerror or str(error), changed) from None
    finally:
        for _, _, beside in ready:
            with suppress(OSError):
                os.unlink(beside)
    return changed


def may_be_written(path: str) -> bool:
    """The file's own mode allows it; its folder alone would let anybody replace it."""
    return bool(os.stat(path).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def _prepared(path: str, data: bytes) -> tuple[str, str, str]:
    target = os.path.realpath(path)  # a symbolic link stays one
    mode = os.stat(target).st_mode
    descriptor, beside = tempfile.mkstemp(dir=os.path.dirname(target) or ".", prefix=".krea-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, stat.S_IMODE(mode))
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    return path, target, beside


def _sync(folder: str) -> None:
    # The new name itself must survive a power cut; some systems cannot open a folder.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
