"""Legacy programs against a sandbox on loopback: refused after the cut-off, and at work again once they are migrated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_client.sandbox import Sandbox, running

PROGRAMS = Path(__file__).resolve().parents[1] / "krea_client" / "legacy" / "programs"
STYLES = {
    "requests_session/posters.py": sys.executable,
    "urllib_script/poster.py": sys.executable,
    "httpx_sync/poster.py": sys.executable,
    "httpx_async/posters.py": sys.executable,
    "fetch/poster.mjs": "node",
    "curl/poster.sh": "sh",
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(Sandbox(date="2026-11-20", concurrent=1000, balance=1000)) as url:
        yield url


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old") / "programs"
    shutil.copytree(PROGRAMS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    assert commands.run(["migrate", "--write", str(folder)]) == 0
    return folder


def outcome(program: Path, command: str, url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KREA", "PYTHON"))}
    clean |= {"KREA_HOST": url, "KREA_TOKEN": "t", "NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [command, program], cwd=folder, env=clean, text=True, capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize("name", STYLES)
def test_it_fails_bare_and_works_bare_again(name: str, url: str, migrated: Path, tmp_path: Path) -> None:
    command = STYLES[name]
    if shutil.which(command) is None or (command == "sh" and shutil.which("curl") is None):
        pytest.skip(f"{command} is not installed here")
    before = outcome(PROGRAMS / name, command, url, tmp_path)
    assert before.returncode == 1
    assert "is not a field of this model" in before.stderr
    after = outcome(migrated / name, command, url, tmp_path)
    assert (after.returncode, after.stdout[1:]) == (0, " jobs\n"), after.stderr
