"""Everything that an error shows: its texts, its state, its chain, and the variables of the frames it went through."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import krea_client

_OURS = str(Path(krea_client.__file__).parent)
_LIBRARIES = ("httpx", "httpcore", "h11", "krea_client", "krea_api", "anyio")
_MOST = 20_000  # letters of one value


def _long(value: object) -> str:
    try:
        return repr(value)[:_MOST]
    except Exception as error:  # noqa: BLE001  # half-made objects of other people may have no text
        return repr(error)


def shown_by(error: BaseException) -> Iterator[tuple[str, str]]:
    """Places and texts."""
    yield "its text", f"{error} {error!r}"
    yield "its state", _long(vars(error))
    yield "its notes", " ".join(getattr(error, "__notes__", ()))
    yield "its traceback", "".join(traceback.format_exception(error))
    yield "its pickle", repr(pickle.dumps(error)) if isinstance(error, krea_client.KreaError) else ""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield "the chain of errors", f"{one} {one!r}"
        for frame, line in traceback.walk_tb(one.__traceback__):
            if any(f"/{name}/" in frame.f_code.co_filename for name in _LIBRARIES):
                for name, value in frame.f_locals.items():
                    yield f"{name} in {Path(frame.f_code.co_filename).name}:{line}", _long(value)
        one = one.__cause__ or one.__context__
