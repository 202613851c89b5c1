"""KREA202: addresses of models that were switched off. Shown with the successor, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_client.codemod_profile import nearest
from krea_migrate import names, profile
from krea_migrate.findings import Certainty, Finding
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.wording import speaks_of_api

CODE, TITLE = "KREA202", "Models that are gone"


def find(survey: Survey) -> Iterator[Finding]:
    """Look at every constant text that is an address or the id of a model, in files that speak of the API."""
    api = profile.active()
    for module in list(survey.project.modules.values()):
        speaks = speaks_of_api(module)
        for token in module.texts:
            text = token.value
            if "/" not in text or any(letter.isspace() for letter in text.strip()):
                continue
            gone = names.gone_named(text) if speaks or api.segment in text or api.host in text else None
            if gone is not None:
                yield Finding(CODE, module.file, token.start, token.end, text, None, Certainty.UNSURE, told(gone))


def told(gone: profile.Gone) -> str:
    """What became of a model."""
    when = f" on {gone.sunset}" if gone.sunset else ""
    return f"{profile.active().title} switched {gone.model} off{when}: {_advice(gone)}"


def _advice(gone: profile.Gone) -> str:
    if gone.replacement:
        return f"use {gone.replacement}, which may take other fields"
    models = [path.removeprefix(profile.active().prefix) for path in names.table().by_path]
    kind = gone.model.partition("/")[0] + "/"
    similar = nearest(gone.model, [one for one in models if one.startswith(kind)], 2)
    return "no successor is documented" + (f"; the nearest models are {' and '.join(similar)}" if similar else "")
