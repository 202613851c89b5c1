"""Everything that an error shows: its texts, its state, its chain, and the variables of the frames it went through."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import krea_client

_CLIENT_FOLDER = str(Path(krea_client.__file__).parent)
_LIBRARIES = ("httpx", "httpcore", "h11", "krea_client", "krea_api", "anyio")
_MAX_LETTERS = 20_000  # letters of one value


def _long(value: object) -> str:
    try:
        return repr(value)[:_MAX_LETTERS]
    except Exception as error:  # noqa: BLE001  # half-made objects of other people may have no text
        return repr(error)


def shown_by(error: BaseException) -> Iterator[tuple[str, str]]:
    """Yield places and texts."""
    yield "its text", f"{error} {error!r}"
    yield "its state", _long(vars(error))
    yield "its notes", " ".join(getattr(error, "__notes__", ()))
    yield "its traceback", "".join(traceback.format_exception(error))
    yield "its pickle", repr(pickle.dumps(error)) if isinstance(error, krea_client.KreaError) else ""
    visited: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in visited:
        visited.add(id(current))
        yield "the chain of errors", f"{current} {current!r}"
        for frame, line in traceback.walk_tb(current.__traceback__):
            if any(f"/{name}/" in frame.f_code.co_filename for name in _LIBRARIES):
                for name, value in frame.f_locals.items():
                    yield f"{name} in {Path(frame.f_code.co_filename).name}:{line}", _long(value)
        current = current.__cause__ or current.__context__
