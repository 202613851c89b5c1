"""The folder that Sphinx reads: the repository's Markdown files at their places, and pages for the API reference.

Pages keep their places, so that relative links work in the repository and on the site alike. The README is the start page. The order of
pages is that of docs/README.md, the groups of the API reference are those of docs/api.md.
"""

from __future__ import annotations

import importlib
import inspect
import re
import shutil
from pathlib import Path
from typing import NamedTuple

PAGES = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "docs",
    "spec/EXTENSIONS.md",
    "spec/NOTES.md",
    "spec/notes",
)
LINK = re.compile(r"\]\((?P<target>[\w./-]+)\.md\)")
SECTION = re.compile(r"^## (?P<title>[^\n]+)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"^### `(?P<name>\w+)`$", re.MULTILINE)
FILE_LINK = re.compile(r"\]\((?P<target>(?!\w+:)[^)#\s]+)")
MODULES = ("aliases", "legacy", "webhooks")  # public names that are modules
RESOURCES = ("jobs", "assets", "styles", "node_apps", "reports")


class ReferencePage(NamedTuple):
    """One page of the API reference."""

    file: str
    title: str
    objects: tuple[str, ...]  # autodoc directives


def write(root: Path, folder: Path) -> None:
    """Copy the pages of a checkout to a new folder and add what the site needs."""
    folder = folder.resolve()
    for name in PAGES:
        source, target = root / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for page in list(folder.rglob("*.md")):
        text = page.read_text("utf-8")
        _copy_linked_files(root, folder, page, text)
        page.write_text(re.sub(r"\]\(((?:\.\./)+)README\.md", r"](\1index.md", text), "utf-8")
    reference = reference_pages((root / "docs" / "api.md").read_text("utf-8"))
    (folder / "reference").mkdir()
    for entry in reference:
        body = "\n\n".join(f"```{{eval-rst}}\n{directive}\n```" for directive in entry.objects)
        (folder / "reference" / f"{entry.file}.md").write_text(f"# {entry.title}\n\n{body}\n", "utf-8")
    overview = (root / "docs" / "README.md").read_text("utf-8")
    start = (root / "README.md").read_text("utf-8")
    with (folder / "spec" / "NOTES.md").open("a", encoding="utf-8") as notes:
        notes.write("\n```{toctree}\n:hidden:\n:glob:\n\nnotes/*\n```\n")
    (folder / "index.md").write_text(start + navigation(overview, reference), "utf-8")


def _copy_linked_files(root: Path, folder: Path, page: Path, text: str) -> None:
    """Copy files of the repository that a page links to and that are no pages; the site offers them for download."""
    for target in FILE_LINK.findall(text):
        path = (page.parent / target).resolve()
        if path.is_relative_to(folder) and not path.exists():
            source = root / path.relative_to(folder)
            if source.is_file() and source.suffix != ".md":
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, path)


def reference_pages(public_names: str) -> list[ReferencePage]:
    """Return the pages of the API reference, grouped like the page of public names."""
    pages = []
    for section in SECTION.finditer(public_names):
        names = NAME.findall(section["text"])
        title = section["title"]
        directives = [directive for name in names for directive in _directives(name)]
        pages.append(ReferencePage(re.sub(r"\W+", "-", title.lower()).strip("-"), title, tuple(directives)))
    pages.insert(1, _resources())
    parents = tuple(f".. autoclass:: krea_client.errors.{name}" for name in ("AnswerError", "AboutJob"))
    pages.append(ReferencePage("error-parents", "Errors: parent classes", parents))
    pages.append(ReferencePage("sandbox", "Sandbox", tuple(_module("sandbox"))))
    return pages


def _directives(name: str) -> list[str]:
    return _module(name) if name in MODULES else [f".. autoclass:: krea_client.{name}"]


def _module(name: str) -> list[str]:
    """Return the directives of a module and its public names."""
    full = f"krea_client.{name}"
    module = importlib.import_module(full)
    own = [
        key
        for key, value in vars(module).items()
        if getattr(value, "__module__", "") == full and not key.startswith("_")
    ]
    names = getattr(module, "__all__", own)
    return [
        f".. py:module:: {full}\n\n{inspect.getdoc(module)}",
        *(f".. auto{_kind(getattr(module, key))}:: {full}.{key}" for key in names),
    ]


def _kind(value: object) -> str:
    return "class" if isinstance(value, type) else "function" if callable(value) else "data"


def _resources() -> ReferencePage:
    from krea_client import Krea

    with Krea("unused") as krea:
        classes = [type(getattr(krea, name)) for name in RESOURCES]
    directives = tuple(f".. autoclass:: {kind.__module__}.{kind.__qualname__}" for kind in classes)
    return ReferencePage("resources", "Resources", directives)


def navigation(overview: str, reference: list[ReferencePage]) -> str:
    """Return the tables of contents of the start page, which Furo shows as the sidebar."""
    users, contributors = (
        [_normal(target) for target in LINK.findall(section["text"])] for section in SECTION.finditer(overview)
    )
    groups = {
        "User guide": users,
        "API reference": [f"reference/{page.file}" for page in reference],
        "Contributors": [*contributors, "spec/EXTENSIONS"],
        "Project": ["docs/README"],
    }
    return "".join(_toctree(caption, pages) for caption, pages in groups.items())


def _normal(target: str) -> str:
    return target.removeprefix("../") if target.startswith("../") else f"docs/{target}"


def _toctree(caption: str, pages: list[str]) -> str:
    lines = "\n".join(pages)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{lines}\n```\n"
