"""KREA102: members that are set on a body: body["old"] = ..., body.old = ..., body.setdefault("old", ...), del body["old"]."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate.findings import Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA102", "Members that are set"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename the member on the left; what stands on the right is looked at for itself."""
    yield from survey.renames(CODE, "assignment")
