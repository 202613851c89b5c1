"""The hand-written Python modules of a checkout, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def _parsed(source: str, path: str) -> tuple[ast.Module, list[ast.AST]]:
    """Return the tree of a file and its nodes: a walk takes as long as parsing, so both are done once per process."""
    tree = ast.parse(source, path)
    return tree, list(ast.walk(tree))


@cache
def _imports(source: str, path: str) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in _parsed(source, path)[1] if isinstance(node, (ast.Import, ast.ImportFrom))]


@dataclass(frozen=True)
class SourceModule:
    """One Python file.

    Attributes:
        name: its dotted name, as other modules import it.
        path: the file, relative to the checkout.
    """

    name: str
    path: Path
    source: str

    @property
    def tree(self) -> ast.Module:
        """The syntax tree. Callers must not change it."""
        return _parsed(self.source, str(self.path))[0]

    @property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree. Callers must not change it."""
        return _parsed(self.source, str(self.path))[1]

    @property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """Every import of the tree, wherever it stands."""
        return _imports(self.source, str(self.path))

    @property
    def line_count(self) -> int:
        """All lines, with comments and blank ones."""
        return len(self.source.splitlines())

    @property
    def is_package(self) -> bool:
        """True for an __init__.py."""
        return self.path.name == "__init__.py"

    def functions(self) -> Iterator[FunctionNode]:
        """Yield every function and method, nested ones too."""
        return (node for node in self.nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield every class, nested ones too."""
        return (node for node in self.nodes if isinstance(node, ast.ClassDef))


class Package(NamedTuple):
    """An import package, or the folder of scripts, with its modules."""

    name: str
    modules: Sequence[SourceModule]


def line_span(node: FunctionNode | ast.ClassDef) -> int:
    """Return the number of lines from the first to the last, without decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def read_packages(checkout: Path) -> list[Package]:
    """Read the packages that people maintain: those in shim/, and scripts/. generated/ and tests are left out.

    Until October 2026 the codemod lay inside krea_client; it is counted as krea_migrate there too, so that checkouts compare.
    """
    shim = checkout / "shim"
    roots = [(folder.name, shim, folder) for folder in sorted(shim.iterdir()) if any(folder.glob("*.py"))]
    nested_codemod = shim / "krea_client" / "migrate"
    if nested_codemod.is_dir():
        roots.insert(1, ("krea_migrate", shim, nested_codemod))
    packages = []
    for name, import_root, folder in roots:
        files = [
            path
            for path in sorted(folder.rglob("*.py"))
            if folder == nested_codemod or nested_codemod not in path.parents
        ]
        packages.append(Package(name, [_read(path, checkout, import_root) for path in files]))
    packages.append(Package("scripts", [_read_script(path, checkout) for path in script_files(checkout)]))
    return packages


def script_files(checkout: Path) -> list[Path]:
    """Return the Python files of scripts/."""
    return sorted((checkout / "scripts").rglob("*.py"))


def _read_script(path: Path, checkout: Path) -> SourceModule:
    commands = checkout / "scripts" / "commands"
    return _read(path, checkout, commands if commands in path.parents else checkout / "scripts")


def _read(path: Path, checkout: Path, import_root: Path) -> SourceModule:
    parts = path.relative_to(import_root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return SourceModule(name, path.relative_to(checkout), path.read_text("utf-8"))


def read_modules(checkout: Path) -> list[SourceModule]:
    """Read the modules of all packages."""
    return [module for package in read_packages(checkout) for module in package.modules]
