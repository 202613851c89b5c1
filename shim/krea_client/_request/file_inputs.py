"""Local files on their way to the API: what a caller gives as one, what it is, whether it may be uploaded."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from krea_client._request import file_formats
from krea_client.errors import Problem, RequestInvalid

CHUNK = 1 << 20  # bytes


class FileInput:
    """A file that can be read again and again: a path, bytes, or an open binary file that can seek.

    Attributes:
        name: what to call it.
        size: in bytes.
        content_type: by its own first bytes, or None where they are not known.
    """

    def __init__(self, given: object, name: str | None = None) -> None:
        """Takes note of a file without reading it whole.

        Raises:
            RequestInvalid: it is no file, or cannot be read.
        """
        self._path: Path | None = None
        self._bytes: bytes | None = None
        self._file: BinaryIO | None = None
        if isinstance(given, (bytes, bytearray, memoryview)):
            self._bytes = bytes(cast("bytes", given))
            self.size: int = len(self._bytes)
        elif isinstance(given, os.PathLike):
            self._path = Path(cast("os.PathLike[str]", given))
            self.size = _size_of(self._path)
        elif is_file(given):
            self._file = cast("BinaryIO", given)
            self._start = self._file.tell()
            self.size = self._file.seek(0, os.SEEK_END) - self._start
        else:
            raise _refused(type(given).__name__, "is no file", "give a path, bytes or a binary file that can seek")
        with self.open() as file:
            head = file.read(64)
        ending = file_formats.extension_by_signature(head)
        self.content_type: str | None = file_formats.content_type_for(ending)
        self.name: str = name or self._own_name(ending)

    def _own_name(self, ending: str) -> str:
        if self._path is not None:
            return self._path.name
        own = getattr(self._file, "name", None)
        return Path(own).name if isinstance(own, str) else f"file{ending}"

    def open(self) -> BinaryIO:
        """The file from its beginning; closing it leaves a caller's own file open."""
        if self._path is not None:
            return self._path.open("rb")
        if self._bytes is not None:
            return io.BytesIO(self._bytes)
        if self._file is None:
            raise ValueError("a source without content")
        self._file.seek(self._start)
        return cast("BinaryIO", _Borrowed(self._file, self._start, self.size))

    def digest(self) -> str:
        """What tells equal contents: a SHA-256, read in pieces."""
        told = hashlib.sha256()
        with self.open() as file:
            while piece := file.read(CHUNK):
                told.update(piece)
        return told.hexdigest()

    def check(self, limits: Mapping[str, Any]) -> None:
        """Refuses what the API would refuse.

        Args:
            limits: `megabytes`, and `types` by file ending, from the spec.

        Raises:
            RequestInvalid: it is empty, too large, or of a kind that the API does not take.
        """
        most, types = limits["megabytes"] * 1024 * 1024, sorted(set(limits["types"].values()))
        if not self.size:
            raise _refused(self.name, "is empty", "give a file with content")
        if self.size > most:
            rule = f"has {self.size} bytes, must have at most {most}"
            raise _refused(self.name, rule, "make it smaller, or give the public address of the file")
        if self.content_type not in types:
            kind = self.content_type or "of no kind that is known"
            raise _refused(self.name, f"is {kind}", f"give one of {', '.join(types)}")


class _Borrowed(io.RawIOBase):
    """A caller's file, read from where it stood, and left open."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self._size}[whence]
        return self._file.seek(self._start + base + offset) - self._start

    def tell(self) -> int:
        return self._file.tell() - self._start


def is_file(value: object) -> bool:
    """True for a path, bytes, or an open binary file that can seek: what is uploaded where a media URL is expected."""
    if isinstance(value, (bytes, bytearray, memoryview, os.PathLike)):
        return True
    seekable: Callable[[], bool] | None = getattr(value, "seekable", None)
    return seekable is not None and hasattr(value, "read") and not isinstance(value, io.TextIOBase) and seekable()


def _size_of(path: Path) -> int:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _refused(str(path), "is no file", "give the path of a file")
    except OSError as fault:
        raise _refused(str(path), f"cannot be read: {fault.strerror}", "check the path") from None
    return size


def _refused(name: str, rule: str, remedy: str) -> RequestInvalid:
    return RequestInvalid(None, [Problem(name, rule, remedy)])
