"""A destination of a result that was abandoned takes nothing more, whatever a thread that is still at the download brings."""

from pathlib import Path

import pytest

from krea_client._core.effects import InvalidDownload
from krea_client.bulk.folder_storage import FolderStorage


def test_a_response_that_comes_later_makes_no_file(tmp_path: Path) -> None:
    sink = FolderStorage(tmp_path).sink("000/cat", "https://results.example/cat.png", "a job")
    sink.abandon()
    with pytest.raises(InvalidDownload, match="interrupted"):
        sink.begin(200, {})
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_come_later_are_not_kept(tmp_path: Path) -> None:
    sink = FolderStorage(tmp_path).sink("000/cat", "https://results.example/cat.png", "a job")
    sink.begin(200, {})
    sink.write(b"half")
    sink.abandon()
    with pytest.raises(InvalidDownload, match="interrupted"):
        sink.write(b"more")
    assert list((tmp_path / "000").iterdir()) == []
