"""The documents that describe the package: their links lead somewhere, and their facts are those of pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSIONING = (ROOT / "docs" / "versioning.md").read_text("utf-8")
IMPORT = re.compile(r"^\s*(?:from|import) (krea_(?:client|api)(?:\.\w+)*)", re.MULTILINE)
INTERNAL = {"maintaining.md", "architecture.md"}  # written for contributors, who import private modules as well
DOCUMENTS = ("CHANGELOG.md", "docs/api.md", "docs/versioning.md", "docs/benchmarks.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    document = ROOT / name
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_table_of_extras_names_every_extra_with_what_it_adds() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| .+ \| (.+) \|$", VERSIONING, re.MULTILINE))
    assert set(rows) == set(PROJECT["optional-dependencies"])
    for extra, requirements in PROJECT["optional-dependencies"].items():
        distributions = {re.split(r"[<>=~!\[]", line)[0].lower() for line in requirements}
        documented = {name.lower() for name in re.split(r", | and its grammars,? ?|\s", rows[extra]) if name}
        assert {name for name in distributions if not name.startswith(tuple(documented))} == set(), extra
        assert {
            name for name in documented if not any(distribution.startswith(name) for distribution in distributions)
        } == set(), extra


def test_the_dependencies_of_the_library_are_the_ones_that_are_named() -> None:
    sentence = re.search(r"The library itself needs ([^.]+)\.", VERSIONING)
    assert sentence
    required = {re.split(r"[<>=]", line)[0] for line in PROJECT["dependencies"]}
    assert set(re.split(r", | and ", sentence[1])) == required


def test_every_module_that_the_documentation_imports_is_promised() -> None:
    promised_modules = set(re.findall(r"^  \| `(krea_\w+(?:\.\w+)*)` \|", VERSIONING, re.MULTILINE))
    assert "krea_client.errors" in promised_modules
    imported = {
        (str(page.relative_to(ROOT)), module)
        for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
        if page.name not in INTERNAL
        for module in IMPORT.findall(page.read_text("utf-8"))
    }
    assert len(imported) > 20
    assert {(page, module) for page, module in imported if module not in promised_modules} == set()


def test_every_requirement_in_pyproject_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    dependencies = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    silent = [dependency for dependency in dependencies if not re.search(rf'"{re.escape(dependency)}",?\s*# \S', text)]
    assert silent == []
