"""What the house tests read: the files of this project, as a reader of the repository sees them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def handwritten(root: Path) -> list[Path]:
    """Python modules that people maintain and ship or run: the shim and the scripts."""
    found = sorted([*(root / "shim").rglob("*.py"), *(root / "scripts").rglob("*.py")])
    assert found
    return found
