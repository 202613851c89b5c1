"""KREA202: addresses of models that were switched off. Shown with the successor, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA202", "Models that are gone"


def find(survey: Survey) -> Iterator[Finding]:
    """Looks at every constant text that is an address or a full model id."""
    for module in list(survey.project.modules.values()):
        for token in module.texts:
            text = token.value
            if "/" not in text or any(letter.isspace() for letter in text.strip()):
                continue
            gone = names.gone_in(text) if "generate/" in text else None
            if gone is not None:
                yield Finding(CODE, module.file, token.start, token.end, text, None, Certainty.UNSURE, told(gone))


def told(gone: names.Gone) -> str:
    """What became of a model."""
    when = f" on {gone.sunset}" if gone.sunset else ""
    use = f"use {gone.replacement}, which may take other fields" if gone.replacement else "no successor is documented"
    return f"Krea switched {gone.model} off{when}: {use}"
