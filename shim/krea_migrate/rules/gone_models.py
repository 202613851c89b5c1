"""KREA202: addresses of models that were switched off. Shown with the successor, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from krea_client.codemod_profile import nearest
from krea_migrate import names, profile
from krea_migrate.findings import Finding
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.wording import speaks_of_api

CODE, TITLE = "KREA202", "Models that are gone"


def find(survey: Survey) -> Iterator[Finding]:
    """Look at every constant text that is an address or the id of a model, in files that speak of the API."""
    api = profile.active()
    for module in survey.modules:
        speaks = speaks_of_api(module)
        for token in module.texts:
            text = token.value
            if "/" not in text or len(text.split()) != 1:
                continue
            model = names.gone_named(text) if speaks or api.segment in text or api.host in text else None
            if model is not None:
                yield Finding.by_hand(CODE, module.file, token, text, told(model))


def told(model: profile.Gone) -> str:
    """Return what became of a model."""
    when = f" on {model.sunset}" if model.sunset else ""
    return f"{profile.active().title} switched {model.model} off{when}: {_advice(model)}"


def _advice(model: profile.Gone) -> str:
    if model.replacement:
        return f"use {model.replacement}, which may take other fields"
    models = [path.removeprefix(profile.active().prefix) for path in names.table().by_path]
    kind = model.model.partition("/")[0] + "/"
    similar = nearest(model.model, [model for model in models if model.startswith(kind)], 2)
    return "no successor is documented" + (f"; the nearest models are {' and '.join(similar)}" if similar else "")
