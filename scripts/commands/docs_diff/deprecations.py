"""Reads the page of deprecations, which tells each end with its day in prose, and compares it with the models that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_client.cli.document_diff.comparison import OperationDiff
from krea_client.cli.document_diff.days_in_prose import day_in
from krea_client.cli.document_diff.differences import Difference
from krea_client.cli.document_diff.operation_facts import Statement
from regenerate.bundle import Document
from regenerate.public_names import SUBMISSION

_TITLE = re.compile(r"^#*\s*Deprecations\s*$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^#{2,6}\s+(.+?)\s*$", re.MULTILINE)
_MODEL = re.compile(r"\b((?:image|video|enhance|3d|audio)/[a-z0-9-]+(?:/[a-z0-9.-]+)+)")


class Sunset(NamedTuple):
    """The end of one model, as the page tells it, with the line on which it begins."""

    model: str
    day: str
    replacement: str | None
    line: int


def is_page(text: str) -> bool:
    """Return whether a text is that page."""
    return _TITLE.search(text) is not None


def sunsets(text: str, models: list[str]) -> Iterator[Sunset]:
    """Yield each end that the page tells; a heading may name a model by its last part alone."""
    heads = list(_HEADING.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        section = text[head.end() : following.start() if following else len(text)]
        section = re.sub(r"^```.*?^```", "", section, flags=re.MULTILINE | re.DOTALL)  # examples are about any model
        day = day_in(section) or day_in(head[1])
        told = _MODEL.findall(section)
        model = _named(head[1], [*told, *models]) or (told[0] if told else None)
        if day and model:
            replacement = next((other for other in told if other != model), None)
            yield Sunset(model, day, replacement, text[: head.start()].count("\n") + 1)


def verdicts(text: str, ours: list[Statement], document: Document) -> list[OperationDiff]:
    """Return what the page tells otherwise than the specification, model by model."""
    rows = {row["model"]: row for row in document.get("x-krea-gone-models", ())}
    alive = {statement.path.removeprefix(SUBMISSION): statement for statement in ours}
    results: list[OperationDiff] = []
    for sunset in sunsets(text, [*alive, *rows]):
        theirs = Statement("POST", f"{SUBMISSION}{sunset.model}")
        differences = tuple(_differences(sunset, rows.get(sunset.model), alive.get(sunset.model)))
        results.append(OperationDiff(theirs, alive.get(sunset.model), differences))
    return results


def _differences(sunset: Sunset, row: dict[str, str | None] | None, alive: Statement | None) -> Iterator[Difference]:
    entry = f'{{ model: {sunset.model}, sunset: "{sunset.day}", replacement: {sunset.replacement or "null"} }}'
    if row is None:
        now = "mark it deprecated: true, and after that day" if alive is not None else "it is no operation of ours;"
        text = f"the model ends on {sunset.day}; {now} add to spec/shared/gone.yaml: - {entry}"
        yield Difference("sunset", "sunset", sunset.day, text, line=sunset.line)
    elif row["sunset"] != sunset.day:
        text = f"the model's end was {row['sunset'] or 'not known'}, is {sunset.day}"
        yield Difference("sunset", "sunset", sunset.day, text, line=sunset.line)
    elif sunset.replacement and row["replacement"] != sunset.replacement:
        text = f"its replacement was {row['replacement'] or 'not known'}, is {sunset.replacement}"
        yield Difference("replacement", "replacement", sunset.replacement, text, line=sunset.line)


def _named(heading: str, models: list[str]) -> str | None:
    plain = _tight(heading)
    return next((model for model in models if _tight(model.rsplit("/", 1)[1]) == plain or _tight(model) == plain), None)


def _tight(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
