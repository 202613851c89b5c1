"""Warnings about deprecated names and models, and fields without effect, each at the line of the user's own code that caused it."""

from __future__ import annotations

import warnings
from datetime import date as Date
from typing import Any

from krea_client._request.call_site import Site


class KreaDeprecationWarning(FutureWarning):
    """A name or a model that Krea is going to stop accepting, on `date`.

    It is a FutureWarning, which Python shows by default to the people who run a program and not only to those who test it.

    Attributes:
        operation: the model (or operation) it is about, such as "z-image/z-image".
        old: the deprecated name as it was given, or None where the whole model is deprecated.
        new: the replacement, or None where none is documented.
        date: the day (00:00 UTC) from which the API no longer accepts the deprecated name, or None where it is unknown.
        job: the job that had been accepted when a warnings filter turned the warning into an error; else None.
    """

    def __init__(
        self,
        message: str = "",
        *,
        operation: str | None = None,
        old: str | None = None,
        new: str | None = None,
        date: Date | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.old = old
        self.new = new
        self.date = date
        self.job: object = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__


class KreaSunsetWarning(KreaDeprecationWarning):
    """The date has passed: the API no longer accepts the deprecated name or model."""


class KreaFieldIgnoredWarning(UserWarning):
    """A field of the request has no effect because of the value of another one; the request was sent.

    Attributes:
        operation: the model, such as "topaz/video-upscale".
        field: the name of the field.
        condition: in words, what would have to hold for the field to have an effect.
    """

    def __init__(
        self, message: str = "", *, operation: str | None = None, field: str | None = None, condition: str | None = None
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.field = field
        self.condition = condition

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__


class KreaDocumentWarning(UserWarning):
    """The API's live document, or one that was given, is not used; the description that this version brings along holds."""


def warn(warning: KreaDeprecationWarning | KreaFieldIgnoredWarning | KreaDocumentWarning, site: Site) -> None:
    """Show a warning as coming from the site, under Python's own filters; raise it where a filter says "error"."""
    if not site.known:
        text = warning.args[0] if warning.args else ""
        warning.args = (f"{text} (the caller is unknown: no line of your code is on the stack, as in a worker thread)",)
    if site.namespace is not None:
        import linecache

        # reads the source from the zip file, for whoever shows the line
        linecache.getlines(site.filename, site.namespace)
    warnings.warn_explicit(warning, None, site.filename, site.lineno, site.module, site.registry)


def log_notes(error: BaseException) -> None:
    """Log the notes of an error that no caller will see: the ids of jobs that go on."""
    for note in getattr(error, "__notes__", ()):
        log_warning(note)


def log_warning(text: str) -> None:
    """Log a text with the logger `krea_client`; a program that has not set up its logging sees nothing."""
    import logging

    log = logging.getLogger("krea_client")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    log.warning("%s", text)
