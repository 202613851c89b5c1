"""Where documentation comes from: a file, standard input or a URL; and what it is."""

from __future__ import annotations

import re
import sys
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docs_diff import deprecations, markdown_pages, page_reader, translated_pages, yamlcore
from krea_client.cli.document_diff.openapi_reader import document_statement, statements
from krea_client.cli.document_diff.operation_facts import Statement, Unreadable

from .lines import Line, numbered

_SECONDS = 60


@dataclass(frozen=True)
class Origin:
    """What one source says.

    Attributes:
        name: of the file or address.
        kind: "page" for the text of a page, "document" for OpenAPI.
        whole: it lists all operations, so that one that is missing is gone.
        document: what a whole document says besides its operations.
        deprecations: the text, where it is the page of deprecations.
    """

    name: str
    kind: str
    whole: bool
    statements: tuple[Statement, ...]
    document: Statement | None = None
    deprecations: str | None = None

    @property
    def is_understood(self) -> bool:
        """Whether anything of it could be read."""
        return bool(self.deprecations) or any(it.body or it.answer or it.statuses for it in self.statements)


def fetched(name: str) -> str:
    """Return the text of a source: `-` is standard input. Raises Unreadable when it cannot be had."""
    try:
        if name == "-":
            return sys.stdin.read()
        if re.match(r"https?://", name):
            request = urllib.request.Request(text_address(name), headers={"User-Agent": "krea-client docs-diff"})  # noqa: S310  # http and https only
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # http and https only
                data: bytes = answer.read()
            return data.decode("utf-8")
        return Path(name).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be read: {error}") from error


def text_address(url: str) -> str:
    """Return where the documentation has a page as Markdown: at its address with .md, in every language, on both of its hosts."""
    is_page = re.fullmatch(r"https://(?:docs\.krea\.ai|www\.krea\.ai/docs)/[\w/-]+", url)
    return f"{url.rstrip('/')}.md" if is_page else url


def understood(name: str, text: str, aliases_of: page_reader.Ours) -> Origin:
    """Return what a text says, whichever of the four forms it has. Raises Unreadable with the line."""
    text = text.replace("\r\n", "\n")
    if markdown_pages.is_page(text):
        return Origin(name, "document", False, (markdown_pages.read(text, aliases_of),))
    if text.lstrip()[:1] == "{" or re.search(r"^['\"]?openapi['\"]?\s*:", text, re.MULTILINE):
        content = yamlcore.load(text)
        told = tuple(_with_lines(it, text) for it in _statements(content, text))
        return Origin(name, "document", True, told, document_statement(content))
    if deprecations.is_page(text):
        return Origin(name, "page", False, (), deprecations=text)
    if page_lines := page_reader.split(text):
        return Origin(name, "page", False, tuple(page_reader.read(page, aliases_of) for page in page_lines))
    if re.search(r"^(?:GET|POST|PUT|PATCH|DELETE)$", text, re.MULTILINE):
        return Origin(name, "page", False, (_page(numbered(text), aliases_of),))
    raise Unreadable("this is neither a reference page, nor one as Markdown, nor an OpenAPI document", 1)


def _page(lines: list[Line], aliases_of: page_reader.Ours) -> Statement:
    """Return what one page says that does not begin in English."""
    if not translated_pages.is_translated(lines):
        return page_reader.read(lines, aliases_of)
    statement = page_reader.read(translated_pages.in_english(lines), aliases_of)
    # The rows of a price table have their names in the page's language; a single price needs none.
    prices = statement.prices or ()
    return replace(statement, prices=(prices[0]._replace(label=""),) if len(prices) == 1 else None)


def _statements(content: Any, text: str) -> list[Statement]:
    try:
        return statements(content)
    except Unreadable as error:
        raise Unreadable(error.message, error.line or yamlcore.line_of(text, error.address)) from error


def _with_lines(statement: Statement, text: str) -> Statement:
    """Return the statement with the line of what is not understood."""
    if not statement.unclear:
        return statement
    lines = (Unreadable(it.message, yamlcore.line_of(text, it.address), it.address) for it in statement.unclear)
    return replace(statement, unclear=tuple(lines))
