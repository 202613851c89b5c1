"""KREA107: JSON that stands as text in a program: data='{"old": ...}'."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA107", "JSON in a string"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename the keys at the top of the text."""
    yield from survey.renames(CODE, "json text")
