"""Results on disk: a temporary file beside the target, judged when it is whole, renamed last; never a half-written file."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from krea_client._core.effects import InvalidDownload
from krea_client._core.policies import RETRYABLE_READS
from krea_client._request import file_formats
from krea_client.errors import JobEmpty, SaveFailed
from krea_client.jobs import Job, Output

_HEAD = 64  # bytes that tell a format
_COUNT = re.compile("[0-9]{1,18}")
MOST_BYTES = 8 << 30  # of one result, unless told otherwise; no documented model makes so much
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


class Download:
    """One result on its way to one file; a `DownloadSink`. What broke off is taken up again where its host allows that.

    Args:
        target: the file's name, or its stem where `naming` is True.
        naming: the ending is chosen by the content type.
        overwrite: an existing file may be replaced.
        most: bytes that the file may have.
    """

    def __init__(self, target: Path, *, naming: bool, overwrite: bool, most: int = MOST_BYTES) -> None:
        self._target = target
        self._naming = naming
        self._overwrite = overwrite
        self._most = most
        self._name = target
        self._file: BinaryIO | None = None
        self._headers: Mapping[str, str] = {}
        self._whole: int | None = None  # bytes that the whole file has, where its host told

    @property
    def came(self) -> int:
        """How many bytes of the file are there already."""
        return self._file.tell() if self._file is not None else 0

    def wants(self) -> Mapping[str, str]:
        """Headers that ask for the rest of the very file that has begun to come; nothing where there is none."""
        mark = self._headers.get("etag", "")
        if not self.came or not mark.startswith('"'):  # a weak tag does not promise the same bytes
            return {}
        return {"range": f"bytes={self.came}-", "if-range": mark}

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Takes the head of an answer.

        Raises:
            InvalidDownload: it is not a result.
            SaveFailed: there can be no file there.
        """
        if status == 206 and self._goes_on(headers):
            return
        self.abandon()
        if status in (206, 416):
            raise InvalidDownload(f"its host answered {status}, with another part than was asked for", again=True)
        if status != 200:
            gone = " (results do not stay for ever: run it again)" if status in (403, 404, 410) else ""
            raise InvalidDownload(f"its host answered {status}{gone}", again=status in RETRYABLE_READS)
        self._headers = headers
        stated = headers.get("content-length", "")
        self._whole = int(stated) if _COUNT.fullmatch(stated) and "content-encoding" not in headers else None
        self._within(self._whole or 0)
        with _on_disk(self._target):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._name = self._target.with_name(f".{self._target.name[:40]}.{secrets.token_hex(8)}.part")
            self._file = self._name.open("x+b")

    def _goes_on(self, headers: Mapping[str, str]) -> bool:
        return (
            self.came > 0
            and headers.get("etag") == self._headers.get("etag")
            and headers.get("content-range", "").startswith(f"bytes {self.came}-")
        )

    def _within(self, size: int) -> None:
        if size > self._most:
            text = f"{self._target} was not written: the result has more than {self._most} bytes; give most_bytes= for more"
            raise SaveFailed(text, path=str(self._target))

    def write(self, chunk: bytes) -> None:
        """Takes the next bytes.

        Raises:
            SaveFailed: they are too many, or the disk takes no more.
        """
        if self._file is not None:
            self._within(self.came + len(chunk))
            with _on_disk(self._target):
                self._file.write(chunk)

    def finish(self) -> Path:
        """Judges the whole and gives the path that it was kept under.

        Raises:
            InvalidDownload: it is not whole, or not a media file.
            SaveFailed: the target exists, or the disk does not take the file.
        """
        file = self._file
        if file is None:
            raise InvalidDownload("nothing came", again=True)
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
        if self._whole is not None and size < self._whole:
            raise InvalidDownload(f"{size} of {self._whole} bytes came", again=True)
        file.seek(0)
        head = file.read(_HEAD)
        if file_formats.is_page(self._headers.get("content-type"), head):
            kind = self._headers.get("content-type") or "a page"
            raise InvalidDownload(f"it is no media file but {kind}", again=False)
        fault = file_formats.find_defect(file)
        if fault is None and file_formats.lacks_signature(self._headers.get("content-type"), head):
            fault = f"it does not begin like {self._headers.get('content-type')}"
        more = self._whole is not None and size > self._whole
        if fault or more:
            self.abandon()  # what came is wrong, so nothing can be added to it
            raise InvalidDownload(
                f"{size} of {self._whole} bytes came" if more else f"the file is not whole: {fault}", again=True
            )

    def _named(self, file: BinaryIO) -> Path:
        if not self._naming:
            return self._target
        file.seek(0)
        ending = file_formats.extension_for(self._headers.get("content-type"), file.read(_HEAD))
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


def plan(
    job: Job | str, target: str | os.PathLike[str], *, overwrite: bool, most_bytes: int | None = None
) -> Sequence[tuple[str, Download]]:
    """Where each result of a job, or the one at an address, goes: (url, download) in the API's order.

    A folder (an existing one, or a name that ends with a separator) gets files named by the job and their content type; a
    file's name is taken as it is, numbered from the second result on. Without an ending it gets that of the content, and so does
    a result of another kind than the first, such as the preview of a 3D model.

    Raises:
        JobEmpty: the job has no results.
        SaveFailed: a target exists.
        ValueError: a text is no address.
    """
    outputs, stem = _results(job)
    where = Path(target)
    folder = where.is_dir() or str(os.fspath(target)).endswith((os.sep, "/"))
    most = MOST_BYTES if most_bytes is None else most_bytes
    downloads: list[tuple[str, Download]] = []
    for number, output in enumerate(outputs, 1):
        mark = "" if number == 1 else f"-{number}"
        naming = folder or not where.suffix or output.kind != outputs[0].kind
        path = (
            where / f"{stem}{mark}"
            if folder
            else where.with_name(f"{where.stem}{mark}{'' if naming else where.suffix}")
        )
        if not naming and not overwrite and path.exists():
            raise _exists(path)
        downloads.append((output.url, Download(path, naming=naming, overwrite=overwrite, most=most)))
    return downloads


def _results(job: Job | str) -> tuple[Sequence[Output], str]:
    if isinstance(job, str):
        if not job.startswith(("https://", "http://")):
            raise ValueError(
                f"{job!r} is no address: give a completed job, such as krea.wait({job!r}), or a result's address"
            )
        return [Output(job)], _safe(PurePosixPath(urlsplit(job).path).stem)
    if not job.outputs:
        state = "is completed without results" if job.finished else f"is {job.status or 'running'}: wait for it first"
        raise JobEmpty(f"job {job.id} {state}; there is nothing to save", job)
    return job.outputs, _safe(job.id)


def _safe(job_id: str) -> str:
    """A file name made of an id that the network gave: no folder, no device, no option of a command."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", job_id)[:64]
    return f"job-{stem}" if stem.startswith("-") or stem.lower() in _DEVICES else stem or "job"
