"""The files around one that is named alone: what it imports is read, though nothing is reported of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from krea_migrate import walk

_MARKS = ("pyproject.toml", "package.json", "setup.py", "setup.cfg", "deno.json", "tsconfig.json", ".git")


def around(files: Iterable[str]) -> frozenset[str]:
    """The programs of the projects that the files belong to, as an import may name them."""
    return frozenset(path for folder in {_project(file) for file in files} for path in walk.walk([folder]).files)


def _project(file: str) -> str:
    """The nearest folder above a file that holds a project's own file; without one, the file's folder."""
    folders = list(PurePath(file).parents)
    marked = (folder for folder in folders if any((Path(folder) / mark).exists() for mark in _MARKS))
    return str(next(marked, folders[0]))
