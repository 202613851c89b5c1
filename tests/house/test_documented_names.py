"""Documentation names only what exists: files, modules, members, commands with options, environment variables."""

import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from cli_docs import commands
from krea_client import Krea

from .conftest import ROOT, Holds

CODE = re.compile(r"^```\w*\n(?P<block>.*?)^```$|`(?P<inline>[^`\n]+)`", re.MULTILINE | re.DOTALL)
FILE = re.compile(
    r"(?<![\w./~$*{-])(?:\.\./)?(?:scripts|tests|spec|shim|docs|generated|findings|\.ci|\.github)/[\w./*-]*[\w*]"
)
MODULE = re.compile(r"(?<![\w./-])(?:krea_client|krea_api|krea_migrate)(?:\.[A-Za-z_]\w*)+")
MEMBER = re.compile(r"(?<![\w./-])krea((?:\.(?!html|png|json|yaml)[a-z]\w*)+)")
COMMAND = re.compile(r"(?<![\w./-])krea-client((?:[ \t]+[\w-]+\b)+)")
VARIABLE = re.compile(r"\bKREA_[A-Z_]+\b")


def documents(root: Path) -> Iterator[Path]:
    yield from (
        root / name
        for name in ("README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md")
        if (root / name).exists()
    )
    yield from sorted((root / "docs").rglob("*.md"))


def code(text: str) -> str:
    """Return the blocks and the inline code of a page, without the words between."""
    return "\n".join(match["block"] or match["inline"] for match in CODE.finditer(text.replace("\\\n", " ")))


@cache
def file_exists(name: str) -> bool:
    path = name.removeprefix("../")
    return any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()


@cache
def loggers() -> frozenset[str]:
    """Return the names of the client's loggers."""
    sources = (path.read_text("utf-8") for path in (ROOT / "shim" / "krea_client").rglob("*.py"))
    return frozenset(name for source in sources for name in re.findall(r'getLogger\("([\w.]+)"\)', source))


@cache
def module_exists(dotted: str) -> bool:
    """Import the longest part that is a module, then look the others up; the name of a logger exists, too."""
    if dotted in loggers():
        return True
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            target: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return member_exists(target, parts[length:])
    return False


def member_exists(target: Any, names: list[str]) -> bool:
    for name in names:
        annotations = getattr(target, "__annotations__", {})
        if not hasattr(target, name):
            return name in annotations
        target = getattr(target, name)
    return True


@cache
def client_has(dotted: str) -> bool:
    with Krea("unused") as krea:
        return member_exists(krea, dotted.strip(".").split("."))


@cache
def known_commands() -> dict[str, click.Command]:
    """Return every command by its words."""
    return commands()


@cache
def command_exists(words: str) -> bool:
    """Follow the words through the commands; each option must be one of the command that they lead to."""
    name, command = "krea-client", known_commands()["krea-client"]
    for word in words.split():
        if isinstance(command, click.Group) and not word.startswith("-"):
            name = f"{name} {word}"
            if name not in known_commands():
                return False
            command = known_commands()[name]
        elif command.context_settings.get("ignore_unknown_options"):
            return True  # the words of another program follow
        elif word.startswith("--") and word != "--help" and word not in options(command):
            return False
    return True


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}


@cache
def read_variables() -> frozenset[str]:
    """Return the environment variables that some file of the project reads or sets."""
    files = [path for folder in ("shim", "scripts", "tests") for path in (ROOT / folder).rglob("*") if path.is_file()]
    texts = (path.read_text("utf-8", errors="ignore") for path in files if "__pycache__" not in path.parts)
    return frozenset(name for text in texts if "KREA_" in text for name in VARIABLE.findall(text))


CHECKS: list[tuple[re.Pattern[str], Callable[[str], bool]]] = [
    (FILE, file_exists),
    (MODULE, module_exists),
    (MEMBER, client_has),
    (COMMAND, command_exists),
    (VARIABLE, lambda name: name in read_variables()),
]


def missing_names(text: str) -> list[str]:
    """Return what the code of a page names and does not exist."""
    documented = {
        (match[0], match[match.lastindex or 0], exists)
        for pattern, exists in CHECKS
        for match in pattern.finditer(code(text))
    }
    return sorted(name for name, subject, exists in documented if not exists(subject))


def all_missing(root: Path) -> list[str]:
    pages = ((path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in documents(root))
    return [f"{name}: {missing}" for name, text in pages for missing in missing_names(text)]


@pytest.mark.parametrize(
    "name",
    [
        "scripts/absent",
        "docs/absent.md",
        "tests/absent/*.py",
        "krea_client.absent",
        "krea_client.errors.Absent",
        "krea.jobs.absent",
        "krea-client absent",
        "krea-client jobs absent",
        "krea-client models list --absent",
        "KREA_ABSENT" + "_VARIABLE",
    ],
)
def test_what_does_not_exist_is_seen(name: str) -> None:
    assert missing_names(f"Words, `{name}` and words.") == [name]
    assert missing_names(f"```python\n{name}\n```\n") == [name]
    assert missing_names(f"Words without code: {name}.") == []


@pytest.mark.parametrize(
    "name",
    [
        "scripts/test",
        "docs/*.md",
        "krea_client.errors.KreaError",
        "krea_client.jobs.Job.id",
        "krea_client.http",
        "krea.jobs.candidates",
        "krea-client jobs list --help",
        "krea-client generate z-image/z-image --sandbox",
        "KREA_API_TOKEN",
    ],
)
def test_what_exists_passes(name: str) -> None:
    assert missing_names(f"`{name}`") == []


def test_documentation_names_only_what_exists(root: Path, holds: Holds) -> None:
    holds("documented_names", all_missing(root))
