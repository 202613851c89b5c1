"""The documents that describe the package: their links lead somewhere, and their facts are those of pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCUMENTS = ("CHANGELOG.md", "docs/api.md", "docs/versioning.md", "docs/benchmarks.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    document = ROOT / name
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_extra_is_explained_with_what_it_brings() -> None:
    text = (ROOT / "docs" / "versioning.md").read_text("utf-8").lower()
    extras = set(PROJECT["optional-dependencies"])
    assert [extra for extra in extras if f"krea-client[{extra}]" not in text] == []


def test_the_dependencies_of_the_library_are_the_ones_that_are_named() -> None:
    text = (ROOT / "docs" / "versioning.md").read_text("utf-8")
    told = re.search(r"The library alone needs ([^.]+)\.", text)
    assert told
    needed = {re.split(r"[<>=]", line)[0] for line in PROJECT["dependencies"]}
    assert set(re.split(r", | and ", told[1])) == needed


def test_every_requirement_in_pyproject_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    silent = [one for one in wanted if not re.search(rf'"{re.escape(one)}",?\s*# \S', text)]
    assert silent == []
