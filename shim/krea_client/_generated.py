"""Where the generated package krea_api was installed; a program's own module of that name is not mistaken for it."""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "krea_api"
_PROOF = "operations/index.json"  # a file that only the generated package has


def data(name: str) -> bytes:
    """Return a file of the generated package, such as "openapi.json"; nothing of the package is imported.

    Raises:
        FileNotFoundError: the package, or the file, is missing.
    """
    try:
        return _read(_spec(), name)
    except OSError:
        raise FileNotFoundError(f"{PACKAGE}/{name} is missing: reinstall krea-client") from None


def folder() -> Path:
    """Return the folder of the generated package; FileNotFoundError when it is missing."""
    return Path((_spec().submodule_search_locations or [""])[0])


@cache
def _spec() -> ModuleSpec:
    # Beside this package in an installation; elsewhere on the path in a checkout or where an importer of its own has it.
    installed_beside = str(Path(__file__).parents[1])
    for spec in (
        _first_on_the_path(),
        *(PathFinder.find_spec(PACKAGE, [entry]) for entry in (installed_beside, *sys.path)),
    ):
        if spec is not None and _has(spec, _PROOF):
            return spec
    raise FileNotFoundError(PACKAGE)


def _first_on_the_path() -> ModuleSpec | None:
    try:
        return find_spec(PACKAGE)
    except ValueError:  # a module that somebody has put into sys.modules by hand
        return None


def _has(spec: ModuleSpec, name: str) -> bool:
    try:
        return bool(_read(spec, name))
    except OSError:
        return False


def _read(spec: ModuleSpec, name: str) -> bytes:
    loader: Any = spec.loader
    if not spec.submodule_search_locations or not hasattr(loader, "get_data"):
        raise FileNotFoundError(name)
    contents: bytes = loader.get_data(str(Path(spec.submodule_search_locations[0], *name.split("/"))))
    return contents
