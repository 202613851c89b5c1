"""Differences that were looked at and decided: the table of spec/notes/known.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from krea_client.cli.document_diff.comparison import OperationDiff
from krea_client.cli.document_diff.differences import Difference


class Known(NamedTuple):
    """One row: on which kind of source, operation and field it says what. `*` stands for anything.

    Attributes:
        source: "page" for the text of a reference page, "document" for an OpenAPI document, or "*".
        operation: a model, or method and path.
    """

    source: str
    operation: str
    field: str
    says: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Known:
        """Return a row from its columns."""
        return cls(row["source"], row["operation"], row["field"], row["says"])

    def covers(self, source: str, operation: str, difference: Difference) -> bool:
        """Return whether this row covers a difference that this kind of source shows."""
        subject = (source, operation, difference.about or "(operation)", difference.says)
        return all(_fits(pattern, text) for pattern, text in zip(self, subject, strict=True))


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text, re.DOTALL) is not None


def short(operation: str) -> str:
    """Return how a row names an operation: a model without POST and /generate/, others with method and path."""
    return operation.removeprefix("POST /generate/")


def undecided(verdicts: Iterable[OperationDiff], source: str, rows: Iterable[Known]) -> list[OperationDiff]:
    """Return the verdicts without the differences that a row covers."""
    rows = tuple(rows)
    return [
        OperationDiff(
            verdict.theirs,
            verdict.ours,
            tuple(
                difference
                for difference in verdict.differences
                if not any(row.covers(source, short(verdict.name), difference) for row in rows)
            ),
        )
        for verdict in verdicts
    ]
