"""KREA101: keys of a dict or object literal that is, or becomes, the body of a request."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA101", "Keys of a literal"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename {"old": ...} and { old } to the new name."""
    yield from survey.renames(CODE, "dict key")
