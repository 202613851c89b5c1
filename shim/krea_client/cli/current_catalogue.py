"""The models that the command line knows: this version's, and those of the document that `krea-client spec update` has stored."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from krea_client._spec.catalogue import Catalogue, catalogue
from krea_client._spec.document_source import DOCUMENT_NAME, LIVE, NO_DOCUMENT, cache_folder, document_setting
from krea_client.cli import console

if TYPE_CHECKING:
    from krea_client._transport.live_catalogue import LiveDocument


def current_catalogue() -> Catalogue:
    """Return the catalogue; a document that is of no use is said in one line, once."""
    return _catalogue(document_setting(), os.environ.get("KREA_BASE_URL", ""), _folder())


def forget_catalogue() -> None:
    """Read the catalogue anew at its next use, after what is stored has changed."""
    _catalogue.cache_clear()


@cache
def _catalogue(source: str, _base_url: str, folder: str) -> Catalogue:
    if source == NO_DOCUMENT or not (source or _is_stored(folder)):
        return catalogue()
    from krea_client._transport.live_catalogue import catalogue_for

    try:
        overlaid, problem = catalogue_for(source or LIVE, live_document(), may_fetch=bool(source))
    except ValueError as error:
        overlaid, problem = catalogue(), f"{DOCUMENT_NAME}: {error}"
    if problem is not None:
        console.message(f"krea-client: the API's document is not used: {problem}")
    return overlaid


def current_document() -> dict[str, Any] | None:
    """Return the document behind the catalogue, for a sandbox; None where the catalogue is this version's own."""
    if "live" not in current_catalogue().index:
        return None
    source = document_setting()
    if source in ("", LIVE):
        content = live_document().cache.document()
    else:
        with open(source, "rb") as file:  # noqa: PTH123  # it was read a moment ago
            content = file.read()
    document: dict[str, Any] | None = None if content is None else json.loads(content)
    return document


def live_document() -> LiveDocument:
    """Return the document of the API at the address of the environment, else of the profile; what is stored is read without httpx."""
    from krea_client._transport.live_catalogue import LiveDocument

    address = os.environ.get("KREA_BASE_URL", "").strip() or _address_of_profile() or str(catalogue().index["servers"])
    return LiveDocument.at(address.rstrip("/"), None, lambda: datetime.now(UTC))


def _address_of_profile() -> str:
    from krea_client._settings_profiles import load

    try:
        return load().text("base_url")
    except ValueError:  # the client says it
        return ""


def _folder() -> str:
    try:
        return str(cache_folder())
    except RuntimeError:
        return ""


def _is_stored(folder: str) -> bool:
    # Most installations have no stored document, and what reads one takes longer to import than this command takes.
    try:
        return bool(folder) and any(name.startswith("overlay-") for name in os.listdir(folder))  # noqa: PTH208  # pathlib is slower
    except OSError:
        return False
