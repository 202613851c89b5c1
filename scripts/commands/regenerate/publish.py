"""Compares a fresh build with generated/, and puts it in its place whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .bundle import Document


def described(document: Document) -> Document:
    """Return the document as it is published: an operation without a description has its summary as one, as viewers and linters ask."""
    paths = {
        path: {
            method: operation if "description" in operation else _with_description(operation)
            for method, operation in item.items()
        }
        for path, item in document["paths"].items()
    }
    return {**document, "paths": paths}


def _with_description(operation: Document) -> Document:
    described: Document = {}
    for key, value in operation.items():
        described[key] = value
        if key == "summary":
            described["description"] = value
    return described


def differences(new_folder: Path, published: Path) -> list[str]:
    """Return a line for every file that is stale, missing or extra, by name; empty when both are the same."""
    fresh, old = _files(new_folder), _files(published)
    words = [(name, "missing") for name in fresh.keys() - old.keys()]
    words += [(name, "extra") for name in old.keys() - fresh.keys()]
    words += [
        (name, "stale") for name in fresh.keys() & old.keys() if fresh[name].read_bytes() != old[name].read_bytes()
    ]
    return [f"{word}: {published.name}/{name}" for name, word in sorted(words)]


def replace(new_folder: Path, published: Path) -> None:
    """Put the build in the place of the old one; an interruption leaves the old or the new, never a mixture."""
    # A folder beside the target, since only a rename within one file system is whole.
    with tempfile.TemporaryDirectory(dir=published.parent, prefix=".regenerate-") as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        shutil.copytree(new_folder, new)
        if published.exists():
            published.rename(old)
        try:
            new.rename(published)
        except BaseException:
            if old.exists():
                old.rename(published)
            raise


def summary(lines: Sequence[str]) -> str:
    """Return one line that counts differences, for people."""
    words = [line.partition(":")[0] for line in lines]
    names = {"stale": "changed", "missing": "new", "extra": "removed"}
    return ", ".join(f"{words.count(word)} {name}" for word, name in names.items() if word in words)


def _files(folder: Path) -> dict[str, Path]:
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    # Tools leave caches behind; none of them is ours to judge.
    caches = {name for name in files if any(part == "__pycache__" or part.startswith(".") for part in name.parts)}
    return {name.as_posix(): path for name, path in files.items() if name not in caches}
