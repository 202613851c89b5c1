"""check and migrate as they are typed: exit codes, formats, marks that ignore, settings."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_migrate import explanations

from .looking import URL

OLD = f'import requests\nrequests.post("{URL}", json={{"prompt": "x", "aspectRatio": "1:1"}})\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_clean_found_and_unread_have_their_codes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text("print(1)\n")
    assert commands.run(["check", "."]) == 0
    stderr = capsys.readouterr().err
    assert "no deprecated field names in 1 files" in stderr
    assert "looked for files that name krea" in stderr
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
    assert line.startswith("    …")
    assert line[4:].lstrip("…").rstrip("…") in OLD
    assert line[caret.index("^") :][: caret.count("^")] == '"aspectRatio"'


def test_a_short_line_is_shown_whole(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text(
        f'import requests\nu = "{URL}"\nrequests.post(u, json={{"prompt": "x",\n  "aspectRatio": "1:1"}})\n'
    )
    commands.run(["check", "a.py"])
    assert capsys.readouterr().out.splitlines()[1:] == ['      "aspectRatio": "1:1"})', "      ^^^^^^^^^^^^^"]


@pytest.mark.parametrize("form", ["text", "github"])
@pytest.mark.parametrize("letter", ["x", "ü"])
def test_a_person_reads_200_characters_of_a_finding_at_most(
    form: str, letter: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = f'fetch("{URL}",{{method:"POST",body:JSON.stringify({{prompt:"{letter * 90}",aspectRatio:"1:1"}})}});'
    (here / "a.min.js").write_text(call * 500)
    (here / "b.py").write_text(
        f"import requests\ndef submit(payload):\n    requests.post('{URL}', json=payload)\n" + "#" * 500
    )
    commands.run(["check", "--format", form, "."])
    out = capsys.readouterr().out
    blocks = [block for block in re.split(r"^(?=a\.min|b\.py|::)", out, flags=re.MULTILINE) if block]
    assert len(blocks) == 501
    assert max(map(len, blocks)) <= 200
    assert "aspect_ratio" in blocks[499]


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
    (here / "a.py").write_text("print(1)\n")
    program = (
        "import sys; from krea_client.cli import commands; commands.run(['check', '.']); "
        "print([name for name in ('tree_sitter', 'yaml', 'krea_client._spec.catalogue', 'krea_migrate.reading') if name in sys.modules])"
    )
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=here)
    assert completed.stdout == "[]\n"


def test_a_baseline_keeps_what_is_known_wherever_its_lines_move_to(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.py").write_text(OLD)
    assert commands.run(["check", "--write-baseline", "known.json", "."]) == 0
    assert "known.json: 1 finding is known from now on" in capsys.readouterr().err
    (here / "a.py").write_text("# more\n\n" + OLD)
    assert commands.run(["check", "--baseline", "known.json", "."]) == 0
    assert capsys.readouterr().err.endswith("; 1 in the baseline\n")
    (here / "a.py").write_text(OLD + OLD.splitlines()[1] + "\n")
    assert commands.run(["check", "--baseline", "known.json", "."]) == 1
    assert capsys.readouterr().out.startswith("a.py:3:")
    (here / "a.py").write_text("# krea\n")
    assert commands.run(["check", "--baseline", "known.json", "."]) == 0
    assert (
        "known.json: note: 1 of its findings is gone; write it anew with --write-baseline known.json"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    "text", [None, "[]", "{", '{"version": 0, "findings": []}', '{"version": 1, "findings": [{}]}']
)
def test_a_file_that_is_no_baseline_is_an_error(
    text: str | None, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (here / "known.json").write_text(text)
    assert commands.run(["check", "--baseline", "known.json", "."]) == 2
    assert "known.json: " in capsys.readouterr().err


def git(*words: str) -> None:
    names = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *words], check=True, capture_output=True)


def test_only_what_changed_is_shown_but_everything_is_followed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("init", "--initial-branch=main")
    (here / "sub").mkdir()
    (here / "sub/api.py").write_text(
        f'import requests\ndef send(body):\n    return requests.post("{URL}", json=body)\n'
    )
    (here / "sub/old.py").write_text('from api import send\nsend({"aspectRatio": "1:1"})\n')
    git("add", ".")
    git("commit", "-m", "a")
    assert commands.run(["check", "--changed", "."]) == 0
    assert "in files that did not change" in capsys.readouterr().err
    (here / "sub/new.py").write_text('from api import send\nsend({"aspectRatio": "1:1"})\n')
    assert commands.run(["check", "--changed", "HEAD"]) == 2
    assert "HEAD: problem: does not exist" in capsys.readouterr().err
    assert commands.run(["check", "--changed"]) == 1
    assert capsys.readouterr().out.startswith("sub/new.py:2:7: KREA101 certain")
    assert commands.run(["check", "--changed", "sub"]) == 1
    assert capsys.readouterr().out.startswith("sub/new.py:2:7: KREA101 certain")
    git("checkout", "-b", "topic")
    git("add", ".")
    git("commit", "-m", "b")
    assert commands.run(["check", "--changed", "."]) == 0
    assert commands.run(["check", "--changed-since", "main", "."]) == 1
    assert commands.run(["check", "--changed-since", "nosuch", "."]) == 2
    assert "leave out --changed, or name another revision" in capsys.readouterr().err


def test_outside_of_a_repository_nothing_can_be_said_of_changes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.py").write_text(OLD)
    assert commands.run(["check", "--changed", "."]) == 2
    assert "leave out --changed" in capsys.readouterr().err


def test_every_code_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for code in explanations.all_codes():
        assert commands.run(["check", "--explain", code.lower()]) == 0
        page = capsys.readouterr().out
        assert page.startswith(f"{code}: ")
        assert ("certain: no run of the program" in page) == (code < "KREA200" or code == "KREA303")
        assert (explanations.WHAT_TO_DO.get(code, "") in page) == (code in explanations.WHAT_TO_DO or code < "KREA200")
    assert commands.run(["check", "--explain", "KREA999"]) == 2
    assert "there is no rule 'KREA999'; the rules are KREA101, " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_without_a_path_the_message_says_what_to_give(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run([command]) == 2
    assert "give some, such as . for this folder" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_out_of_the_tree_is_not_written_through(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "outside.py").write_text(OLD)
    (here / "tree").mkdir()
    (here / "tree/link.py").symlink_to("../outside.py")
    (here / "tree/own.py").write_text(OLD)
    (here / "tree/inner.py").symlink_to("own.py")
    for words in (["migrate", "tree"], ["migrate", "--write", "tree"]):
        assert commands.run(words) == 2
        assert "tree/link.py: problem: is a link to a file outside of the tree" in capsys.readouterr().err
    assert (here / "outside.py").read_text() == OLD
    assert (here / "tree/own.py").read_text() == OLD.replace("aspectRatio", "aspect_ratio")
    os.chdir(here / "tree")
    assert commands.run(["migrate", "--write", str(here)]) == 0
    assert (here / "outside.py").read_text() == OLD.replace("aspectRatio", "aspect_ratio")
