"""KREA203: names in a body that none of the operations behind the call has or ever had. Explained, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from krea_client.codemod_profile import Operation, nearest
from krea_migrate import names
from krea_migrate.findings import Finding
from krea_migrate.flow.occurrences import Place
from krea_migrate.rules.decisions import takes_any_name
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA203", "Fields that the model does not have"


def find(survey: Survey) -> Iterator[Finding]:
    """Look at every name of the bodies whose operations are known."""
    beside: dict[int, set[str]] = defaultdict(set)  # what is set in a body anyway is not what was meant
    for place in survey.sent:
        for record in place.records:
            beside[record.group].add(place.name)
    for place in survey.sent:
        operations = known_operations(place)
        if not operations or any(
            not operation.fields or _knows(operation, place.name) or takes_any_name(operation)
            for operation in operations
        ):
            continue
        fields = {field for operation in operations for field in operation.fields}
        if place.kind == "dict key" and not place.beside & fields:
            continue  # options of a call, not a body
        models = ", ".join(sorted({operation.model for operation in operations})[:3])
        free = fields.difference(*(beside[record.group] for record in place.records))
        reason = f"{models} has no field {place.name!r}{_suggestion(place.name, frozenset(free))}"
        yield Finding.by_hand(CODE, place.file, place, place.name, reason)


@cache
def _suggestion(name: str, fields: frozenset[str]) -> str:
    renamed = sorted(fields & names.table().old.get(name, {}).keys())  # what it stands for where others took it
    similar = renamed or nearest(name, sorted(fields), 2)
    return f"; did you mean {' or '.join(map(repr, similar))}?" if similar else ""


def known_operations(place: Place) -> list[Operation]:
    """Return the operations that a body surely goes to; none where anything is open."""
    records = [record for record in place.records if place.name not in record.without]
    if place.mixed or any(record.target.kind != "operation" or record.weak or record.limits for record in records):
        return []
    return list({operation.id: operation for record in records for operation in record.target.operations}.values())


def _knows(operation: Operation, name: str) -> bool:
    return name in operation.fields or name in operation.aliases or name in operation.retired
