"""The package as users get it: built from a copy of the files that git knows, in folders of its own."""

import subprocess
import sys
from pathlib import Path

import pytest


def build(tree: Path, out: Path, *targets: str, **environment: str) -> None:
    """Build with the backend itself; hatchling is in the development environment."""
    options = [word for target in targets for word in ("--target", target)]
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(out), *options]
    completed = subprocess.run(
        command, cwd=tree, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, check=False
    )
    assert completed.returncode == 0, completed.stderr


@pytest.fixture(scope="session")
def distributions(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one wheel and one sdist."""
    out = tmp_path_factory.mktemp("built")
    build(tree, out)
    return out


@pytest.fixture(scope="session")
def wheel(distributions: Path) -> Path:
    [archive] = distributions.glob("*.whl")
    return archive


@pytest.fixture(scope="session")
def sdist(distributions: Path) -> Path:
    [archive] = distributions.glob("*.tar.gz")
    return archive
