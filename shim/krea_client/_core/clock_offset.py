"""The difference between the API's clock and this machine's, measured by the Date headers of responses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from krea_client._core.effects import Moment
from krea_client._core.responses import http_date

HALF_A_SECOND = timedelta(seconds=0.5)  # a Date header names the second in which the response was made


class ClockOffset:
    """How far the API's clock is ahead of this machine's (negative: behind)."""

    def __init__(self) -> None:
        self._offset: timedelta | None = None
        self._header: str | None = None  # of the last measurement: a second has one Date

    @property
    def value(self) -> timedelta | None:
        """The offset as last measured, correct to about a second and half the duration of the exchange; None before that."""
        return self._offset

    def measure(self, headers: Mapping[str, str], sent: Moment, ended: Moment) -> None:
        """Measure the offset by a response; without a usable Date header nothing changes."""
        header = headers.get("date")
        if not header or header == self._header:
            return
        date = http_date(header)
        if date is None:
            return
        date += timedelta(seconds=_age(headers))
        midpoint = sent.utc + (ended.utc - sent.utc) / 2
        self._offset, self._header = date + HALF_A_SECOND - midpoint, header


def _age(headers: Mapping[str, str]) -> int:
    # A cache repeats the Date of the original response, and says in Age how many seconds ago that was.
    text = (headers.get("age") or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
