"""Models at the end of their time: the 410 of the ones that are gone, the headers of the ones that will go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from krea_client.sandbox.api_document import Gone, Operation
from krea_client.sandbox.http_messages import Response, answer

MIGRATION = "https://docs.krea.ai/"


def day(text: str | date) -> date:
    """Read a day (ISO 8601) or give one back."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def verdict(model: str, now: datetime, rows: Sequence[Gone], sunsets: Mapping[str, date]) -> Response | None:
    """Make the 410 of a model whose sunset (00:00 UTC of its day) has passed; None while it is served or unknown."""
    if model in sunsets:
        rows = [Gone(model, sunsets[model], None)]
    for found in rows:
        if found.covers(model) and (found.sunset is None or now.date() >= found.sunset):
            return _closed(model, found)
    return None


def _closed(model: str, found: Gone) -> Response:
    since = f" on {found.sunset}" if found.sunset else ""
    instead = f" Use {found.replacement}." if found.replacement else ""
    told: dict[str, object] = {
        "error": "model_unavailable",
        "reason": "deprecated",
        "message": f"{model} was switched off{since}.{instead}",
        "sunset_date": found.sunset.isoformat() if found.sunset else None,
    }
    if found.replacement:
        told["replacement"] = found.replacement
        told["migration_url"] = MIGRATION
    return answer(410, told)


def announce(response: Response, model: str, operation: Operation, sunsets: Mapping[str, date]) -> Response:
    """Add the Deprecation, Sunset and Link headers to the answer of an operation that will go."""
    sunset = sunsets.get(model)
    if sunset is None and not operation.deprecated:
        return response
    headers = dict(response.headers) | {"deprecation": "true", "link": f'<{MIGRATION}>; rel="deprecation"'}
    if sunset is not None:
        headers["sunset"] = format_datetime(datetime.combine(sunset, time(), UTC), usegmt=True)
    return response._replace(headers=headers)
