"""Whether the names around a request speak of the API."""

from __future__ import annotations

from functools import lru_cache

from krea_migrate import ir, profile
from krea_migrate.flow.requests import SentRequest
from krea_migrate.flow.values import Frame


def is_aware(request: SentRequest) -> bool:
    """Return whether the functions, class or file around a request speak of the API."""
    api = profile.active()
    address = request.target.told
    if address.startswith("/") and "…" not in address and api.segment.rstrip("/") not in address:
        return False  # a path of the program's own server, known to its end
    words = [request.scope.module.file.rsplit("/", 1)[-1]]
    frame: Frame | None = request.frame
    while frame is not None:
        scope: ir.Function | None = frame.function
        while scope is not None:
            words += [scope.name, scope.owner.name if scope.owner else ""]
            scope = scope.outer
        words.append(frame.own.cls.name if frame.own else "")
        frame = frame.parent
    if request.target.told.startswith(api.prefix) and request.target.told.count("/") > 2:
        return _names_api(request.scope.module.source, api.spellings[0])  # /generate/video/${vendor}/${model}
    return any(api.names(word) for word in words)


@lru_cache(maxsize=4)  # the requests of one file are asked for one after the other
def _names_api(source: bytes, word: bytes) -> bool:
    return word in source.lower()
