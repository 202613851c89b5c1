"""Models at the end of their time: the 410 of the ones that are gone, the headers of the ones that will go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from krea_client.sandbox.api_document import ApiOperation, RetiredModel
from krea_client.sandbox.http_messages import Response, answer

MIGRATION = "https://docs.krea.ai/"


def day(text: str | date) -> date:
    """Read a day (ISO 8601) or give one back."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def verdict(model: str, now: datetime, rows: Sequence[RetiredModel], sunsets: Mapping[str, date]) -> Response | None:
    """Make the 410 of a model whose sunset (00:00 UTC of its day) has passed; None while it is served or unknown."""
    if model in sunsets:
        rows = [RetiredModel(model, sunsets[model], None)]
    for row in rows:
        if row.covers(model) and (row.sunset is None or now.date() >= row.sunset):
            return _closed(model, row)
    return None


def _closed(model: str, row: RetiredModel) -> Response:
    since = f" on {row.sunset}" if row.sunset else ""
    instead = f" Use {row.replacement}." if row.replacement else ""
    content: dict[str, object] = {
        "error": "model_unavailable",
        "reason": "deprecated",
        "message": f"{model} was switched off{since}.{instead}",
        "sunset_date": row.sunset.isoformat() if row.sunset else None,
    }
    if row.replacement:
        content["replacement"] = row.replacement
        content["migration_url"] = MIGRATION
    return answer(410, content)


def announce(response: Response, model: str, operation: ApiOperation, sunsets: Mapping[str, date]) -> Response:
    """Add the Deprecation, Sunset and Link headers to the answer of an operation that will go."""
    sunset = sunsets.get(model)
    if sunset is None and not operation.deprecated:
        return response
    headers = dict(response.headers) | {"deprecation": "true", "link": f'<{MIGRATION}>; rel="deprecation"'}
    if sunset is not None:
        headers["sunset"] = format_datetime(datetime.combine(sunset, time(), UTC), usegmt=True)
    return response._replace(headers=headers)
