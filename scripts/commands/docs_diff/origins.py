"""Where documentation comes from: a file, standard input or a URL; and what it is."""

from __future__ import annotations

import re
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from krea_client.cli.document_diff.openapi_reader import statements
from krea_client.cli.document_diff.operation_facts import Statement, Unreadable

from . import markdown, pages, yamlcore
from .lines import numbered

_SECONDS = 60


@dataclass(frozen=True)
class Origin:
    """What one source says.

    Attributes:
        name: of the file or address.
        kind: "page" for the text of a page, "document" for OpenAPI.
        whole: it lists all operations, so that one that is missing is gone.
    """

    name: str
    kind: str
    whole: bool
    statements: tuple[Statement, ...]


def fetched(name: str) -> str:
    """The text of a source: `-` is standard input. Raises Unreadable when it cannot be had."""
    try:
        if name == "-":
            return sys.stdin.read()
        if re.match(r"https?://", name):
            request = urllib.request.Request(name, headers={"User-Agent": "krea-client docs-diff"})  # noqa: S310  # http and https only
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # http and https only
                data: bytes = answer.read()
            return data.decode("utf-8")
        return Path(name).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be read: {error}") from error


def understood(name: str, text: str, ours: pages.Ours) -> Origin:
    """What a text says, whichever of the four forms it has. Raises Unreadable with the line."""
    text = text.replace("\r\n", "\n")
    if markdown.is_page(text):
        return Origin(name, "document", False, (markdown.read(text, ours),))
    if text.lstrip()[:1] == "{" or re.search(r"^['\"]?openapi['\"]?\s*:", text, re.MULTILINE):
        return Origin(name, "document", True, tuple(_document(text)))
    if found := pages.split(text):
        return Origin(name, "page", False, tuple(pages.read(page, ours) for page in found))
    if re.search(r"^(?:GET|POST|PUT|PATCH|DELETE)$", text, re.MULTILINE):
        return Origin(name, "page", False, (pages.read(numbered(text), ours),))
    raise Unreadable("this is neither a reference page, nor one as Markdown, nor an OpenAPI document", 1)


def _document(text: str) -> list[Statement]:
    try:
        return statements(yamlcore.load(text))
    except Unreadable as error:
        raise Unreadable(error.message, error.line or yamlcore.line_of(text, error.address)) from error
