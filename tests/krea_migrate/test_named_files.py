"""A file that is named alone is judged by what it imports and by what imports it, as for the whole folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_migrate import engine
from krea_migrate.limits import READING

from .looking import URL

API = 'import requests\n\ndef send(path, body):\n    return requests.post("https://api.krea.ai" + path, json=body)\n'
MAIN = f'from api import send\n\nsend("{URL.removeprefix("https://api.krea.ai")}", {{"aspectRatio": "1:1"}})\n'
BODY = 'BODY = {"prompt": "x", "aspectRatio": "1:1"}\n'
SENDER = f'import requests\nfrom body import BODY\nrequests.post("{URL}", json=BODY)\n'
OTHER_PROGRAM = 'import requests\nfrom body import BODY\nrequests.post("https://api.other.example/v1", json=BODY)\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str) -> list[tuple[str, str]]:
    return [
        (finding.file, str(finding.certainty))
        for finding in engine.check(paths).findings
        if finding.edits or finding.rule == "KREA101"
    ]


def test_what_it_imports_is_read(here: Path) -> None:
    (here / "api.py").write_text(API)
    (here / "main.py").write_text(MAIN)
    assert found("main.py") == found(".") == [("main.py", "certain")]
    assert found(str(here / "main.py")) == [(str(here / "main.py"), "certain")]
    assert found("./main.py") == [("./main.py", "certain")]
    assert engine.check(["main.py"]).looked_at[0] == 1


def test_what_imports_it_counts_too(here: Path) -> None:
    (here / "app").mkdir()
    (here / "pyproject.toml").touch()
    (here / "app/body.py").write_text(BODY)
    (here / "app/sender.py").write_text(SENDER)
    assert found("app/body.py") == [("app/body.py", "certain")]
    (here / "other.py").write_text(OTHER_PROGRAM)
    assert found("app/body.py") == [row for row in found(".") if row[0] == "app/body.py"]
    assert found("app/body.py") != [("app/body.py", "certain")]
    os.chdir(here / "app")
    assert found("body.py") == [("body.py", "unsure")]


def test_only_what_is_named_is_reported_and_written(here: Path) -> None:
    (here / "api.py").write_text(API)
    for name in ("main.py", "second.py"):
        (here / name).write_text(MAIN)
    (here / "broken.json").write_text('{"krea": ')
    assert commands.run(["check", "main.py"]) == 1
    assert commands.run(["migrate", "--write", "main.py"]) == 0
    assert (here / "main.py").read_text() == MAIN.replace("aspectRatio", "aspect_ratio")
    assert (here / "second.py").read_text() == MAIN


def test_a_file_that_git_ignores_is_read_when_it_is_named(here: Path) -> None:
    (here / "api.py").write_text(API)
    (here / "main.py").write_text(MAIN)
    (here / ".gitignore").write_text("main.py\n")
    assert found(".") == []
    assert found("main.py") == [("main.py", "certain")]


@pytest.mark.parametrize(
    ("beside", "certainty"), [(READING.context.value - 1, "certain"), (READING.context.value, "likely")]
)
def test_beside_too_many_files_nothing_is_certain(here: Path, beside: int, certainty: str) -> None:
    (here / "main.py").write_text(f'import requests\n\nrequests.post("{URL}", json={{"aspectRatio": "1:1"}})\n')
    for number in range(beside):
        (here / f"m{number}.py").touch()
    report = engine.check(["main.py"])
    about = [finding for finding in report.findings if finding.old == "aspectRatio"]
    assert [finding.certainty for finding in about] == [certainty]
    is_said = certainty == "likely"
    assert [READING.context.told in finding.reason for finding in about] == [is_said]
    assert [READING.context.told in note for note in report.notes.values()] == [True] * is_said
