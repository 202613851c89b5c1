"""KREA303: a body that looks like one for Krea, in a file that speaks of Krea, but that could not be followed to a call."""

from __future__ import annotations

from collections.abc import Iterator

from krea_client.migrate import names
from krea_client.migrate.findings import Finding
from krea_client.migrate.flow.project import tail
from krea_client.migrate.flow.requests import may_send
from krea_client.migrate.languages import tree as t
from krea_client.migrate.rules.survey import Survey

CODE, TITLE = "KREA303", "Bodies that could not be followed"
REASON = "the file speaks of Krea, but this could not be followed to a call; if it goes there, the name is now {new!r}"


def find(survey: Survey) -> Iterator[Finding]:
    """Shows keys beside a prompt that reach no address at all."""
    table = names.table().old
    given = _given_away(survey)
    for one in survey.decisions:
        place = one.place
        if place.kind not in ("dict key", "keyword") or place.records or "prompt" not in place.beside:
            continue
        if any(file == place.file and start <= place.start < end for file, start, end in given):
            continue
        news = sorted(table.get(place.name, ()))
        if len(news) == 1 and place.name != "image_url" and _speaks_of_krea(survey, place.file):
            reason = REASON.format(new=news[0])
            yield Finding(CODE, place.file, place.start, place.end, place.name, news[0], "unsure", reason)


def _given_away(survey: Survey) -> list[tuple[str, int, int]]:
    """Literals that a library is given that sends nothing: a schema, a state, a database."""
    return [
        (module.file, given.start, given.end)
        for module in survey.project.modules.values()
        for placed in module.calls
        if not may_send(tail(placed.call.of))
        for given in placed.call.args
        if isinstance(given, t.Dict)
    ]


def _speaks_of_krea(survey: Survey, file: str) -> bool:
    modules = [one for one in survey.project.modules.values() if one.file == file]
    texts = (token.value for module in modules for token in module.texts)
    return any("krea.ai" in text or "/generate/" in text or "KREA" in text for text in texts) or any(
        "KREA" in one.id for module in modules for one in module.names
    )
