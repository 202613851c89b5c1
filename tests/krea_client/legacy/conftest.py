"""No settings of the developer's, a day after the cut-off, and nothing left installed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from krea_client import legacy

VARIABLES = ("KREA_API_TOKEN", "KREA_API_KEY", "KREA_BASE_URL", "KREA_CLIENT_ALIASES", "KREA_CLIENT_ALIAS_LOG")


@pytest.fixture(autouse=True)
def _nothing_of_the_developers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*VARIABLES, "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield
    legacy.uninstall()


def after() -> datetime:
    return datetime(2026, 11, 20, tzinfo=UTC)
