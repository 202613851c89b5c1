"""Local files to upload: what a caller may give as one, its type, and whether the API accepts it."""

from __future__ import annotations

import hashlib
import inspect
import io
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from krea_client._request import file_formats, picture_objects
from krea_client.errors import Problem, RequestInvalid

CHUNK = 1 << 20  # bytes
_logger = logging.getLogger("krea_client")


class FileInput:
    """A file that can be read again and again: a path, bytes, an open binary file that can seek, or a picture in memory.

    Attributes:
        name: the file name to send.
        size: the number of bytes.
        content_type: the type by the file's first bytes, or None where they are not known.
    """

    def __init__(self, value: object, name: str | None = None) -> None:
        """Open a file as far as its size and type need, without reading it whole.

        Raises:
            RequestInvalid: the value is no file, or cannot be read.
        """
        kind = type(value).__name__
        file_name = getattr(value, "filename", None)  # of the upload objects of web frameworks
        name = name or (file_name if isinstance(file_name, str) and file_name else None)
        value = _encoded(file_in(value))
        self._path: Path | None = None
        self._bytes: bytes | None = None
        self._file: BinaryIO | None = None
        if isinstance(value, (bytes, bytearray, memoryview)):
            self._bytes = bytes(cast("bytes", value))
            self.size: int = len(self._bytes)
        elif isinstance(value, os.PathLike):
            self._path = Path(cast("os.PathLike[str]", value))
            self.size = _size_of(self._path)
        elif value is not None:
            self._file = cast("BinaryIO", value)
            self._start = self._file.tell()
            self.size = self._file.seek(0, os.SEEK_END) - self._start
            if self._start and not self.size:  # it was just written
                _logger.info("a %s to upload stood at its end, so it is read from its beginning", kind)
                self._start, self.size = 0, self._start
        else:
            raise _refused(kind, "is no file", "give bytes, a Path or a binary file that can seek")
        with self.open() as file:
            head = file.read(64)
        self._rewind()
        ending = file_formats.extension_by_signature(head)
        self.content_type: str | None = file_formats.content_type_for(ending)
        self.name: str = name or self._own_name(ending)

    def _own_name(self, ending: str) -> str:
        if self._path is not None:
            return self._path.name
        file_name = getattr(self._file, "name", None)
        return Path(file_name).name if isinstance(file_name, str) else f"file{ending}"

    def open(self) -> BinaryIO:
        """Return the file from its beginning; closing it leaves a caller's own file open."""
        if self._path is not None:
            return self._path.open("rb")
        if self._bytes is not None:
            return io.BytesIO(self._bytes)
        if self._file is None:
            raise ValueError("a source without content")
        self._file.seek(self._start)
        return cast("BinaryIO", _FileView(self._file, self._start, self.size))

    def digest(self) -> str:
        """Return the SHA-256 of the content, read in pieces."""
        sha256 = hashlib.sha256()
        with self.open() as file:
            while piece := file.read(CHUNK):
                sha256.update(piece)
        self._rewind()
        return sha256.hexdigest()

    def _rewind(self) -> None:
        """Leave a caller's file where it was, so that a second request with it has the same content."""
        if self._file is not None:
            self._file.seek(self._start)

    def check(self, limits: Mapping[str, Any]) -> None:
        """Refuse what the API would refuse.

        Args:
            limits: `megabytes`, and `types` by file ending, from the spec.

        Raises:
            RequestInvalid: the file is empty, too large, or of a type that the API does not take.
        """
        most, types = limits["megabytes"] * 1024 * 1024, sorted(set(limits["types"].values()))
        if not self.size:
            raise _refused(self.name, "is empty", "give a file with content")
        if self.size > most:
            rule = f"has {self.size} bytes, must have at most {most}"
            raise _refused(self.name, rule, "make it smaller, or give the public address of the file")
        if self.content_type not in types:
            media_type = self.content_type or "of an unknown type"
            raise _refused(self.name, f"is {media_type}", f"give one of {', '.join(types)}")


class _FileView(io.RawIOBase):
    """A caller's file, read from the position at which it was given, and left open."""

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


def file_in(value: object) -> object | None:
    """Return what can be uploaded of a value: a path, bytes, an open binary file that can seek, or a picture; None for anything else.

    The upload objects of web frameworks have such a file in an attribute.
    """
    inner_files = (getattr(value, name, None) for name in ("file", "stream"))
    return next((candidate for candidate in (value, *inner_files) if _can_be_uploaded(candidate)), None)


def _can_be_uploaded(value: object) -> bool:
    is_content = isinstance(value, (bytes, bytearray, memoryview, os.PathLike))
    return is_content or picture_objects.is_picture(value) or _is_binary_file(value)


def _encoded(value: object | None) -> object | None:
    if not picture_objects.is_picture(value):
        return value
    try:
        return picture_objects.png_of(value)
    except ValueError as fault:
        rule, _, remedy = str(fault).partition(": ")
        raise _refused(type(value).__name__, rule, remedy) from None


def _is_binary_file(value: object) -> bool:
    seekable: Callable[[], bool] | None = getattr(value, "seekable", None)
    if seekable is None or isinstance(value, io.TextIOBase):
        return False
    read = getattr(value, "read", None)
    if read is None or inspect.iscoroutinefunction(read):
        return False
    return seekable() is True


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
