"""Pages for contributors name only what exists: files, folders, commands, modules, steps of scripts/check."""

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

from .pages import ROOT, broken_links

PAGES = [
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs" / name for name in ("architecture.md", "glossary.md", "decisions.md")),
]
TOP_LEVEL = ("spec", "generated", "shim", "scripts", "tests", "docs", ".ci", ".github")
SPAN = re.compile(r"`([^`\n]+)`")
MODULE = re.compile(r"krea_(?:client|migrate|api)(?:\.\w+)*")
PLACEHOLDER = re.compile(r"/[A-Z]{3,}$")  # scripts/NAME


def named_paths(text: str) -> set[str]:
    """Return the paths of this repository in code spans, without arguments."""
    words = {span.split()[0] for span in SPAN.findall(text)}
    return {
        word for word in words if word.partition("/")[0] in TOP_LEVEL and "/" in word and not PLACEHOLDER.search(word)
    }


def exists(module: str) -> bool:
    """Return whether a dotted name is a module, or a name in one."""
    parent, _, name = module.rpartition(".")
    try:
        if importlib.util.find_spec(module):
            return True
    except ModuleNotFoundError:
        pass
    return bool(parent) and hasattr(importlib.import_module(parent), name)


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_every_path_exists(page: Path) -> None:
    assert {path for path in named_paths(page.read_text("utf-8")) if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_every_module_exists(page: Path) -> None:
    modules = {span for span in SPAN.findall(page.read_text("utf-8")) if MODULE.fullmatch(span)}
    assert {module for module in modules if not exists(module)} == set()


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_every_step_of_check_that_is_named_exists() -> None:
    steps = set(re.findall(r"^step ([\w-]+) ", (ROOT / "scripts" / "check").read_text("utf-8"), re.MULTILINE))
    commands = re.findall(r"`scripts/check ([\w -]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert commands
    assert {step for command in commands for step in command.split()} <= steps


def test_a_wrong_path_is_noticed() -> None:
    text = "See `scripts/nothing --now`, `docs/README.md`, `scripts/NAME` and `tests/`."
    assert named_paths(text) == {"scripts/nothing", "docs/README.md", "tests/"}
