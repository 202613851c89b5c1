from pathlib import Path

import pytest

from regenerate.publish import differences, replace, summary


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_each_file_that_differs_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    candidate = write(tmp_path / "built", same="1", new="2", edited="3")
    published = write(tmp_path / "generated", same="1", edited="4", left="5")
    lines = differences(candidate, published)
    assert lines == ["stale: generated/edited", "extra: generated/left", "missing: generated/new"]
    assert summary(lines) == "1 changed, 1 new, 1 removed"


def test_caches_of_tools_are_nobodys_business(tmp_path: Path) -> None:
    candidate = write(tmp_path / "built", a="1")
    published = write(tmp_path / "generated", a="1", **{"__pycache__/a.pyc": "x", ".mypy_cache/a.json": "{}"})
    assert differences(candidate, published) == []


def test_the_new_takes_the_place_of_the_old_as_a_whole(tmp_path: Path) -> None:
    candidate = write(tmp_path / "built", a="1", b="2")
    published = write(tmp_path / "root" / "generated", b="old", c="old")
    replace(candidate, published)
    assert {path.name: path.read_text() for path in published.iterdir()} == {"a": "1", "b": "2"}
    assert [path.name for path in published.parent.iterdir()] == ["generated"]


def test_the_first_time_there_is_nothing_to_replace(tmp_path: Path) -> None:
    replace(write(tmp_path / "built", a="1"), tmp_path / "generated")
    assert (tmp_path / "generated" / "a").read_text() == "1"


def test_when_the_new_cannot_be_put_in_place_the_old_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    candidate = write(tmp_path / "built", a="new")
    published = write(tmp_path / "generated", a="old")
    rename = Path.rename

    def full_disk(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full_disk)
    with pytest.raises(OSError, match="disk full"):
        replace(candidate, published)
    assert (published / "a").read_text() == "old"
