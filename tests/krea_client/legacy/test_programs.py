"""Legacy programs against a sandbox on loopback: bare before the cut-off; after it bare, under run and under install."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from krea_client.sandbox import Sandbox, running

PROGRAMS = Path(__file__).with_name("programs")
PYTHON = {
    "requests_session/posters.py": ["aspectRatio", "aspectRatio", "aspectRatio", "imageUrl"],
    "urllib_script/poster.py": ["aspectRatio", "imageUrls"],
    "httpx_sync/poster.py": ["aspectRatio", "skipPromptExpansion"] * 2,
    "httpx_async/posters.py": ["aspectRatio"] * 2,
}
COMMANDS = {"fetch/poster.mjs": "node", "curl/poster.sh": "sh"}
INSTALLED = """
import os, runpy, sys
from krea_client import legacy
legacy.install()
sys.path[0] = os.path.dirname(sys.argv[1])
runpy.run_path(sys.argv[1], run_name="__main__")
"""


class Day(NamedTuple):
    """A sandbox of one day."""

    box: Sandbox
    url: str


def served(date: str) -> Iterator[Day]:
    box = Sandbox(date=date, concurrent=1000, balance=1000)
    with running(box) as url:
        yield Day(box, url)


@pytest.fixture(scope="module")
def before() -> Iterator[Day]:
    yield from served("2026-06-18")


@pytest.fixture(scope="module")
def after() -> Iterator[Day]:
    yield from served("2026-11-20")


def started(command: Sequence[str | Path], day: Day, folder: Path, **variables: str) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KREA", "PYTHON"))}
    clean |= {"KREA_HOST": day.url, "KREA_TOKEN": "t", "KREA_BASE_URL": day.url, "NO_PROXY": "*", **variables}
    return subprocess.Popen(
        [*map(str, command)],
        cwd=folder,
        env=clean,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )


class Outcome(NamedTuple):
    code: int
    output: str
    errors: str


def ended(process: subprocess.Popen[str]) -> Outcome:
    output, errors = process.communicate(timeout=60)
    return Outcome(process.returncode, output, errors)


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_program_runs_as_it_did(name: str, before: Day, after: Day, tmp_path: Path) -> None:
    program, python = PROGRAMS / name, sys.executable
    log = tmp_path / "log"
    running_ = [
        started([python, program], before, tmp_path),
        started([python, program], after, tmp_path),
        started([python, "-m", "krea_client.cli", "run", program], after, tmp_path, KREA_CLIENT_ALIAS_LOG=str(log)),
        started([python, "-c", INSTALLED, program], after, tmp_path, KREA_CLIENT_ALIASES="silent"),
    ]
    bare_before, bare_after, run, installed = map(ended, running_)
    assert (bare_before.code, bare_before.output[1:]) == (0, " jobs\n"), bare_before.errors
    assert (bare_after.code, bare_after.output) == (1, "")
    assert "is not a field of this model" in bare_after.errors
    assert (run.code, run.output) == (0, bare_before.output), run.errors
    assert installed == bare_before, installed.errors
    uses = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(use["old"] for use in uses) == sorted(PYTHON[name])
    assert {use["file"] for use in uses} == {str(program)}
    for line in {use["line"] for use in uses}:
        assert f"{program}:{line}: KreaSunsetWarning: " in run.errors
        assert any(word in program.read_text().splitlines()[line - 1] for word in (".post(", "urlopen("))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_program_in_another_language_worked_and_is_refused_now(
    name: str, before: Day, after: Day, tmp_path: Path
) -> None:
    if shutil.which(COMMANDS[name]) is None or (name.endswith(".sh") and shutil.which("curl") is None):
        pytest.skip(f"{COMMANDS[name]} is not installed here")
    folders = [tmp_path / "before", tmp_path / "after"]
    for folder in folders:
        folder.mkdir()
    command: list[str | Path] = [COMMANDS[name], PROGRAMS / name]
    processes = [started(command, day, folder) for day, folder in zip((before, after), folders, strict=True)]
    bare_before, bare_after = map(ended, processes)
    assert (bare_before.code, bare_before.output[1:]) == (0, " jobs\n"), bare_before.errors
    assert (bare_after.code, bare_after.output) == (1, "")
    assert "is not a field of this model" in bare_after.errors


def test_what_arrives_is_what_the_program_meant(after: Day, tmp_path: Path) -> None:
    """The fields of a job made by an old program under `run` are those that it gave, under the names of today."""
    observed = len(after.box.requests)
    completed = ended(
        started([sys.executable, "-m", "krea_client.cli", "run", PROGRAMS / "urllib_script/poster.py"], after, tmp_path)
    )
    assert completed.code == 0, completed.errors
    bodies = [json.loads(request.body) for request in list(after.box.requests)[observed:]]
    assert bodies == [
        {"prompt": "A fox", "aspect_ratio": "1:1", "resolution": "1K"},
        {"prompt": "A fox", "image_urls": ["https://example.com/fox.png"]},
    ]
