"""Results on disk: a temporary file beside the target, judged when it is whole, renamed last; never a half-written file."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from krea_client import media
from krea_client.effects import Spoiled
from krea_client.errors import JobEmpty, SaveFailed
from krea_client.jobs import Job
from krea_client.policies import RETRYABLE_READS

_HEAD = 64  # bytes that tell a format


class Download:
    """One result on its way to one file; a `Landing`.

    Args:
        target: the file's name, or its stem where `naming` is True.
        naming: the ending is chosen by the content type.
        overwrite: an existing file may be replaced.
    """

    def __init__(self, target: Path, *, naming: bool, overwrite: bool) -> None:
        self._target = target
        self._naming = naming
        self._overwrite = overwrite
        self._name = target
        self._file: BinaryIO | None = None
        self._headers: Mapping[str, str] = {}

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Takes the head of an answer.

        Raises:
            Spoiled: it is not a result.
            SaveFailed: there can be no file there.
        """
        if status != 200:
            gone = " (results do not stay for ever: run it again)" if status in (403, 404, 410) else ""
            raise Spoiled(f"its host answered {status}{gone}", again=status in RETRYABLE_READS)
        self.abandon()
        self._headers = headers
        with _on_disk(self._target):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._name = self._target.with_name(f".{self._target.name[:40]}.{secrets.token_hex(8)}.part")
            self._file = self._name.open("x+b")

    def write(self, chunk: bytes) -> None:
        """Takes the next bytes.

        Raises:
            SaveFailed: the disk takes no more.
        """
        if self._file is not None:
            with _on_disk(self._target):
                self._file.write(chunk)

    def finish(self) -> Path:
        """Judges the whole and gives the path that it was kept under.

        Raises:
            Spoiled: it is not whole, or not a media file.
            SaveFailed: the target exists, or the disk does not take the file.
        """
        file = self._file
        if file is None:
            raise Spoiled("nothing came", again=True)
        with _on_disk(self._target):
            self._judge(file)
            file.flush()
            os.fsync(file.fileno())
            target = self._named(file)
            file.close()
            self._file = None
            self._keep(target)
        return target

    def abandon(self) -> None:
        """Leaves nothing behind."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._name.unlink(missing_ok=True)

    def _judge(self, file: BinaryIO) -> None:
        size = file.tell()
        stated = self._headers.get("content-length", "")
        if stated.isdigit() and "content-encoding" not in self._headers and size != int(stated):
            raise Spoiled(f"{size} of {stated} bytes came", again=True)
        file.seek(0)
        head = file.read(_HEAD)
        if media.is_page(self._headers.get("content-type"), head):
            kind = self._headers.get("content-type") or "a page"
            raise Spoiled(f"it is no media file but {kind}", again=False)
        fault = media.fault_in(file)
        if fault:
            raise Spoiled(f"the file is not whole: {fault}", again=True)

    def _named(self, file: BinaryIO) -> Path:
        if not self._naming:
            return self._target
        file.seek(0)
        ending = media.ending_for(self._headers.get("content-type"), file.read(_HEAD))
        return self._target.with_name(self._target.name + (ending or ".bin"))

    def _keep(self, target: Path) -> None:
        try:
            if self._overwrite:
                self._name.replace(target)
            else:
                _move_without_replacing(self._name, target)
        except FileExistsError:
            raise _exists(target) from None
        finally:
            self._name.unlink(missing_ok=True)


@contextmanager
def _on_disk(target: Path) -> Generator[None]:
    try:
        yield
    except OSError as fault:
        text = f"{target} could not be written: {fault.strerror or fault}; choose another place or make room"
        raise SaveFailed(text, path=str(target)) from fault


def _move_without_replacing(source: Path, target: Path) -> None:
    try:
        os.link(source, target)  # fails when the target exists, however late it appeared
    except FileExistsError:
        raise
    except OSError:  # no hard links on this file system
        if target.exists():
            raise FileExistsError(target) from None
        source.rename(target)


def _exists(target: Path) -> SaveFailed:
    return SaveFailed(f"{target} exists already: choose another name or give overwrite=True", path=str(target))


def plan(job: Job, target: str | os.PathLike[str], *, overwrite: bool) -> Sequence[tuple[str, Download]]:
    """Where each result of a job goes: (url, download) in the API's order.

    A folder (an existing one, or a name that ends with a separator) gets files named by the job and their content type; a
    file's name is taken as it is, numbered from the second result on.

    Raises:
        JobEmpty: the job has no results.
        SaveFailed: a target exists.
    """
    urls = job.urls
    if not urls:
        state = "is completed without results" if job.finished else f"is {job.status or 'running'}: wait for it first"
        raise JobEmpty(f"job {job.id} {state}; there is nothing to save", job)
    where = Path(target)
    folder = where.is_dir() or str(os.fspath(target)).endswith((os.sep, "/"))
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", job.id)[:64]
    downloads: list[tuple[str, Download]] = []
    for number, url in enumerate(urls, 1):
        mark = "" if number == 1 else f"-{number}"
        path = where / f"{stem}{mark}" if folder else where.with_name(f"{where.stem}{mark}{where.suffix}")
        if not folder and not overwrite and path.exists():
            raise _exists(path)
        downloads.append((url, Download(path, naming=folder, overwrite=overwrite)))
    return downloads
