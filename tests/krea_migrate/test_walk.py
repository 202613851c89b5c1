"""Which files are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from krea_migrate import engine, walk

from .looking import URL


def made(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seen(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return sorted(walk.walk(paths or (".",), exclude).files)


def test_packages_of_others_and_hidden_folders_are_left_out(here: Path) -> None:
    made(
        here,
        "a.py",
        "node_modules/x/a.js",
        ".venv/a.py",
        ".git/a.py",
        "b/__pycache__/a.py",
        ".github/a.yml",
        "notes.txt",
    )
    assert seen() == [".github/a.yml", "a.py"]


def test_a_file_that_is_named_is_always_read(here: Path) -> None:
    made(here, "a.py")
    (here / ".gitignore").write_text("*.py\n")
    (here / "tool").write_text("#!/usr/bin/env python3\n")
    assert seen("a.py", "tool") == ["a.py", "tool"]


def test_what_is_not_there_is_a_problem(here: Path) -> None:
    assert engine.check(["nowhere.py"]).problems == {"nowhere.py": "does not exist"}


def test_a_helper_in_a_file_that_says_nothing_of_krea_is_followed(here: Path) -> None:
    (here / "sender.py").write_text("import requests\ndef send(url, body):\n    return requests.post(url, json=body)\n")
    (here / "main.py").write_text(f'from sender import send\nsend("{URL}", {{"aspectRatio": "1:1"}})\n')
    assert [(finding.file, finding.certainty) for finding in engine.check(["."]).findings] == [("main.py", "certain")]


def test_a_caller_in_a_file_that_says_nothing_of_krea_is_followed(here: Path) -> None:
    (here / "maker.py").write_text(
        f'import requests\ndef make(**body):\n    return requests.post("{URL}", json=body)\n'
    )
    (here / "main.py").write_text('from maker import make\nmake(aspectRatio="1:1")\n')
    assert [(finding.file, finding.certainty) for finding in engine.check(["."]).findings if finding.edits] == [
        ("main.py", "certain")
    ]
