"""check and migrate as they are typed: exit codes, formats, marks that ignore, settings."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from krea_client.cli import commands

from .looking import URL

OLD = f'import requests\nrequests.post("{URL}", json={{"prompt": "x", "aspectRatio": "1:1"}})\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_clean_found_and_unread_have_their_codes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text("print(1)\n")
    assert commands.run(["check", "."]) == 0
    told = capsys.readouterr().err
    assert "no deprecated field names in 1 files" in told
    assert "looked for files that name krea" in told
    (here / "a.py").write_text(OLD)
    assert commands.run(["check", "."]) == 1
    (here / "b.json").write_text('{"krea": ')
    assert commands.run(["check", "."]) == 2
    assert "b.json: problem: is no JSON: line 1" in capsys.readouterr().err


def test_text_has_an_excerpt_with_a_caret(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text(OLD)
    commands.run(["check", "a.py"])
    first, line, caret = capsys.readouterr().out.splitlines()
    assert first.startswith("a.py:2:")
    assert "KREA101 certain: 'aspectRatio' -> 'aspect_ratio'" in first
    column = int(first.split(":")[2])
    assert line[4:] == OLD.splitlines()[1]
    assert line[3 + column :][: caret.count("^")] == '"aspectRatio"'
    assert caret.index("^") == 3 + column


def test_json_and_github(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text(OLD)
    commands.run(["check", "--format", "json", "."])
    (row,) = json.loads(capsys.readouterr().out)["findings"]
    assert (row["file"], row["line"], row["old"], row["new"], row["certainty"]) == (
        "a.py",
        2,
        "aspectRatio",
        "aspect_ratio",
        "certain",
    )
    commands.run(["check", "--format", "github", "."])
    assert capsys.readouterr().out.startswith("::error file=a.py,line=2,col=")


def test_the_diff_is_shown_and_nothing_written_until_write(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text(OLD)
    assert commands.run(["migrate", "."]) == 1
    assert '+requests.post("' in capsys.readouterr().out
    assert (here / "a.py").read_text() == OLD
    assert commands.run(["migrate", "--write", "."]) == 0
    assert (here / "a.py").read_text() == OLD.replace("aspectRatio", "aspect_ratio")
    assert commands.run(["migrate", "--write", "."]) == 0


@pytest.mark.parametrize("mark", ["krea: ignore", "krea: ignore[KREA101]", "krea: ignore[KREA999, KREA101]"])
def test_a_mark_ignores_its_line(here: Path, mark: str) -> None:
    (here / "a.py").write_text(OLD.rstrip() + f"  # {mark}\n")
    assert commands.run(["check", "."]) == 0


def test_other_marks_do_not(here: Path) -> None:
    (here / "a.py").write_text(OLD.rstrip() + "  # krea: ignore[KREA999]\n")
    assert commands.run(["check", "."]) == 1


def test_a_file_and_the_line_below_can_be_ignored(here: Path) -> None:
    (here / "a.py").write_text("# krea: ignore-file\n" + OLD)
    (here / "b.py").write_text(OLD.replace("\n", "\n# krea: ignore\n", 1))
    assert commands.run(["check", "."]) == 0


def test_settings_of_the_project(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text(OLD)
    settings = here / "pyproject.toml"
    settings.write_text('[tool.krea-client.migrate]\nexclude = ["a.py"]\n')
    assert commands.run(["check", "."]) == 0
    settings.write_text('[tool.krea-client.migrate]\nignore = ["KREA101"]\n')
    assert commands.run(["check", "."]) == 0
    settings.write_text('[tool.krea-client.migrate]\nexclud = ["a.py"]\n')
    assert commands.run(["check", "."]) == 2
    assert "has no 'exclud'; it takes exclude and ignore" in capsys.readouterr().err


def test_nothing_that_parses_is_imported_while_no_file_speaks_of_krea(here: Path) -> None:
    import subprocess

    (here / "a.py").write_text("print(1)\n")
    program = (
        "import sys; from krea_client.cli import commands; commands.run(['check', '.']); "
        "print([name for name in ('tree_sitter', 'yaml', 'krea_client._spec.catalogue', 'krea_migrate.reading') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=here)
    assert done.stdout == "[]\n"
