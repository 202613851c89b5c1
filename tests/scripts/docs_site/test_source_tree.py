"""The folder that Sphinx reads: every page at its place, and an API reference of every public name."""

import re
from pathlib import Path

import pytest

import krea_client
from docs_site import source_tree

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "source"
    source_tree.write(ROOT, folder)
    return folder


def test_every_public_name_is_in_the_reference(tree: Path) -> None:
    text = "".join(page.read_text("utf-8") for page in (tree / "reference").glob("*.md"))
    names = set(re.findall(r"^\.\. (?:autoclass|py:module):: krea_client\.(\w+)$", text, re.MULTILINE))
    assert set(krea_client.__all__) - names == set()


def test_the_sidebar_has_every_page(tree: Path) -> None:
    index = (tree / "index.md").read_text("utf-8")
    pages = {str(page.relative_to(tree).with_suffix("")) for page in tree.rglob("*.md")} - {"index"}
    notes = {page for page in pages if page.startswith("spec/notes/")}
    assert {page for page in pages - notes if f"\n{page}\n" not in index} == set()
    assert "\nnotes/*\n" in (tree / "spec" / "NOTES.md").read_text("utf-8")


def test_links_to_the_readme_lead_to_the_start_page(tree: Path) -> None:
    assert not (tree / "README.md").exists()
    assert [
        page.name
        for page in tree.rglob("*.md")
        if "/README.md)" in page.read_text("utf-8").replace("](docs/README.md)", "")
    ] == []


def test_linked_files_that_are_no_pages_are_there(tree: Path) -> None:
    links = [
        (page, target)
        for page in (tree / "docs").rglob("*.md")
        for target in source_tree.FILE_LINK.findall(page.read_text("utf-8"))
        if Path(target).suffix not in ("", ".md")
    ]
    assert links
    assert [target for page, target in links if not (page.parent / target).exists()] == []
