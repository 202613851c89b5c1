"""Deprecated fields of one request body for the gateway: renamed by the same code as in the adapters, and described for the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from typing import NamedTuple

from krea_client.legacy.gateway.field_usage import FieldUse
from krea_client.legacy.rewriting import Examination, OutgoingRequest, Rewriter


class TranslatedBody(NamedTuple):
    """A body to send, and the uses of deprecated fields in the body that came."""

    body: bytes
    uses: tuple[FieldUse, ...]


class Translator:
    """Translates bodies by API path.

    Args:
        rewriter: the adapters' rewriter; its warnings and hooks are not used here.
        api: an address that the rewriter knows as the API's, without a slash at the end.
    """

    def __init__(self, rewriter: Rewriter, api: str) -> None:
        self._rewriter = rewriter
        self._api = api

    def concerns(self, path: str) -> bool:
        """Return whether POSTs to this path of the API may have deprecated fields, so that their bodies must be read."""
        return self._rewriter.concerns(path)

    def translate(self, path: str, encoding: str | None, body: bytes) -> TranslatedBody:
        """Return what to send, and what was found; never raises for a body that cannot be read."""
        examination = self._rewriter.examine(OutgoingRequest(self._api + path, encoding, body))
        if examination is None:
            return TranslatedBody(body, ())
        return TranslatedBody(examination.body, tuple(_uses(examination)))


def _uses(examination: Examination) -> Iterator[FieldUse]:
    if (gone := examination.gone) is not None:
        new, model = gone.replacement, str(gone.model)
        advice = f"use the model {new}" if new else "the model is switched off and no replacement is documented"
        yield FieldUse(model, model, new, _day(gone.sunset), "left", advice)
    for rename in examination.renames:
        advice = f"rename {rename.old} to {rename.new}"
        yield FieldUse(rename.operation, rename.old, rename.new, rename.date.isoformat(), "renamed", advice)
    for name, field in examination.dropped.items():
        model = examination.operation.model if examination.operation is not None else ""
        advice = f"remove {name}: it asks for nothing, and the model no longer has it"
        yield FieldUse(model, name, None, field.gone_by, "dropped", advice)
    for entry in examination.untranslatable:
        name, rule, remedy = entry.problem
        yield FieldUse(entry.operation.model, name, entry.new, _day(entry.date), "left", f"{rule}: {remedy}")


def _day(date: Date | None) -> str | None:
    return None if date is None else date.isoformat()
