"""Reads a reference page as Markdown, with the OpenAPI document of its one operation inside."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

from docs_diff.page_reader import Ours
from krea_client.cli.document_diff.openapi_reader import statements
from krea_client.cli.document_diff.operation_facts import Statement, Unreadable

from . import remarks, yamlcore
from .lines import numbered

_FENCE = re.compile(
    r"^(?P<fence>`{3,})\s*(?:yaml|json)\s+(?:(?P<source>\S+)\s+)?(?P<method>\w+)\s+(?P<path>/\S*)\s*$", re.MULTILINE
)


def is_page(text: str) -> bool:
    """Return whether a text is such a page."""
    return _FENCE.search(text) is not None or re.search(r"^## OpenAPI\s*$", text, re.MULTILINE) is not None


def read(text: str, aliases_of: Ours) -> Statement:
    """Return what a page says: the operation by its embedded document, prices and deprecated names by the text above it.

    Raises:
        Unreadable: there is no such block, or it cannot be understood; with the line.
    """
    fence = _FENCE.search(text)
    if fence is None:
        at = text[: text.index("## OpenAPI")].count("\n") + 1
        raise Unreadable("below ## OpenAPI a block was expected: four backticks, yaml, the method and the path", at)
    first = text[: fence.end()].count("\n") + 2
    end = re.search(rf"^{fence['fence']}\s*$", text[fence.end() :], re.MULTILINE)
    if end is None:
        raise Unreadable("the OpenAPI block does not end", first - 1)
    block = textwrap.dedent(text[fence.end() + 1 : fence.end() + end.start()])
    statement = _operation(block, first, fence["method"].upper(), fence["path"])
    above = numbered(text[: fence.start()])
    remark = remarks.read(above, set(statement.body or ()), aliases_of(statement.method, statement.path))
    return replace(
        statement,
        aliases=tuple(remark.aliases) if remark.aliases or statement.aliases is None else statement.aliases,
        prices=tuple(remark.prices),
        deprecated=bool(statement.deprecated or remark.deprecated),
        unclear=(*statement.unclear, *remark.unclear),
        sunset=statement.sunset or remark.sunset,
    )


def _operation(block: str, first: int, method: str, path: str) -> Statement:
    document = yamlcore.load(block, first)
    try:
        matching = [
            candidate for candidate in statements(document) if (candidate.method, candidate.path) == (method, path)
        ]
    except Unreadable as error:
        raise Unreadable(error.message, yamlcore.line_of(block, error.address, first)) from error
    if len(matching) != 1:
        raise Unreadable(f"the block is about {method} {path} and does not hold it", first - 1)
    unclear = tuple(
        Unreadable(candidate.message, yamlcore.line_of(block, candidate.address, first), candidate.address)
        for candidate in matching[0].unclear
    )
    return replace(matching[0], unclear=unclear)
