"""A run whose results are downloaded by the workers of an engine."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from krea_client import Krea
from krea_client.bulk.states import ItemState
from krea_client.bulk_engines.item_downloads import DownloadPlace
from krea_client.sandbox import KreaSandbox

from ..bulk.conftest import service  # noqa: F401  # a fixture

ITEM = ("z-image/z-image", {"prompt": "x [sandbox:seconds=0]", "aspect_ratio": "1:1", "resolution": "1K"})


@pytest.fixture
def place(
    krea_environment: KreaSandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    service: Callable[[str], str],  # noqa: F811  # the fixture above
) -> DownloadPlace:
    """Return the place of a run whose three jobs have ended, and whose results nobody has downloaded."""
    pytest.importorskip("psycopg", reason="needs the extra `postgres`")
    journal = service("postgres")
    monkeypatch.setenv("KREA_BULK_JOURNAL", journal)
    output = tmp_path / f"run-{uuid4()}"
    with Krea() as krea:
        report = krea.bulk.run([ITEM] * 3, output, downloads=0)
    assert report.counts.of(ItemState.ENDED) == 3
    assert krea_environment.totals.accepted == 3
    return DownloadPlace(str(output), journal)
