"""Save results: a temporary file beside the target, checked when it is complete, renamed last; never a half-written file."""

from __future__ import annotations

import io
import os
import re
import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from krea_client._core.effects import InvalidDownload
from krea_client._core.policies import RETRYABLE_READS
from krea_client._request import file_checks, file_formats
from krea_client.errors import JobEmpty, SaveFailed
from krea_client.jobs import COMPLETED, Job, Output, RunResult

_COUNT = re.compile("[0-9]{1,18}")
MOST_BYTES = 8 << 30  # of one result, unless told otherwise; no documented model makes so much
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


OnDownload = Callable[[int, int | None], object]  # bytes that have come, and the size or None


class Download:
    """One result on its way to one file; a `DownloadSink`. What broke off is continued where its host allows that.

    Args:
        target: the file's name, or its stem where `naming` is True.
        naming: the extension is chosen by the content.
        overwrite: an existing file may be replaced.
        limit: bytes that the file may have.
        url: the result's address, whose extension may tell its format.
        job_id: the job that it is of, for errors.
    """

    def __init__(
        self,
        target: Path,
        *,
        naming: bool,
        overwrite: bool,
        limit: int = MOST_BYTES,
        url: str = "",
        job_id: str | None = None,
    ) -> None:
        self.job_id = job_id
        self._target = target
        self._naming = naming
        self._overwrite = overwrite
        self._limit = limit
        self._url_extension = _extension_of_address(url)
        self._name = target
        self._file: BinaryIO | None = None
        self._headers: Mapping[str, str] = {}
        self._whole: int | None = None  # bytes that the whole file has, where its host states them
        self._on_progress: OnDownload | None = None
        self._stopped = False

    def stop(self) -> None:
        """End the download at its next bytes, from any thread."""
        self._stopped = True

    def report_to(self, on_progress: OnDownload | None) -> None:
        """Call this after each chunk."""
        self._on_progress = on_progress

    @property
    def came(self) -> int:
        """Return how many bytes of the file are there already."""
        return self._file.tell() if self._file is not None else 0

    def wants(self) -> Mapping[str, str]:
        """Return headers that ask for the rest of the very file that has begun to come; none where there is none."""
        mark = self._headers.get("etag", "")
        # A weak tag does not promise the same bytes, and the rest of an encoded file cannot be decoded.
        if not self.came or not mark.startswith('"') or "content-encoding" in self._headers:
            return {}
        return {"range": f"bytes={self.came}-", "if-range": mark}

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the head of a response.

        Raises:
            InvalidDownload: it is not a result, or it was stopped.
            SaveFailed: no file can be written there.
        """
        self._refuse_stopped()
        if status == 206 and self._goes_on(headers):
            return
        self.abandon()
        if status in (206, 416):
            raise InvalidDownload(f"its host answered {status}, with another part than was requested", again=True)
        if status != 200:
            hint = " (results do not stay for ever: run it again)" if status in (403, 404, 410) else ""
            raise InvalidDownload(f"its host answered {status}{hint}", again=status in RETRYABLE_READS)
        self._headers = headers
        length = headers.get("content-length", "")
        self._whole = int(length) if _COUNT.fullmatch(length) and "content-encoding" not in headers else None
        self._within(self._whole or 0)
        with _on_disk(self._target, self.job_id):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._name = self._target.with_name(f".{self._target.name[:40]}.{secrets.token_hex(8)}.part")
            self._file = self._name.open("x+b")
        if self._stopped:  # meanwhile, by a thread that has abandoned it and found no file
            self.abandon()
            self._refuse_stopped()

    def _refuse_stopped(self) -> None:
        if self._stopped:
            raise InvalidDownload("it was interrupted", again=False)

    def _goes_on(self, headers: Mapping[str, str]) -> bool:
        return (
            self.came > 0
            and headers.get("etag") == self._headers.get("etag")
            and headers.get("content-range", "").startswith(f"bytes {self.came}-")
        )

    def _within(self, size: int) -> None:
        if size > self._limit:
            text = f"{self._target} was not written: the result has more than {self._limit} bytes; give most_bytes= for more"
            raise SaveFailed(text, path=str(self._target), job_id=self.job_id)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            SaveFailed: they are too many, or the disk takes no more.
        """
        self._refuse_stopped()
        if self._file is not None:
            self._within(self.came + len(chunk))
            with _on_disk(self._target, self.job_id):
                self._file.write(chunk)
            if self._on_progress is not None:
                self._on_progress(self.came, self._whole)

    def finish(self) -> Path:
        """Check the whole and return the path that it was saved under.

        Raises:
            InvalidDownload: it is not complete, or not a result.
            SaveFailed: the target exists, or the disk does not take the file.
        """
        self.verify()
        return self.store()

    def verify(self) -> None:
        """Check the whole, and leave it where it is.

        Raises:
            InvalidDownload: it is not complete, or not a result.
        """
        if self._file is None:
            raise InvalidDownload("nothing came", again=True)
        with _on_disk(self._target, self.job_id):
            self._check(self._file)

    def store(self) -> Path:
        """Keep what was verified, and return the path that it was saved under.

        Raises:
            SaveFailed: the target exists, or the disk does not take the file.
        """
        file = self._file
        if file is None:
            raise InvalidDownload("nothing came", again=True)
        with _on_disk(self._target, self.job_id):
            file.flush()
            os.fsync(file.fileno())
            target = self._named(file)
            file.close()
            self._file = None
            self._keep(target)
        return target

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._name.unlink(missing_ok=True)
        self._headers = {}

    def _check(self, file: BinaryIO) -> None:
        size = file.tell()
        if self._whole is not None and size < self._whole:
            raise InvalidDownload(f"{size} of {self._whole} bytes came", again=True)
        file.seek(0)
        head = file.read(file_checks.HEAD)
        content_type = self._headers.get("content-type")
        name_extension = "" if self._naming else self._target.suffix.lower()
        text = file_formats.foreign_text(
            content_type, head, url_extension=self._url_extension, name_extension=name_extension
        )
        if text is not None:
            raise InvalidDownload(f"it is no media file but {text}", again=False)
        defect = file_checks.find_defect(file)
        if defect is None and file_formats.lacks_signature(content_type, head):
            defect = f"it does not begin like {file_formats.media_type_of(content_type)}"
        more = self._whole is not None and size > self._whole
        file.seek(0, os.SEEK_END)
        if defect or more:
            self.abandon()  # what came is wrong, so nothing can be added to it
            raise InvalidDownload(
                f"{size} of {self._whole} bytes came" if more else f"the file is not whole: {defect}", again=True
            )

    def _named(self, file: BinaryIO) -> Path:
        if not self._naming:
            return self._target
        file.seek(0)
        head = file.read(file_checks.HEAD)
        extension = file_formats.extension_for(self._headers.get("content-type"), head, self._url_extension)
        extension = extension or (".stl" if file_checks.is_binary_stl(file) else ".bin")
        return self._target.with_name(self._target.name + extension)

    def _keep(self, target: Path) -> None:
        try:
            if self._overwrite:
                self._name.replace(target)
            else:
                _move_without_replacing(self._name, target)
        except FileExistsError:
            raise _exists(target, self.job_id) from None
        finally:
            self._name.unlink(missing_ok=True)


