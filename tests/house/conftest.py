"""What the house tests read: the files of this project, as a reader of the repository sees them."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def committed(root: Path) -> list[Path]:
    """Tracked files, and new ones that git would not ignore."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: only git knows which files are committed")
    return [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


@pytest.fixture(scope="session")
def handwritten(root: Path) -> list[Path]:
    """Python modules that people maintain and ship or run: the shim and the scripts."""
    found = sorted([*(root / "shim").rglob("*.py"), *(root / "scripts").rglob("*.py")])
    assert found
    return found
