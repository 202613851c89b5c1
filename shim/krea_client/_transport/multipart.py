"""Files on their way out, as the HTTP library wants them: opened when they are sent, closed afterwards, counted in between."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, BinaryIO

from krea_client._core.effects import Upload

_NOTHING = nullcontext[dict[str, Any]]({})


def opened(upload: Upload | None) -> AbstractContextManager[dict[str, Any]]:
    """What httpx wants to know of a form with a file, which is closed at the end; nothing for a call without one."""
    return _NOTHING if upload is None else _opened(upload)


@contextmanager
def _opened(upload: Upload) -> Generator[dict[str, Any], None, None]:
    with upload.open() as file:
        yield {
            "data": upload.fields,
            "files": {"file": (upload.name, _Watched(file, upload), upload.content_type)},
        }


class _Watched:
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, upload: Upload) -> None:
        self._file = file
        self._upload = upload

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        if self._upload.on_progress is not None and piece:
            self._upload.on_progress(self._file.tell(), self._upload.size)
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
