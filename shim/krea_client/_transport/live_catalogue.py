"""The catalogue with the API's live document: fetched at most once a day, within a few seconds, and never needed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from krea_client import _generated, _json
from krea_client._spec import overlay_files
from krea_client._spec.catalogue import Catalogue, catalogue
from krea_client._spec.document_source import LIVE, MOST_BYTES, UnusableDocument
from krea_client._spec.overlay_files import OverlayFile, digest
from krea_client._transport.document_cache import DocumentCache, FetchState

if TYPE_CHECKING:
    from krea_client._spec.live_overlay import Overlay
    from krea_client._spec.schema_merging import DecidedFact
    from krea_client._transport.routing import NetworkOptions

LONGEST_WAIT = 3.0  # seconds that a program may wait for the document, once a day
_INTERVAL = timedelta(days=1)
_AFTER_FAILURE = timedelta(hours=1)
_NAMES_SHOWN = 5


class LiveDocument(NamedTuple):
    """Where the document is, and what is stored of it.

    Attributes:
        base_url: the API's address.
        network: proxies and TLS; None for what the environment says.
        now: tells the time.
        cache: the stored files.
    """

    base_url: str
    network: NetworkOptions | None
    now: Callable[[], datetime]
    cache: DocumentCache

    @classmethod
    def at(cls, base_url: str, network: NetworkOptions | None, now: Callable[[], datetime]) -> LiveDocument:
        """Return the document of the API at this address."""
        return cls(base_url, network, now, DocumentCache(base_url))

    def stored(self) -> OverlayFile | None:
        """Return the last good overlay: as it is stored, or new_file anew from the stored document."""
        content = self.cache.overlay()
        if content is None:
            return None
        if (file := overlay_files.read(content)) is not None:
            return file
        document = self.cache.document()
        try:
            return None if document is None else self._made(document)
        except UnusableDocument as problem:
            from krea_client._request.deprecation_warnings import log_warning

            log_warning(f"the stored document of the API is not used: {problem}")
            return None

    def _made(self, document: bytes) -> OverlayFile:
        """Make and store the overlay of a document."""
        checked = self._overlay(document)
        name = digest(document)
        self.cache.store_overlay(overlay_files.written(checked, name))
        return OverlayFile(overlay_files.catalogue_of(checked), name)

    def _overlay(self, document: bytes) -> Overlay:
        # What checks a document is imported once a day; what is stored was checked.
        from krea_client._spec.live_overlay import parsed

        return self.overlay(parsed(document))

    def overlay(self, document: Mapping[str, Any]) -> Overlay:
        """Return what a document adds to the catalogue of this version.

        Raises:
            UnusableDocument: nothing is taken from it.
        """
        from krea_client._spec.live_overlay import overlay

        checked = overlay(document, catalogue(), self.now().date(), decided(), self.base_url)
        if checked.left_out:
            _log_left_out(checked.left_out)
        return checked

    def is_due(self) -> bool:
        """Return whether the document was not asked for within the last day, or after a failure within the last hour."""
        state = self.cache.state()
        if state.requested_at is None:
            return True
        age = self.now() - state.requested_at
        # A date in the future comes from a clock that was wrong.
        return not timedelta(0) <= age < (_AFTER_FAILURE if state.problem else _INTERVAL)

    def refresh(self, seconds: float) -> OverlayFile | None:
        """Ask for the document, and return what is stored then.

        Raises:
            UnusableDocument: it did not come, or changes nothing; the last good overlay stays.
        """
        from krea_client._transport.document_fetch import fetched

        before = self.cache.state()
        now = self.now()
        if before.document is not None:  # others can use what is stored, and see that somebody is asking
            self.cache.store_state(
                before._replace(requested_at=now, problem=before.problem or "the answer did not come yet")
            )
        stored = self.cache.document()
        is_whole = stored is not None and digest(stored) == before.document and self.cache.overlay() is not None
        state = before if is_whole else FetchState()
        try:
            response = fetched(self.base_url, self.network, state, seconds)
            if response.content is None:
                self.cache.store_state(state._replace(requested_at=now, answered=now, problem=None))
                return self.stored()
            _refuse_earlier(response.modified, state.modified)
            new_file = self._made(response.content)
        except UnusableDocument as problem:
            self.cache.store_state(state._replace(requested_at=now, problem=str(problem)))
            raise
        self.cache.store_document(response.content)
        self.cache.store_state(FetchState(now, now, response.etag, response.modified, new_file.document))
        return new_file

    def looked_at(self, seconds: float) -> OverlayFile:
        """Fetch the document, and return its overlay without storing it.

        Raises:
            UnusableDocument: it did not come, or changes nothing.
        """
        from krea_client._transport.document_fetch import fetched

        response = fetched(self.base_url, self.network, FetchState(), seconds)
        content = response.content or b""
        checked = self._overlay(content)
        return OverlayFile(overlay_files.catalogue_of(checked), digest(content))

    def refresh_within(self, seconds: float) -> OverlayFile | UnusableDocument | None:
        """Ask for the document in a thread and wait for so long; return what is stored then, or what went wrong.

        A slow answer is stored when it comes; without waiting the result is None.
        """
        outcome: list[OverlayFile | UnusableDocument | None] = []

        def run() -> None:
            try:
                outcome.append(self.refresh(LONGEST_WAIT))
            except UnusableDocument as problem:
                outcome.append(problem)

        thread = threading.Thread(target=run, name="krea-document", daemon=True)
        thread.start()
        thread.join(seconds)
        if outcome:
            return outcome[0]
        from krea_client._transport.document_fetch import late

        return late(seconds) if seconds else None


def _log_left_out(reasons: Mapping[str, str]) -> None:
    """Say in one line which models of a document cannot be read, and why the first of them cannot; all others are used."""
    from krea_client._request.deprecation_warnings import log_warning

    names = ", ".join([*reasons][:_NAMES_SHOWN]) + (", ..." if len(reasons) > _NAMES_SHOWN else "")
    log_warning(
        f"the API's document has {len(reasons)} model(s) that this version cannot read and leaves out: {names} "
        f"({next(iter(reasons.values()))})"
    )


def _refuse_earlier(modified: str | None, stored: str | None) -> None:
    from krea_client._core.responses import http_date

    new, last = http_date(modified or ""), http_date(stored or "")
    if new is not None and last is not None and new < last:
        raise UnusableDocument(f"it is of {modified}, older than the stored one of {stored}")


@cache
def decided() -> tuple[DecidedFact, ...]:
    """Return the facts of the published document that were not taken over when this version was new_file."""
    from krea_client._spec.schema_merging import DecidedFact

    rows = _json.items(_json.document(_generated.data("decided_differences.json")))
    return tuple(
        DecidedFact(row["operation"], row["field"], row["says"])
        for row in map(_json.members, rows)
        if row["source"] in ("*", "document")
    )


def catalogue_for(
    document: object, live: LiveDocument, *, may_fetch: bool = True, may_wait: bool = True
) -> tuple[Catalogue, str | None]:
    """Return the catalogue with a document, and in one line why the document changed nothing, or None.

    Args:
        document: "live", a path, or the document itself.
        live: the API's own.
        may_fetch: False uses only what is stored of the live one.
        may_wait: False leaves a fetch to the background where an older overlay is there.

    Raises:
        ValueError: the path names no file that can be read.
        TypeError: it is none of the three.
    """
    if document == LIVE:
        return _live_catalogue(live, may_fetch=may_fetch, may_wait=may_wait)
    if (members := _json.mapping(document)) is not None:
        return _checked(lambda: dict(cast("Mapping[str, Any]", members)), live)
    if isinstance(document, (str, os.PathLike)):
        from krea_client._spec.live_overlay import parsed

        content = _content(cast("str | os.PathLike[str]", document))
        return _checked(lambda: parsed(content), live)
    kind = type(document).__name__
    raise TypeError(f"document is of type {kind}: give 'live', the path of an OpenAPI document, or the document")


def _content(path: str | os.PathLike[str]) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        raise ValueError(f"document={str(path)!r} cannot be read: {reason}; give a file, or 'live'") from None


def checked_document(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the document of a file.

    Raises:
        ValueError: it cannot be read, or a client would not use it.
    """
    from krea_client._spec.live_overlay import overlay, parsed

    document = parsed(_content(path))
    overlay(document, catalogue(), datetime.now(UTC).date(), decided())
    return document


def _checked(read: Callable[[], Mapping[str, Any]], live: LiveDocument) -> tuple[Catalogue, str | None]:
    try:
        checked = live.overlay(read())
    except UnusableDocument as problem:
        return catalogue(), str(problem)
    return overlay_files.catalogue_of(checked), None


def _live_catalogue(live: LiveDocument, *, may_fetch: bool, may_wait: bool) -> tuple[Catalogue, str | None]:
    stored = live.stored()
    outcome: OverlayFile | UnusableDocument | None = None
    if may_fetch and live.is_due():
        outcome = live.refresh_within(LONGEST_WAIT if may_wait or stored is None else 0)
    problem = str(outcome) if isinstance(outcome, UnusableDocument) else None
    file = outcome if isinstance(outcome, OverlayFile) else stored
    return file.catalogue if file else catalogue(), problem
