"""KREA104: members that are read from a body that is about to be sent: body["old"], body.get("old"), "old" in body, body.old."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA104", "Members that are read from a body"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename what reads the same dict whose key is renamed, so that both sides still agree."""
    yield from survey.renames(CODE, "read")
