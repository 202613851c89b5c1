"""Checks the built site: links inside it lead somewhere, and pages load nothing from other hosts."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

LOADING = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"), ("video", "src")}


class Reference(NamedTuple):
    """An address on a page.

    Attributes:
        target: the address as written.
        loaded: True when a browser fetches it to show the page.
    """

    target: str
    loaded: bool


class Page(HTMLParser):
    """The anchors and references of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.references: list[Reference] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record ids, links and loaded files."""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif value and ((tag, name) in LOADING or (tag, name) == ("a", "href")):
                self.references.append(Reference(value, tag != "a"))


def problems(site: Path) -> list[str]:
    """Return a line for each broken link, and for each file that is loaded from another host."""

    @cache
    def page(path: Path) -> Page:
        return Page(path.read_text("utf-8"))

    lines = []
    for path in sorted(site.rglob("*.html")):
        for reference in page(path).references:
            address = urlsplit(reference.target)
            place = f"{path.relative_to(site)}: {reference.target}"
            if address.scheme in ("http", "https") or reference.target.startswith("//"):
                if reference.loaded:
                    lines.append(f"{place}: loaded from another host")
                continue
            if address.scheme in ("mailto", "data"):
                continue
            file = (path.parent / unquote(address.path)).resolve() if address.path else path
            if not file.is_file():
                lines.append(f"{place}: no such file")
            elif address.fragment and file.suffix == ".html" and unquote(address.fragment) not in page(file).anchors:
                lines.append(f"{place}: no such anchor")
    return lines
