"""The files that an import may mean; "=" before a path that is the file itself, not the end of its path."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from krea_migrate import ir


def no_files(_import: ir.Import, _importer: ir.Module, _aliases: ir.ModuleAliases) -> Iterator[str]:
    """Return no paths: documents import nothing."""
    return iter(())


def python_files(statement: ir.Import, importer: ir.Module, _aliases: ir.ModuleAliases) -> Iterator[str]:
    """Yield where the module of a Python import may stand, the likeliest place first."""
    parts = statement.module.split(".") if statement.module else []
    exact = ""
    if statement.level:
        folder = posixpath.dirname(importer.file)
        for _ in range(statement.level - 1):
            folder = posixpath.dirname(folder)
        parts = [*(folder.split("/") if folder else []), *parts]
        exact = "="
    if statement.name is not None and parts:
        yield exact + "/".join([*parts, statement.name]) + ".py"
    if parts:
        yield exact + "/".join(parts) + ".py"
        yield exact + "/".join([*parts, "__init__.py"])
    if statement.name is not None:
        yield exact + "/".join([*parts, statement.name, "__init__.py"])


_SCRIPT_ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")


def script_files(statement: ir.Import, importer: ir.Module, aliases: ir.ModuleAliases) -> Iterator[str]:
    """Yield the same for a script; `aliases` are the short ways of its project."""
    spec = statement.module
    if spec.startswith("."):
        yield from _endings("=" + posixpath.normpath(posixpath.join(posixpath.dirname(importer.file), spec)))
        return
    for full in aliases.of(spec, importer.file):
        yield from _endings("=" + full)
    if spec.startswith(("@/", "~/", "src/", "#")):
        yield from _endings(spec.lstrip("@~#/"))
    elif spec.startswith("@") and spec.count("/") == 1:  # a package of the same tree that nothing else names
        name = spec.partition("/")[2]
        yield from _endings(f"{name}/src")
        yield from _endings(name)


def _endings(full: str) -> Iterator[str]:
    yield full
    stem, dot, ending = full.rpartition(".")
    bare = stem if dot and "." + ending in _SCRIPT_ENDINGS else full  # import "./x.js" of x.ts
    for suffix in _SCRIPT_ENDINGS:
        yield f"{bare}{suffix}"
        yield f"{bare}/index{suffix}"


def shell_files(statement: ir.Import, _importer: ir.Module, _aliases: ir.ModuleAliases) -> Iterator[str]:
    """Yield the same for a shell program."""
    # . "$(dirname "$0")/lib.sh": the folder is only known when it runs
    yield statement.module.rsplit("./", 1)[-1].lstrip("/")
