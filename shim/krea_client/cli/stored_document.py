"""The work of `krea-client spec update` and `spec status`: the API's own document, and what it adds to this version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from krea_client._spec.document_source import DOCUMENT_NAME, UnusableDocument, document_setting
from krea_client.cli import console, error_reports, exit_codes
from krea_client.cli.current_catalogue import current_catalogue, forget_catalogue, live_document

UNCHANGED, DIFFERS = 0, 1
_SECONDS = 30.0  # a person waits for it
_NAMES_SHOWN = 5
_WORDS = {"new": "new", "changed": "changed", "gone": "no longer listed", "left_out": "not understood"}


def in_words(live: Mapping[str, Any]) -> str:
    """Return what a document adds to this version, such as "of 2026-11-29: 1 new (krea/krea-4)"."""
    named = ((words, live.get(key)) for key, words in _WORDS.items())
    parts = [f"{len(models)} {words} ({_some(models)})" for words, models in named if models]
    return f"of {live['day']}: {', '.join(parts) or 'the same models and fields as in this version'}"


def _some(models: list[str]) -> str:
    return ", ".join(models[:_NAMES_SHOWN]) + (", ..." if len(models) > _NAMES_SHOWN else "")


def last_problem() -> str | None:
    """Return why the last fetched document was of no use, or None."""
    state = live_document().cache.state()
    return (
        f"asked for on {state.requested_at:%Y-%m-%d %H:%M} UTC; not used: {state.problem}" if _failed(state) else None
    )


def _failed(state: Any) -> bool:
    return state.requested_at is not None and state.problem is not None


def run_update(*, check: bool, clear: bool, as_json: bool) -> int:
    """Fetch, look at or delete the document, and return the exit code: 0 done, with `check` 1 where it differs; 2 failed."""
    try:
        from krea_client._settings import base_url_for
        from krea_client._settings_profiles import load

        base_url_for(None, load(), own_transport=False)  # refuses an address that cannot be called
        live = live_document()
        if clear:
            had_files = live.cache.clear()
            forget_catalogue()
            console.message(f"krea-client: {'deleted' if had_files else 'nothing was stored'}")
            return 0
        overlaid = live.looked_at(_SECONDS) if check else live.refresh(_SECONDS)
    except UnusableDocument as problem:
        return error_reports.say(f"the API's document changes nothing: {problem}", exit_codes.USAGE)
    except (ValueError, OSError) as error:
        return error_reports.say(str(error), exit_codes.USAGE)
    if overlaid is None:
        return error_reports.say("the API's document cannot be stored", exit_codes.USAGE)
    forget_catalogue()
    summary: dict[str, Any] = overlaid.catalogue.index["live"]
    console.result(json.dumps(summary, indent=2) if as_json else in_words(summary))
    return DIFFERS if check and any(summary.get(key) for key in _WORDS) else UNCHANGED


def run_status(*, as_json: bool) -> int:
    """Print which document is in use, and return 0."""
    summary: dict[str, Any] | None = current_catalogue().index.get("live")
    problem = last_problem()
    if as_json:
        setting = document_setting() or None
        console.result(json.dumps({"setting": setting, "document": summary, "problem": problem}, indent=2))
        return UNCHANGED
    nothing_stored = f"none; `krea-client spec update` stores it, {DOCUMENT_NAME}=live keeps it up to date"
    console.result(in_words(summary) if summary else nothing_stored)
    if problem:
        console.message(f"krea-client: {problem}")
    return UNCHANGED