@contextmanager
def _on_disk(target: Path, job_id: str | None) -> Generator[None]:
    try:
        yield
    except OSError as fault:
        text = f"{target} could not be written: {fault.strerror or fault}; choose another place or make room"
        raise SaveFailed(text, path=str(target), job_id=job_id) from fault


def _move_without_replacing(source: Path, target: Path) -> None:
    try:
        os.link(source, target)  # fails when the target exists, however late it appeared
    except FileExistsError:
        raise
    except (AttributeError, OSError):  # no hard links on this platform, or on this file system
        if target.exists():
            raise FileExistsError(target) from None
        source.rename(target)


def _exists(target: Path, job_id: str | None) -> SaveFailed:
    text = f"{target} exists already: choose another name or give overwrite=True"
    return SaveFailed(text, path=str(target), job_id=job_id)


def _extension_of_address(url: str) -> str:
    try:
        return file_formats.extension_in(PurePosixPath(urlsplit(url).path).name)
    except ValueError:
        return ""


class StreamDownload:
    """One result on its way into a file object of the caller's; a `DownloadSink`. Nothing is written before it is complete.

    Args:
        target: the file object.
        url, job_id, limit: as for `Download`.
    """

    def __init__(self, target: BinaryIO, *, url: str, job_id: str | None, limit: int = MOST_BYTES) -> None:
        self.job_id = job_id
        self._target = target
        self._folder = TemporaryDirectory(prefix="krea-client-")
        path = Path(self._folder.name, "result")
        self._inner = Download(path, naming=False, overwrite=True, limit=limit, url=url, job_id=job_id)

    def stop(self) -> None:
        """End the download at its next bytes, from any thread."""
        self._inner.stop()

    def report_to(self, on_progress: OnDownload | None) -> None:
        """Call this after each chunk."""
        self._inner.report_to(on_progress)

    @property
    def came(self) -> int:
        """Return how many bytes of the file are there already."""
        return self._inner.came

    def wants(self) -> Mapping[str, str]:
        """Return headers that ask for the rest of the file."""
        return self._inner.wants()

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the head of a response."""
        self._inner.begin(status, headers)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._inner.write(chunk)

    def finish(self) -> None:
        """Check the whole and write it into the file object.

        Raises:
            InvalidDownload: it is not complete, or not a result.
        """
        with self._inner.finish().open("rb") as file:
            copyfileobj(file, self._target)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._inner.abandon()
        self._folder.cleanup()


def plan(
    job: Job | str, target: str | os.PathLike[str] | BinaryIO, *, overwrite: bool, most_bytes: int | None = None
) -> Sequence[tuple[str, Download | StreamDownload]]:
    """Return where each result of a job, or the one at an address, goes: (url, download) in the API's order.

    A folder (an existing one, or a name that ends with a separator) gets files named by the job and their content; a
    file's name is taken as it is, numbered from the second result on. A name without an extension gets that of the content,
    and so does a result of another kind than the first, such as the preview of a 3D model.

    Raises:
        JobEmpty: the job has no results.
        SaveFailed: a target exists.
        ValueError: a text is no address, or several results would go into one file object.
        TypeError: the target is neither a path nor a binary file object.
    """
    if not isinstance(target, (str, os.PathLike)):
        return [plan_stream(job, target, most_bytes=most_bytes)]
    outputs, stem = _results(job)
    job_id = job.id if isinstance(job, Job) else None
    where = Path(target)
    folder = _is_folder(target)
    extension = "" if folder else where.suffix if file_formats.extension_in(where.name) else ""
    base = where.name.removesuffix(extension) if extension else where.name
    limit = MOST_BYTES if most_bytes is None else most_bytes
    downloads: list[tuple[str, Download]] = []
    for number, output in enumerate(outputs, 1):
        mark = "" if number == 1 else f"-{number}"
        naming = not extension or output.kind != outputs[0].kind
        path = where / f"{stem}{mark}" if folder else where.with_name(f"{base}{mark}{'' if naming else extension}")
        if not naming and not overwrite and path.exists():
            raise _exists(path, job_id)
        download = Download(path, naming=naming, overwrite=overwrite, limit=limit, url=output.url, job_id=job_id)
        downloads.append((output.url, download))
    return downloads


def refuse_target(target: str | os.PathLike[str], *, overwrite: bool) -> None:
    """Refuse a target before anything is paid for, where it is known already that no result can be saved there.

    Raises:
        SaveFailed: a file of this name exists, or what should be its folder is none that can be written to.
    """
    where, sent = Path(target), "nothing was sent"
    try:
        if not overwrite and not _is_folder(target) and file_formats.extension_in(where.name) and where.exists():
            text = f"{where} exists already ({sent}): choose another name or give overwrite=True"
            raise SaveFailed(text, path=str(where))
        folder = where if _is_folder(target) else where.parent
        while not (folder.exists() or folder == folder.parent):
            folder = folder.parent
        writable = folder.is_dir() and os.access(folder, os.W_OK)
    except OSError as fault:  # such as a name that is too long
        raise SaveFailed(f"{where} cannot be written ({sent}): {fault.strerror or fault}", path=str(where)) from fault
    if not writable:
        text = f"{where} cannot be written ({sent}): {folder} is not a folder that you may write to"
        raise SaveFailed(text, path=str(where))


def _is_folder(target: str | os.PathLike[str]) -> bool:
    return Path(target).is_dir() or os.fspath(target).endswith((os.sep, "/"))


def plan_stream(job: Job | str, target: Any, *, most_bytes: int | None = None) -> tuple[str, StreamDownload]:
    """Return the address of a job's only result, and its download into a file object; raise what `plan` raises."""
    if not hasattr(target, "write") or isinstance(target, io.TextIOBase):
        raise TypeError(f"the target is of type {type(target).__name__}; give a path or a binary file object")
    outputs, _ = _results(job)
    if len(outputs) > 1:
        raise ValueError(
            f"the job has {len(outputs)} results, and a file object takes one; give a folder, or one of job.urls"
        )
    job_id = job.id if isinstance(job, Job) else None
    limit = MOST_BYTES if most_bytes is None else most_bytes
    return outputs[0].url, StreamDownload(target, url=outputs[0].url, job_id=job_id, limit=limit)


def _state_of(job: Job) -> str:
    failure = job.failure if isinstance(job, RunResult) else None
    if failure is not None:
        return f"{f'job {job.id}' if job.id else 'the request'} has no result: {failure}"
    if not job.finished:
        return f"job {job.id} is {job.status or 'running'}; wait for it first"
    return f"job {job.id} is {job.status}" + (" without results" if job.status == COMPLETED else "")


def _results(job: Job | str) -> tuple[Sequence[Output], str]:
    if isinstance(job, str):
        if not job.startswith(("https://", "http://")):
            raise ValueError(
                f"{job!r} is no address: give a completed job, such as krea.wait({job!r}), or a result's address"
            )
        return [Output(job)], _safe(PurePosixPath(urlsplit(job).path).stem)
    if not job.outputs:
        raise JobEmpty(f"there is nothing to save: {_state_of(job)}", job)
    return job.outputs, _safe(job.id)


def _safe(job_id: str) -> str:
    """Return a file name made of an id that the network gave: no folder, no device, no option of a command."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", job_id)[:64]
    return f"job-{stem}" if stem.startswith("-") or stem.lower() in _DEVICES else stem or "job"
