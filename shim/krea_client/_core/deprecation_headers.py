"""Response headers that announce the end of a model: Deprecation (RFC 9745 and its drafts), Sunset (RFC 8594), Link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from krea_client._core.responses import http_date
from krea_client._request.deprecation_warnings import (
    KreaDeprecationWarning,
    KreaSunsetWarning,
)

_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_REL = re.compile(r'\brel\s*=\s*"?([\w -]+)"?', re.IGNORECASE)


def warning_from(headers: Mapping[str, str], model: str, now: datetime) -> KreaDeprecationWarning | None:
    """Return the warning that a response's headers call for, or None. A malformed header counts as absent.

    Args:
        headers: the response's headers.
        model: the model that was called, such as "z-image/z-image".
        now: the present moment, aware.
    """
    deprecated, since = _deprecation(headers.get("deprecation"))
    sunset = http_date(headers.get("sunset") or "")
    if not deprecated and sunset is None:
        return None
    link = _link(headers.get("link") or "")
    see_also = f" See {link}." if link else ""
    date = sunset.date() if sunset else None
    if sunset and now >= sunset:
        text = f"{model}: the model was switched off on {date}; choose another model.{see_also}"
        return KreaSunsetWarning(text, operation=model, old=model, date=date)
    start = (f" since {since.date()}" if since <= now else f" from {since.date()} on") if since else ""
    end = f", and it works until {date}" if date else ""
    text = f"{model}: the model is deprecated{start}{end}; choose another model.{see_also}"
    return KreaDeprecationWarning(text, operation=model, old=model, date=date)


def _deprecation(value: str | None) -> tuple[bool, datetime | None]:
    text = (value or "").strip()
    if text.lower() in ("true", "?1"):
        return True, None
    if text.startswith("@"):
        try:
            return True, datetime.fromtimestamp(int(text[1:]), UTC)
        except (ValueError, OverflowError, OSError):
            return False, None
    date = http_date(text)
    return date is not None, date


def _link(value: str) -> str | None:
    links = {
        relation.lower(): url
        for url, parameters in _LINK.findall(value)
        for relation in " ".join(_REL.findall(parameters)).split()
    }
    return links.get("deprecation") or links.get("sunset")
