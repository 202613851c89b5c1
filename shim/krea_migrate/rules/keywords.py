"""KREA103: keyword arguments that become keys: dict(old=...), body.update(old=...), helper(..., old=...) with **keywords."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA103", "Keywords that become keys"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename the keyword where it is a key, never where it is a parameter's own name."""
    yield from survey.renames(CODE, "keyword")
