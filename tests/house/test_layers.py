"""Values, requests and policy run without a clock and a socket; no import goes in a circle; importing the package is cheap.

pyproject.toml has the layers (import-linter reads them there); here the same list is tried in a running Python, which also sees
what third parties import.
"""

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from metrics.codebase import SourceModule
from metrics.import_graph import cycles, import_graph

from .conftest import Holds

HEAVY = ("httpx", "asyncio", "attr", "attrs", "rich", "click", "PIL", "uvicorn", "jsonschema")


def loaded_by(root: Path, *modules: str) -> set[str]:
    """Return the heavy packages that are in memory after a fresh Python has imported these modules."""
    program = (
        "import importlib, json, sys\n"
        f"sys.path[:0] = {[str(root / 'shim'), str(root / 'generated')]!r}\n"
        f"for name in {list(modules)!r}: importlib.import_module(name)\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    process = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    return set(json.loads(process.stdout))


@pytest.fixture(scope="module")
def contracts(root: Path) -> list[dict[str, Any]]:
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return contracts


@pytest.fixture(scope="module")
def pure_modules(contracts: list[dict[str, Any]]) -> list[str]:
    [contract] = [
        entry for entry in contracts if {"httpx", "asyncio", "time"} <= set(entry.get("forbidden_modules", []))
    ]
    modules: list[str] = contract["source_modules"]
    return modules


def test_the_probe_sees_what_is_loaded(root: Path) -> None:
    assert {"httpx", "click"} <= loaded_by(root, "httpx", "click")


def test_importing_the_package_loads_nothing_heavy(root: Path) -> None:
    assert loaded_by(root, "krea_client") == set()


def test_the_lower_layers_load_no_clock_and_no_socket(root: Path, pure_modules: list[str]) -> None:
    assert loaded_by(root, *pure_modules) == set()


def test_all_layers_below_the_transport_are_held_to_it(
    contracts: list[dict[str, Any]], pure_modules: list[str]
) -> None:
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    pure = layers[layers.index("_transport") + 1 :]
    names = {f"krea_client.{name.strip()}" for layer in pure for name in layer.split(":")}
    assert names | {"krea_client.legacy.rewriting"} == set(pure_modules)


def test_no_import_goes_in_a_circle(modules: list[SourceModule], holds: Holds) -> None:
    """Imports inside functions and under TYPE_CHECKING count, too."""
    holds("import_cycles", [name for cycle in cycles(import_graph(modules)) for name in cycle])


HTTP_LIBRARIES = ("httpx", "httpx2", "httpcore", "httpcore2")
MAY_IMPORT_THEM = {
    "krea_client._transport.http_library": "the one place",
    "krea_client.legacy.installation": "changes the libraries of the user's program",
}


def imported_packages(module: SourceModule) -> set[str]:
    names: set[str] = set()
    for node in module.imports:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_the_http_library_is_imported_in_one_place(modules: list[SourceModule]) -> None:
    """So that the client moves to another one by a change of one line."""
    importers = {
        module.name
        for module in modules
        if module.name.startswith("krea_client.") and imported_packages(module) & {*HTTP_LIBRARIES}
    }
    assert importers == {*MAY_IMPORT_THEM}
