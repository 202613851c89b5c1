"""A file is whole at any moment."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from krea_client.migrate.writing import NotWritten, write


def test_a_full_disk_changes_nothing_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match=r"two\.py: was not written: No space left on device") as caught:
        write({str(one): b"new", str(two): b"new"})
    assert caught.value.changed == []
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.py", "two.py"]


def test_what_was_replaced_before_a_failure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(tmp_path / name) for name in ("one.py", "two.py")]
    for path in paths:
        Path(path).write_bytes(b"old")
    replace = os.replace

    def once(source: str, target: str) -> None:
        if target.endswith("two.py"):
            raise OSError(errno.EIO, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(NotWritten) as caught:
        write(dict.fromkeys(paths, b"new"))
    assert caught.value.changed == paths[:1]
    assert [Path(path).read_bytes() for path in paths] == [b"new", b"old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.py", "two.py"]
