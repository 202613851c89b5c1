"""OpenTelemetry spans of operations. They cost nothing in programs that have not imported its API themselves."""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from krea_client._version import __version__


class Trace(NamedTuple):
    """The span of an operation under way.

    Attributes:
        span: the span, for further attributes.
        context: the OpenTelemetry context in which it is the current span; HTTP exchanges are sent in it.
    """

    span: Any
    context: Any

    def set(self, name: str, value: object) -> None:
        """Set an attribute of the span, unless the value is None."""
        if value is not None:
            self.span.set_attribute(name, value)


def is_on() -> bool:
    """Return True when the program has imported the API of OpenTelemetry."""
    return "opentelemetry.trace" in sys.modules


@contextmanager
def span(name: str, parent: Trace | None, attributes: Mapping[str, object] | None = None) -> Generator[Trace | None]:
    """Open a span, and end it with the block: with the error's class as its status where one ends the block.

    The span never becomes the current one of the thread, because the operations of a batch take turns in one thread.
    """
    api = sys.modules.get("opentelemetry.trace")
    if api is None:
        yield None
        return
    context = parent.context if parent is not None else None
    opened = api.get_tracer("krea_client", __version__).start_span(
        name, context=context, attributes=attributes, kind=api.SpanKind.CLIENT
    )
    try:
        yield Trace(opened, api.set_span_in_context(opened, context))
    except BaseException as error:
        opened.set_attribute("error.type", type(error).__name__)
        opened.set_status(api.StatusCode.ERROR, type(error).__name__)
        raise
    finally:
        opened.end()
