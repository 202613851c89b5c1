"""docs/migration.md: every before becomes its after, every message comes, every rule has its section, every command runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from krea_client.sandbox import Sandbox, running
from krea_migrate import engine, explanations, output
from krea_migrate.report import Report

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "krea_client" / "legacy" / "programs"
PAGE = (ROOT / "docs" / "migration.md").read_text("utf-8")
ENDINGS = {
    "python": "py",
    "js": "js",
    "ts": "ts",
    "sh": "sh",
    "json": "json",
    "yaml": "yaml",
    "markdown": "md",
    "kotlin": "kt",
}
BLOCK = r"```(?P<{0}>\w+)\n(?P<{1}>(?:(?!```).)*)```"
PAIR = re.compile(
    BLOCK.format("kind", "source") + r"\n\n(?P<verb>becomes|shows)\n\n" + BLOCK.format("_", "result"), re.DOTALL
)
EXAMPLES = list(PAIR.finditer(PAGE))


def looked_at(kind: str, source: str) -> Report:
    report = Report()
    engine.analyse({f"main.{ENDINGS[kind]}": source.encode()}, report, engine.Settings())
    return report


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda match: f"line {PAGE[: match.start()].count(chr(10)) + 1}")
def test_an_example_is_true(example: re.Match[str]) -> None:
    report = looked_at(example["kind"], example["source"])
    if example["verb"] == "shows":
        assert "\n".join(output.text(report)) == example["result"].rstrip("\n")
        assert engine.migrated(report, "unsure") == {}
        return
    (new,) = engine.migrated(report).values()
    assert new.text.decode() == example["result"]
    assert looked_at(example["kind"], example["result"]).findings == []


def test_every_rule_has_its_section_with_an_example() -> None:
    sections = dict(zip(*[iter(re.split(r"^### (.+)\n", PAGE, flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert sorted(sections) == sorted(f"{rule.code}: {rule.title}" for rule in explanations.all_codes().values())
    assert [name for name, text in sections.items() if not PAIR.search(text)] == []


def test_the_mapped_input_of_the_page_is_clean() -> None:
    (source,) = re.findall(r"```python\n(import requests\nfrom krea_client.*?)```", PAGE, re.DOTALL)
    assert looked_at("python", source).findings == []


# Its commands


class Shell(NamedTuple):
    """A folder with old programs, where the page's commands are typed."""

    folder: Path
    environment: dict[str, str]

    def type(self, line: str) -> int:
        return subprocess.run(line, shell=True, cwd=self.folder, env=self.environment, check=False).returncode

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
        }


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    if os.name != "posix":
        pytest.skip("the page's commands are for a POSIX shell")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "krea-client"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m krea_client.cli "$@"\n')
    command.chmod(0o755)
    shutil.copytree(PROGRAMS, tmp_path / "programs", ignore=shutil.ignore_patterns("__pycache__"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KREA")}
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return Shell(tmp_path / "programs", clean | {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1"})


def section(title: str) -> str:
    return re.split(r"^## ", PAGE.split(f"\n## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def commands(title: str) -> Iterator[str]:
    """Yield the lines that a section has typed."""
    for block in re.findall(r"```console\n(.*?)```", section(title), re.DOTALL):
        for line in block.splitlines():
            assert line.startswith("$ ")
            yield line[2:]


def test_the_three_steps_lead_to_zero(shell: Shell) -> None:
    install, *steps = commands("Find and rename")
    before = shell.files()
    assert [shell.type(steps[0]), shell.type(steps[1])] == [1, 1]
    assert shell.files() == before
    assert [shell.type(step) for step in steps[2:]] == [0, 0]
    changed = {name for name, data in shell.files().items() if data != before[name]}
    assert {name.rpartition(".")[2] for name in changed} == {"py", "mjs", "sh"}
    extras = re.fullmatch(r"pip install '\.\[([\w,]+)\]'", install)
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert extras is not None
    assert set(extras[1].split(",")) <= set(known)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs the command git")
def test_only_what_is_new_is_shown(shell: Shell) -> None:
    begin = "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.com commit -q -m a"
    assert shell.type(begin) == 0
    assert [shell.type(line) for line in commands("Report only new findings")] == [0, 0, 0, 0]
    shutil.copytree(shell.folder / "requests_session", shell.folder / "new")
    assert [shell.type(line) for line in commands("Report only new findings")][2:] == [1, 1]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the command patch")
def test_the_way_back_leads_to_what_was_there(shell: Shell) -> None:
    before = shell.files()
    keep, change, back = commands("Undo")
    assert (shell.type(keep), shell.type(change)) == (1, 0)
    names = shell.folder / "names.diff"
    assert {name: data for name, data in shell.files().items() if name != names.name} != before
    assert shell.type(back) == 0
    names.unlink()
    assert shell.files() == before


def test_the_log_has_a_line_for_each_old_name_and_none_once_they_are_gone(shell: Shell) -> None:
    (line,) = commands("In continuous integration")
    folder = shell.folder / "requests_session"
    (folder / "posters.py").rename(folder / "main.py")
    log = folder / "uses.jsonl"
    with running(Sandbox(date="2026-11-20", concurrent=100, balance=1000)) as url:
        here = Shell(folder, shell.environment | {"KREA_HOST": url, "KREA_BASE_URL": url, "KREA_TOKEN": "t"})
        assert here.type(line) == 0
        uses = [json.loads(row) for row in log.read_text("utf-8").splitlines()]
        assert {use["old"] for use in uses} == {"aspectRatio", "imageUrl"}
        call_text = "session(os.environ"
        lines = (folder / "main.py").read_text("utf-8").splitlines()
        assert all(call_text in lines[use["line"] - 1] and Path(use["file"]).name == "main.py" for use in uses)
        log.unlink()
        assert here.type("krea-client migrate --write .") == 0
        assert here.type(line) == 0
        assert not log.exists()


# Its marks and settings

COMMENTS = {"python": "#", "sh": "#", "yaml": "#", "js": "//", "ts": "//"}
MARKS = re.findall(r"`((?:#|//|<!--) krea: ignore.*?)`", section("Ignore findings"))
MARKED_EXAMPLES = [example for example in EXAMPLES if example["kind"] in COMMENTS]


def found(kind: str, source: str) -> list[str]:
    return [finding.rule for finding in looked_at(kind, source).findings]


def marked(example: re.Match[str], mark: str, *, above: bool = False) -> str:
    """Return the source with the mark at each line of a finding, or above it."""
    (source,) = (source_file.text for source_file in looked_at(example["kind"], example["source"]).sources.values())
    report = looked_at(example["kind"], example["source"])
    numbers = {report.sources[finding.file].position(finding.start).line - 1 for finding in report.findings}
    lines = source.decode().splitlines()
    for number in sorted(numbers, reverse=True):
        if above:
            lines.insert(number, mark)
        else:
            lines[number] += f"  {mark}"
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "example", MARKED_EXAMPLES, ids=lambda match: f"line {PAGE[: match.start()].count(chr(10)) + 1}"
)
def test_the_marks_keep_each_example_as_it_is(example: re.Match[str]) -> None:
    kind = example["kind"]
    (mark,) = (mark for mark in MARKS if mark == f"{COMMENTS[kind]} krea: ignore")
    (file_mark,) = (mark for mark in MARKS if mark == f"{COMMENTS[kind]} krea: ignore-file")
    rules = found(kind, example["source"])
    assert rules
    assert found(kind, marked(example, mark)) == []
    assert found(kind, marked(example, mark, above=True)) == []
    assert found(kind, f"{file_mark}\n{example['source']}") == []
    assert found(kind, marked(example, f"{mark}[{rules[0]}]")) == [rule for rule in rules if rule != rules[0]]
    assert found(kind, marked(example, f"{mark}[KREA000]")) == rules


def test_markdown_takes_the_marks_of_its_blocks_and_one_for_the_file() -> None:
    (example,) = (example for example in EXAMPLES if example["kind"] == "markdown" and example["verb"] == "becomes")
    block, file_mark = sorted((mark for mark in MARKS if mark.startswith("<!--")), key=lambda mark: "file" in mark)
    assert found("markdown", f"{file_mark}\n\n{example['source']}") == []
    assert found("markdown", f"{block}\n{example['source']}") == []
    assert found("markdown", f"{block}\n```python\npass\n```\n\n{example['source']}") == found(
        "markdown", example["source"]
    )
    assert found("markdown", marked(example, "# krea: ignore", above=True)) == []


def test_the_settings_leave_out_a_folder_and_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from krea_client.cli import commands

    (toml,) = re.findall(r"```toml\n(.*?)```", section("Ignore findings"), re.DOTALL)
    settings = tomllib.loads(toml)["tool"]["krea-client"]["migrate"]
    (folder,), (rule,) = settings["exclude"], settings["ignore"]
    sources = {name: row["source"] for row in EXAMPLES for name in found("python", row["source"])[:1]}
    monkeypatch.chdir(tmp_path)
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "left_out.py").write_text(sources["KREA101"])
    (tmp_path / "main.py").write_text(sources[rule])
    assert commands.run(["check", "."]) == 1
    (tmp_path / "pyproject.toml").write_text(toml)
    assert commands.run(["check", "."]) == 0
    (tmp_path / "main.py").write_text(sources["KREA101"])
    assert commands.run(["check", "."]) == 1


def test_the_hooks_are_those_that_there_are() -> None:
    (config,) = re.findall(r"```yaml\n(repos:.*?)```", PAGE, re.DOTALL)
    (repository,) = yaml.safe_load(config)["repos"]
    there = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in repository["hooks"]} == there
