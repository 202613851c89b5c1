"""The files of a tree: what .gitignore and habit leave out is left out, and the rest is looked at in bytes first."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from krea_migrate.gitignore import Ignored, is_ignored, rules_above, rules_from

LANGUAGES = {
    **dict.fromkeys(("py", "pyw", "pyi"), "python"),
    **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"), "script"),
    **dict.fromkeys(("vue", "svelte", "astro", "html", "htm"), "script"),
    **dict.fromkeys(("json", "jsonl", "ndjson", "jsonc", "json5"), "json"),
    **dict.fromkeys(("yaml", "yml"), "yaml"),
    **dict.fromkeys(("md", "mdx", "markdown"), "markdown"),
    **dict.fromkeys(("sh", "bash", "zsh"), "shell"),
    **dict.fromkeys(("mk", "just"), "make"),
    **dict.fromkeys(("http", "rest", "hurl"), "http"),
    "ipynb": "notebook",
}
NAMES: dict[str, str] = dict.fromkeys(("Makefile", "makefile", "GNUmakefile", "justfile", "Justfile"), "make")
_MODEL = re.compile(rb"/generate/(?:image|video|enhance|3d|audio|[{$%\"'<`])")
_AT_ONCE = 1 << 16  # bytes: nearly every file that people write
FEW = 3000  # files that are looked through again without a second thought
_SKIPPED = frozenset(
    {
        "node_modules",
        "__pycache__",
        "site-packages",
        "dist",
        "build",
        "venv",
        "env",
        "vendor",
        "vendored",
        "_vendor",
        "third_party",
    }
    | {"bower_components", "coverage", "htmlcov"}
)
_KEPT = frozenset(
    {".github", ".gitlab", ".circleci", ".claude", ".cursor", ".agents", ".codex", ".devcontainer", ".husky"}
)  # hidden folders that hold programs
_MARKERS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "package.json", "requirements.txt", ".git", "go.mod"})


class Tree(NamedTuple):
    """What a walk found: files by language, folders that are the top of a project, and what could not be read."""

    files: dict[str, str]
    tops: frozenset[str]
    problems: dict[str, str]


def language_of(path: str) -> str | None:
    """The language of a file by its ending; of one without ending by its first line."""
    name = path.rsplit("/", 1)[-1]
    _, dot, ending = name.rpartition(".")
    if dot:
        return LANGUAGES.get(ending.lower())
    if name in NAMES:
        return NAMES[name]
    try:
        with open(path, "rb") as file:
            first = file.readline(120)
    except OSError:
        return None
    if not first.startswith(b"#!"):
        return None
    return "python" if b"python" in first else "script" if b"node" in first else "shell" if b"sh" in first else None


def walk(paths: Sequence[str], exclude: Sequence[str] = ()) -> Tree:
    """All files below some paths, each path by its own name."""
    tree = Tree({}, frozenset(), {})
    tops: set[str] = set()
    left_out = Ignored(map(os.fsencode, exclude)) if exclude else None
    for path in paths:
        if os.path.isdir(path):
            _walk(path.rstrip("/") or "/", tree, tops, left_out)
        elif os.path.exists(path):
            language = language_of(path)
            if language is None:
                tree.problems[path] = "is in no language that is read here"
            else:
                tree.files[path] = language
        else:
            tree.problems[path] = "does not exist"
    return tree._replace(tops=frozenset(tops))


def _walk(top: str, tree: Tree, tops: set[str], left_out: Ignored | None) -> None:
    prefix = "" if top == "." else top + "/"
    stack: list[tuple[str, tuple[Ignored, ...]]] = [("", tuple(rules_above(top)))]
    while stack:
        inside, rules = stack.pop()
        try:
            with os.scandir(prefix + inside or ".") as found:
                entries = list(found)
        except OSError as error:
            tree.problems[prefix + inside] = f"could not be listed: {error.strerror}"
            continue
        names = {entry.name for entry in entries}
        if ".gitignore" in names and (here := rules_from(Path(f"{prefix}{inside}.gitignore"), base=inside)):
            rules = (*rules, here)
        if not names.isdisjoint(_MARKERS):
            tops.add(prefix + inside)
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                hidden = name.startswith(".") and name not in _KEPT
                if hidden or name in _SKIPPED or name.endswith(".egg-info"):
                    continue
                if not is_ignored(f"{inside}{name}/", rules, left_out):
                    stack.append((f"{inside}{name}/", rules))
                continue
            language = LANGUAGES.get(name.rpartition(".")[2]) or NAMES.get(name)
            if language is not None and not is_ignored(inside + name, rules, left_out) and entry.is_file():
                tree.files[prefix + inside + name] = language


def read(path: str) -> bytes:
    """The bytes of a file."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, _AT_ONCE)
        if len(data) == _AT_ONCE:
            pieces = [data]
            while more := os.read(file, _AT_ONCE * 16):
                pieces.append(more)
            data = b"".join(pieces)
        return data
    finally:
        os.close(file)


def speaks(data: bytes) -> bool:
    """The bytes may have to do with Krea."""
    if b"/generate/" in data and _MODEL.search(data):
        return True
    return b"krea" in data or b"KREA" in data or b"Krea" in data


def top_of(path: str, tree: Tree) -> str:
    """The folder of the project that a program belongs to, with a slash at its end; "" for everything that was walked.

    That is the nearest folder with a project's own file. Without one it is all files where they are few, else the folder above
    the program's package.
    """
    folder = path.rpartition("/")[0] + "/" if "/" in path else ""
    above = folder
    while above:
        if above in tree.tops:
            return above
        above = _parent(above)
    if "" in tree.tops or len(tree.files) <= FEW:
        return ""
    while folder and folder + "__init__.py" in tree.files:
        folder = _parent(folder)
    return folder


def _parent(folder: str) -> str:
    above = folder.rstrip("/").rpartition("/")[0]
    return above + "/" if above else ""
