"""The cache of the API's document: the document, its overlay and when it was asked for, in the platform's folder for caches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from krea_client import _json
from krea_client._spec.document_source import MOST_BYTES, cache_folder
from krea_client._spec.overlay_files import digest


class FetchState(NamedTuple):
    """What is known of the last requests for the document.

    Attributes:
        requested_at: when it was asked for last, successfully or not.
        answered: when the host confirmed last what is stored.
        etag, modified: the validators of what is stored, as the host gave them.
        document: the digest of what is stored.
        problem: why the last request, or the document that it gave, was of no use.
    """

    requested_at: datetime | None = None
    answered: datetime | None = None
    etag: str | None = None
    modified: str | None = None
    document: str | None = None
    problem: str | None = None


class DocumentCache:
    """The files about one address of the API. Each is written whole or not at all, so processes need no lock.

    A folder that cannot be read or written is as good as an empty one.

    Args:
        base_url: the API's address.
    """

    def __init__(self, base_url: str) -> None:
        self._name = digest(base_url.encode("utf-8", "surrogatepass"))[:16]

    def overlay(self) -> bytes | None:
        """Return the stored overlay."""
        return self._read("overlay")

    def document(self) -> bytes | None:
        """Return the stored document."""
        return self._read("document")

    def state(self) -> FetchState:
        """Return the stored state; that of nothing where it is damaged."""
        stored = _json.members(_json.document(self._read("state") or b""))
        texts = {name: _json.text(stored.get(name)) for name in ("etag", "modified", "document", "problem")}
        return FetchState(_json.moment(stored.get("requested_at")), _json.moment(stored.get("answered")), **texts)

    def store_document(self, content: bytes) -> None:
        """Store the document."""
        self._write("document", content)

    def store_overlay(self, content: bytes) -> None:
        """Store its overlay."""
        self._write("overlay", content)

    def store_state(self, state: FetchState) -> None:
        """Store the state."""
        moments = {"requested_at": state.requested_at, "answered": state.answered}
        values = {**state._asdict(), **{name: moment and moment.isoformat() for name, moment in moments.items()}}
        self._write("state", json.dumps(values).encode())

    def clear(self) -> bool:
        """Delete everything; return whether there was anything.

        Raises:
            OSError: a file cannot be deleted.
        """
        files = [file for file in self._files() if file.exists()]
        for file in files:
            file.unlink(missing_ok=True)
        return bool(files)

    def _files(self) -> Iterator[Path]:
        with suppress(RuntimeError):
            yield from (self._file(kind) for kind in ("overlay", "document", "state"))

    def _file(self, kind: str) -> Path:
        return cache_folder() / f"{kind}-{self._name}"

    def _read(self, kind: str) -> bytes | None:
        try:
            with self._file(kind).open("rb") as file:
                return file.read(2 * MOST_BYTES)
        except (OSError, RuntimeError):
            return None

    def _write(self, kind: str, content: bytes) -> None:
        import tempfile  # it takes a tenth of the start of a command, and most commands only read

        with suppress(OSError, RuntimeError):
            target = self._file(kind)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(prefix=f".{kind}-", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                os.replace(name, target)  # noqa: PTH105  # the one call that replaces on every platform
            except BaseException:
                with suppress(OSError):
                    os.unlink(name)  # noqa: PTH108  # likewise a plain name
                raise
