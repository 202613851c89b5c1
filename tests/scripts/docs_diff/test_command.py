"""`scripts/docs-diff`: what it prints, where it reads from, and its exit codes."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docs_diff.__main__ import main

HERE = Path(__file__).parent
TEXT, MARKDOWN = str(HERE / "pages" / "lantern.txt"), str(HERE / "pages" / "lantern.md")
Page = Callable[..., str]


@pytest.fixture
def changed(page: Page, tmp_path: Path) -> str:
    file = tmp_path / "changed.txt"
    file.write_text(
        page("lantern.txt", ("default:30", "default:31"), ("stand\nobject\n", "rope\nnumber\nstand\nobject\n"))
    )
    return str(file)


def test_the_same_is_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([TEXT, MARKDOWN], HERE) == 0
    assert capsys.readouterr().out == f"{TEXT}: same (1 operation)\n{MARKDOWN}: same (1 operation)\n"


def test_differences_are_exit_code_1_with_the_place_to_change(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([changed, TEXT], HERE) == 1
    file = "spec/operations/image/lantern.yaml"
    lines = (HERE / file).read_text("utf-8").split("\n")
    hue = next(at for at, line in enumerate(lines, 1) if "hue:" in line)
    request = lines.index("    LanternRequest:") + 1
    page = Path(changed).read_text("utf-8").split("\n")
    row = "      to keep ours: | page | image/acme/lantern |"
    assert capsys.readouterr().out.splitlines() == [
        f"{changed}: POST /generate/image/acme/lantern: 2 differences",
        f"  {file}:{request}: new field: rope (number) (line {page.index('rope') + 1})",
        '      add under properties: rope: { type: "number" }',
        f"{row} rope | present | why |",
        f"  {file}:{hue}: hue: default was 30, is 31 (line {page.index('hue') + 1})",
        f"{row} hue | default 31 | why |",
        f"{TEXT}: same (1 operation)",
    ]


def test_a_row_that_is_printed_keeps_the_difference_from_being_told(
    changed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    shutil.copytree(HERE / "spec", tmp_path / "spec")
    assert main([changed], tmp_path) == 1
    rows = re.findall(r"to keep ours: (.*)", capsys.readouterr().out)
    with (tmp_path / "spec" / "notes" / "known.md").open("a") as known_file:
        known_file.write("".join(f"{row}\n" for row in rows))
    assert main([changed], tmp_path) == 0
    assert main([changed, "--all"], tmp_path) == 1


def test_what_cannot_be_read_is_exit_code_2_with_its_line(
    page: Page, changed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "strange.txt"
    file.write_text(page("lantern.txt", ("application/json\n", "")))
    assert main([str(file), changed, str(tmp_path / "none.txt")], HERE) == 2
    out, err = capsys.readouterr()
    assert "2 differences" in out
    assert err.splitlines()[0].startswith(f"{file}:")
    assert "media type was expected" in err.splitlines()[0]
    assert "none.txt:1: cannot be read" in err.splitlines()[1]


def test_standard_input_is_a_source(
    page: Page, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(page("lantern.txt")))
    assert main(["-"], HERE) == 0
    assert capsys.readouterr().out == "standard input: same (1 operation)\n"


def test_programs_get_it_as_json(changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([changed, TEXT, "--json"], HERE) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["same"], second["same"]) == (False, True)
    [operation] = first["different"]
    assert operation["operation"] == "POST /generate/image/acme/lantern"
    assert [
        (difference["kind"], difference["field"], difference["says"]) for difference in operation["differences"]
    ] == [
        ("field_new", "rope", "present"),
        ("default", "hue", "default 31"),
    ]
    assert all(
        difference["place"].startswith("spec/operations/image/lantern.yaml:") for difference in operation["differences"]
    )


def test_a_new_operation_is_given_a_file(page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "glow.txt"
    file.write_text(page("lantern.txt").replace("acme/lantern", "acme/glow").replace("/\nlantern\n", "/\nglow\n"))
    assert main([str(file)], HERE) == 1
    out = capsys.readouterr().out
    assert "spec/operations/image/glow.yaml (a neighbour to copy from: spec/operations/image/lantern.yaml)" in out
    assert "to keep ours" not in out


def test_a_broken_specification_and_a_broken_row_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "spec" / "notes").mkdir(parents=True)
    (tmp_path / "spec" / "openapi.yaml").write_text('openapi: "3.1.0"\npaths: {}\n')
    (tmp_path / "spec" / "notes" / "known.md").write_text("| page | a | b | c |\n")
    assert main([TEXT], tmp_path) == 2
    assert "spec/notes/known.md:1: a row is | page, document or *" in capsys.readouterr().err


def test_the_script_runs_from_anywhere(tmp_path: Path) -> None:
    script = HERE.parents[2] / "scripts" / "docs-diff"
    completed = subprocess.run([script, "none.txt"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert completed.returncode == 2
    assert "none.txt:1: cannot be read" in completed.stderr


def test_a_summary_says_what_came_went_and_changed_and_the_version(
    page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lantern.txt"
    file.write_text(page("lantern.txt", ("default:30", "default:31")))
    assert main([str(file), "--summary"], HERE) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "changed: 1 (image/acme/lantern)"
    assert "  1 other defaults" in lines
    assert lines[-1] == "version: the next patch one, as no caller notices"


@pytest.mark.parametrize(
    ("version", "change", "expected"),
    [
        ("0.4.1", ("default:30", "default:31"), "0.4.2 follows 0.4.1: patch, as no caller notices"),
        ("0.4.1", ("x <= 360", "x <= 300"), "0.5.0 follows 0.4.1: minor, as bounds or required fields changed"),
    ],
)
def test_a_summary_names_the_number_that_follows(
    page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str], version: str, change: tuple[str, str], expected: str
) -> None:
    shutil.copytree(HERE / "spec", tmp_path / "spec")
    (tmp_path / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
    file = tmp_path / "lantern.txt"
    file.write_text(page("lantern.txt", change))
    assert main([str(file), "--summary"], tmp_path) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"version: {expected}"


def test_a_summary_of_the_same_is_one_line(page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lantern.txt"
    file.write_text(page("lantern.txt"))
    assert main([str(file), "--summary"], HERE) == 0
    assert capsys.readouterr().out == "nothing changed\n"


def test_a_new_field_with_parts_comes_ready_to_paste(
    lamps: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = lamps["paths"]["/generate/image/acme/lantern"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    inner = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["a", "b"]}}}
    schema["properties"]["frames"] = {"type": "array", "items": inner}
    file = tmp_path / "lamps.json"
    file.write_text(json.dumps(lamps))
    assert main([str(file)], HERE) == 1
    out = capsys.readouterr().out
    assert 'frames: { type: array, items: { $ref: "#/components/schemas/LanternFrame" }, description: TODO }' in out
    assert 'kind: { $ref: "#/components/schemas/LanternKind", description: TODO }' in out
    assert "LanternKind: { type: string, enum: [a, b] }" in out
