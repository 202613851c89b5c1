"""The counts stay bounded, and a use that goes on is not logged each time."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from krea_client.legacy.gateway import field_usage as module
from krea_client.legacy.gateway.field_usage import FieldUse, RequestSource, UsageLog
from krea_client.legacy.gateway.report_page import page

START = datetime(2026, 11, 20, tzinfo=UTC)


def use(name: str) -> FieldUse:
    return FieldUse("z-image/z-image", name, None, None, "left", "give <one>")


def test_rows_are_bounded_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    log = UsageLog()
    log.note([use(f"name{n}") for n in range(5)], RequestSource("a", "127.0.0.1"), START)
    assert len(log.rows()) == 3
    assert log.as_dict()["not_kept_apart"] == 2
    assert "2 further uses were not kept apart" in page(log)


def test_a_use_is_logged_at_once_and_then_every_minute(caplog: pytest.LogCaptureFixture) -> None:
    log = UsageLog()
    with caplog.at_level(logging.WARNING, "krea_client.gateway"):
        for second in (0, 1, 59, 60, 61):
            log.note([use("a")], RequestSource(None, "::1"), START + timedelta(seconds=second))
    assert [json.loads(record.getMessage())["count"] for record in caplog.records] == [1, 4]


def test_the_page_escapes_what_programs_send() -> None:
    log = UsageLog()
    log.note([use("<script>")], RequestSource("<img>", "127.0.0.1"), START)
    html = page(log)
    assert "<script>" not in html
    assert "<img>" not in html
    assert "give &lt;one&gt;" in html


def test_the_page_says_when_there_is_nothing() -> None:
    assert "None so far" in page(UsageLog())
