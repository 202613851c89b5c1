"""Environments: what they are made of is pinned, and who has no Python that fits is told what to do."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.+!]+)")


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    lines = (root / "scripts" / "constraints.txt").read_text("utf-8").splitlines()
    found = [PIN.fullmatch(line) for line in lines if line and not line.startswith("#")]
    assert all(found), "every line is a comment or name==version"
    return {pin["name"].lower().replace("_", "-"): pin["version"] for pin in found if pin}


def test_what_the_project_needs_is_pinned_within_its_bounds(root: Path, pins: dict[str, str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    extras = project["project"].get("optional-dependencies", {}).values()
    needed = [
        *project["project"]["dependencies"],
        *(one for extra in extras for one in extra),
        *project["build-system"]["requires"],
    ]
    assert len(needed) > 5
    for requirement in map(Requirement, needed):
        version = pins[requirement.name.lower().replace("_", "-")]
        assert requirement.specifier.contains(version), f"{requirement} is pinned at {version}"


def test_what_decides_the_bytes_of_generated_code_is_pinned(pins: dict[str, str]) -> None:
    assert {"openapi-python-client", "ruff"} <= pins.keys()


def make_environment(root: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["scripts/_env", name], cwd=root, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **environment},
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip  # one call, read as one


def test_without_a_python_that_fits_it_says_what_to_do(root: Path) -> None:
    done = make_environment(root, "3.99", PYTHON="/nonexistent/python")
    assert (done.returncode, done.stdout) == (3, "")
    assert "no usable Python 3.99" in done.stderr
    assert "Tried: /nonexistent/python python3.99" in done.stderr
    assert "PYTHON=/path/to/python" in done.stderr
    assert not (root / ".venv-3.99").exists()


def test_an_environment_that_nobody_knows_is_refused(root: Path) -> None:
    done = make_environment(root, "nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "dev, demo" in done.stderr
