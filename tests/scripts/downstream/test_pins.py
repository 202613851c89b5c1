"""What is installed is pinned exactly, once, and without an address; the page tells of these versions."""

import json
import re
from pathlib import Path

import pytest

from downstream.generator_report import BEGIN, END, PAGE
from downstream.tools import TOOLS
from downstream.workplace import HERE, ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)$", re.MULTILINE)


def pinned(path: Path) -> dict[str, str]:
    return {name.lower(): version for name, version in PIN.findall(path.read_text("utf-8"))}


@pytest.fixture(scope="module")
def node() -> dict[str, str]:
    dependencies: dict[str, str] = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    return dependencies


def test_nothing_is_pinned_twice() -> None:
    assert not pinned(HERE / "constraints.txt").keys() & pinned(ROOT / "scripts" / "constraints.txt").keys()


def test_node_packages_are_exact_and_as_locked(node: dict[str, str]) -> None:
    locked = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    assert locked[""]["dependencies"] == node
    for name, version in node.items():
        assert re.fullmatch(r"\d+(\.\d+)+", version)
        assert locked[f"node_modules/{name}"]["version"] == version


def test_the_lock_holds_no_address() -> None:
    assert "://" not in (HERE / "package-lock.json").read_text("utf-8")


def test_the_page_tells_of_the_pinned_versions_of_all_tools(node: dict[str, str]) -> None:
    versions = pinned(ROOT / "scripts" / "constraints.txt") | pinned(HERE / "constraints.txt") | node
    table = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    for tool in TOOLS:
        assert f"| {tool.name} | {versions[tool.package]} |" in table, "run scripts/downstream --write"
