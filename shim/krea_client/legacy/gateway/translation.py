"""Deprecated fields of one request body for the gateway: renamed by the same code as in the adapters, and described for the report."""

from __future__ import annotations

from typing import NamedTuple

from krea_client.legacy.gateway.usage import FieldUse
from krea_client.legacy.rewriting import Examination, OutgoingRequest, Rewriter


class Translation(NamedTuple):
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
        return path.startswith("/generate/") or self._rewriter.concerns(path)

    def translate(self, path: str, content_type: str | None, encoding: str | None, body: bytes) -> Translation:
        """Return what to send, and what was found; never raises for a body that cannot be read."""
        examination = self._rewriter.examine(OutgoingRequest(self._api + path, content_type, encoding, body))
        if examination is None:
            return Translation(body, ())
        return Translation(examination.body, tuple(_uses(examination)))
