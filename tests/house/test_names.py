"""A name says what it stands for, and stands for one thing in the whole project."""

import re
from pathlib import Path

import pytest

from metrics.class_tree import ProjectClass, duplicate_class_names, duplicate_module_names
from metrics.codebase import Package, SourceModule
from metrics.variable_names import variables

from .conftest import Holds, read_module

EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "impl", "misc"}
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
TESTS = Path(__file__).resolve().parents[1]
IDLE_PERCENT = 1.0  # of the variables of a package may be named by a pronoun or participle


def words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)}


def empty_names(module: SourceModule) -> list[str]:
    """Return the names of the module, its classes and its functions that hold an empty word."""
    stem = module.name.rpartition(".")[2]
    labels = {stem: stem}
    labels |= {node.name: f"{stem}: class {node.name}" for node in module.classes()}
    labels |= {node.name: f"{stem}: def {node.name}" for node in module.functions()}
    return [label for name, label in labels.items() if words(name) & EMPTY_WORDS]


def test_empty_names_are_seen() -> None:
    source = "class JobManager: ...\ndef http_utils(): ...\ndef base_url(): ...\nclass Baseline: ..."
    assert empty_names(SourceModule("flows", Path("flows.py"), source)) == [
        "flows: class JobManager",
        "flows: def http_utils",
    ]
    assert empty_names(SourceModule("a.helpers", Path("helpers.py"), "")) == ["helpers"]


def test_no_name_is_empty(modules: list[SourceModule]) -> None:
    assert [label for module in modules for label in empty_names(module)] == []


def test_no_two_classes_have_one_name(classes: list[ProjectClass], holds: Holds) -> None:
    holds("duplicate_classes", duplicate_class_names(classes).keys())


def test_no_module_name_means_two_things(
    modules: list[SourceModule], module_meanings: dict[str, str], holds: Holds
) -> None:
    """A name that several modules have stands with its one meaning in exceptions.toml, or is a violation."""
    duplicates = duplicate_module_names(modules).keys()
    assert sorted(module_meanings.keys() - duplicates) == [], "only one module has this name, so it needs no entry"
    holds("duplicate_modules", duplicates - module_meanings.keys())


def test_variables_say_what_they_hold(packages: list[Package], holds: Holds) -> None:
    holds("idle_variables", [package.name for package in packages if idle_percent(package) > IDLE_PERCENT])


def test_variables_of_tests_say_what_they_hold() -> None:
    """Other people's programs, which the tests run as they are, keep their names."""
    modules: dict[str, list[SourceModule]] = {}
    for path in sorted(TESTS.rglob("*.py")):
        parts = path.relative_to(TESTS).parts
        if "kits" not in parts:
            modules.setdefault(parts[0] if len(parts) > 1 else "tests", []).append(read_module(path))
    assert "krea_client" in modules
    shares = {folder: idle_percent(Package(folder, folder_modules)) for folder, folder_modules in modules.items()}
    assert {folder: share for folder, share in shares.items() if share > IDLE_PERCENT} == {}


def idle_percent(package: Package) -> float:
    bindings = variables(package.modules)
    return 100 * sum(variable.is_idle for variable in bindings) / len(bindings)


@pytest.mark.parametrize(("source", "percent"), [("found = 1\nprice = 1", 50.0), ("price = 1", 0.0)])
def test_the_share_of_idle_names(source: str, percent: float) -> None:
    assert idle_percent(Package("p", [SourceModule("m", Path("m.py"), source)])) == percent
