"""Files as multipart forms: opened when they are sent, closed afterwards, counted in between."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, BinaryIO

from krea_client._core.effects import Upload
from krea_client._transport.exchange import TimedExchange

_NO_FORM = nullcontext[dict[str, Any]]({})


def open_form(upload: Upload | None, exchange: TimedExchange) -> AbstractContextManager[dict[str, Any]]:
    """Return what httpx wants to know of a form with a file, which is closed at the end; nothing for a call without one."""
    return _NO_FORM if upload is None else _open_form(upload, exchange)


@contextmanager
def _open_form(upload: Upload, exchange: TimedExchange) -> Generator[dict[str, Any], None, None]:
    with upload.open() as file:
        yield {
            "data": upload.fields,
            "files": {"file": (upload.name, _UploadedFile(file, upload, exchange), upload.content_type)},
        }


class _UploadedFile:
    """A file that reports how far it has been read."""

    def __init__(self, file: BinaryIO, upload: Upload, exchange: TimedExchange) -> None:
        self._file = file
        self._upload = upload
        self._exchange = exchange

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        if piece:
            self._exchange.progress()
        if self._file.tell() >= self._upload.size:
            self._exchange.upload_complete = True  # the last piece may arrive from now on
        if self._upload.on_progress is not None and piece:
            self._upload.on_progress(self._file.tell(), self._upload.size)
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
