"""The words of the specification: kept where they are ours, proposed from fields of the same name, and marked where none are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from regenerate.bundle import Document
from regenerate.lint.unwritten import MARK
from regenerate.references import subschemas


class UsualDescriptions:
    """Descriptions by the name of a field, as the specification has them."""

    def __init__(self, document: Document) -> None:
        counts: dict[str, Counter[str]] = {}
        for name, description in _descriptions(document):
            counts.setdefault(name, Counter())[description] += 1
        self._usual = {name: counter.most_common(1)[0][0] for name, counter in counts.items()}

    def proposed(self, field: str) -> str:
        """Return a description to be looked at: marked, with the usual words for a field of this name if there are some."""
        usual = self._usual.get(field)
        return f"{MARK}: {usual}" if usual else MARK


def _descriptions(document: Document) -> Iterator[tuple[str, str]]:
    for schema in document["components"].get("schemas", {}).values():
        for _, part in subschemas(schema):
            for name, field in part.get("properties", {}).items():
                if "description" in field:
                    yield name, field["description"]


def unwritten(value: Any) -> int:
    """Return how many texts of a value are marked as still to be written."""
    if isinstance(value, str):
        return value.startswith(MARK)
    if isinstance(value, dict | list):
        return sum(map(unwritten, value.values() if isinstance(value, dict) else value))
    return 0
