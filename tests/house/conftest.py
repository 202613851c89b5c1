"""What the house tests read: the files of this project, and the violations that are still allowed."""

import tomllib
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from metrics.class_tree import ProjectClass, project_classes
from metrics.codebase import Package, SourceModule, read_packages

ROOT = Path(__file__).resolve().parents[2]
EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def packages() -> list[Package]:
    """Return packages that people maintain and ship or run: those of the shim, and the scripts."""
    return read_packages(ROOT)


@pytest.fixture(scope="session")
def modules(packages: list[Package]) -> list[SourceModule]:
    source_modules = [module for package in packages for module in package.modules]
    assert len(source_modules) > 100
    return source_modules


@cache
def read_module(path: Path) -> SourceModule:
    """Return a Python file that belongs to no package, such as a test, parsed once for all tests that read it."""
    return SourceModule(path.stem, path, path.read_text("utf-8"))


@pytest.fixture(scope="session")
def classes(modules: list[SourceModule]) -> list[ProjectClass]:
    return project_classes(modules)


@pytest.fixture(scope="session")
def exceptions() -> dict[str, Any]:
    return tomllib.loads(EXCEPTIONS.read_text("utf-8"))


@pytest.fixture(scope="session")
def module_meanings(exceptions: dict[str, Any]) -> dict[str, str]:
    """Return the module names that several packages use with one meaning."""
    meanings: dict[str, str] = exceptions.get("module_meanings", {})
    return meanings


Holds = Callable[[str, Collection[str]], None]


@pytest.fixture(scope="session")
def holds(exceptions: dict[str, Any]) -> Holds:
    """Fail on a violation of a rule that exceptions.toml does not list, and on an entry there that is no violation any more."""

    def holds(rule: str, violations: Collection[str]) -> None:
        allowed = set(exceptions.get(rule, []))
        assert sorted(set(violations) - allowed) == [], f"{rule}: not allowed"
        assert sorted(allowed - set(violations)) == [], f"{rule}: mended, so delete these lines of {EXCEPTIONS.name}"

    return holds
