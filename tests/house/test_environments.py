"""Environments: their packages are pinned, and a missing Python or unknown environment gives a message that says what to do."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.+!]+)")


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    files = [root / "scripts" / name for name in ("constraints.txt", "constraints-services.txt")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    matches = [PIN.fullmatch(line) for line in lines if line and not line.startswith("#")]
    assert all(matches), "every line is a comment or name==version"
    return {pin["name"].lower().replace("_", "-"): pin["version"] for pin in matches if pin}


def test_dependencies_are_pinned_within_their_bounds(root: Path, pins: dict[str, str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    extras = project["project"].get("optional-dependencies", {}).values()
    requirements = [
        *project["project"]["dependencies"],
        *(requirement for extra in extras for requirement in extra),
        *project["build-system"]["requires"],
    ]
    assert len(requirements) > 5
    for requirement in map(Requirement, requirements):
        version = pins[requirement.name.lower().replace("_", "-")]
        assert requirement.specifier.contains(version), f"{requirement} is pinned at {version}"


def test_the_generator_and_formatter_are_pinned(pins: dict[str, str]) -> None:
    assert {"openapi-python-client", "ruff"} <= pins.keys()


def make_environment(root: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["scripts/_env", name], cwd=root, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **environment},
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip  # one call, read as one


def test_a_missing_python_gives_a_message_that_says_what_to_do(root: Path) -> None:
    process = make_environment(root, "3.99", PYTHON="/nonexistent/python")
    assert (process.returncode, process.stdout) == (3, "")
    assert "no usable Python 3.99" in process.stderr
    assert "Tried: /nonexistent/python python3.99" in process.stderr
    assert "PYTHON=/path/to/python" in process.stderr
    assert not (root / ".venv-3.99").exists()


def test_an_unknown_environment_is_refused(root: Path) -> None:
    process = make_environment(root, "nonsense")
    assert (process.returncode, process.stdout) == (2, "")
    assert "dev, demo" in process.stderr
