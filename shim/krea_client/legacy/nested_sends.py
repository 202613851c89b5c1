"""HTTP libraries that send through one another: a request is looked through once, by the outermost of them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

_examined: ContextVar[bool] = ContextVar("krea_client_examined", default=False)


def is_examined() -> bool:
    """Return whether an outer library's request to the API is being sent in this context, so that it was looked through already."""
    return _examined.get()


@contextmanager
def examined() -> Generator[None]:
    """Mark the requests sent in the block as looked through."""
    token = _examined.set(True)
    try:
        yield
    finally:
        _examined.reset(token)
