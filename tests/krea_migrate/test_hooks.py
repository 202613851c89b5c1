"""The hooks for pre-commit find what the command finds, in a repository that holds more than programs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .looking import URL

ROOT = Path(__file__).resolve().parents[2]
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
FILES = {
    "app/__init__.py": "",
    "app/sender.py": f"import requests\n\ndef _send(**body):\n    return requests.post('{URL}', json=body)\n\n_send(prompt='x')\n",
    "app/main.py": "from app.sender import _send\n\n_send(prompt='A fox', aspectRatio='16:9')\n",
    "page.mts": f"fetch('{URL}', {{ method: 'POST', body: JSON.stringify({{ prompt: 'a fox', aspectRatio: '1:1' }}) }});\n",
    "map.geojson": '{"type": "FeatureCollection"}\n',
    "notes.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n',
    ".bashrc": "export KREA_API_TOKEN=t\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def run(name: str, folder: Path) -> tuple[int, str]:
    """Run as pre-commit does: the entry's words and the arguments, in the top folder; what it said goes to one place."""
    hook = HOOKS[name]
    program, *words = [*shlex.split(hook["entry"]), *hook["args"]]
    assert program == "krea-client"
    command = [sys.executable, "-m", "krea_client.cli", *words]
    completed = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return completed.returncode, completed.stdout


def test_check_finds_and_migrate_changes_until_both_are_content(repository: Path) -> None:
    code, output = run("krea-client-check", repository)
    assert code == 1, output
    assert re.findall(r"^(\S+?):\d.* certain: 'aspectRatio'", output, re.MULTILINE) == ["app/main.py", "page.mts"]
    code, output = run("krea-client-migrate", repository)
    assert code == 0, output
    for name, text in FILES.items():
        assert (repository / name).read_text() == text.replace("aspectRatio", "aspect_ratio"), name
    assert run("krea-client-migrate", repository)[0] == 0
    assert run("krea-client-check", repository)[0] == 0


def test_they_look_whatever_changes() -> None:
    assert not any("files" in hook or "exclude" in hook for hook in HOOKS.values())


def test_they_get_no_names_that_would_be_split_over_processes() -> None:
    assert {(hook["pass_filenames"], *hook["args"]) for hook in HOOKS.values()} == {(False, ".")}
    assert not any("types_or" in hook or "types" in hook for hook in HOOKS.values())


def test_they_install_all_languages() -> None:
    assert {tuple(hook["additional_dependencies"]) for hook in HOOKS.values()} == {(".[cli,migrate]",)}
