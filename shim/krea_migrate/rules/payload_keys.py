"""Texts in JSON and YAML files that a program takes as the names of keys: {"image_key": "old"}, params: {image: old}."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import names
from krea_migrate.findings import Edit
from krea_migrate.flow import files
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.records import Record
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import NONE
from krea_migrate.languages.json_text import Value
from krea_migrate.rules import payload_bodies

Found = tuple[Value, names.Target | None]


def places(value: Value, path: str, text: str, reach: Reach) -> Iterator[Place]:
    """Yield the texts of one file that name keys, with the address that stands in the same entry."""
    for pattern, records in reach.named.items():
        if not files.is_meant(pattern, path) or not records:
            continue
        keys = list(_named(value, files.steps(pattern), None))
        addressed = any(target is not None for _, target in keys)
        for node, target in keys:
            if node.text in names.table().interesting and (target is not None or not addressed):
                yield _place(node, path, text, _beside(target, records))


def _beside(target: names.Target | None, records: list[Record]) -> tuple[Record, ...]:
    if target is None:
        return tuple(records)
    weak = all(record.weak for record in records)
    return (Record(target, NONE, NONE, weak, True, group=records[0].group),)


def _named(value: Value, steps: tuple[str, ...], target: names.Target | None) -> Iterator[Found]:
    """Yield what the steps lead to, each with the nearest address around it."""
    here = payload_bodies.address(value)[0] if value.is_object else None
    target = here or target
    if not steps:
        if value.text is not None:
            yield value, target
        return
    is_open = steps[0] == files.ANY
    for part in [member.value for member in value.members if is_open or member.name == steps[0]] + (
        value.items if is_open else []
    ):
        yield from _named(part, steps[1:], target)


def _place(value: Value, path: str, text: str, records: tuple[Record, ...]) -> Place:
    name = value.text or ""
    letters = text[value.start : value.stop]
    at = value.start + (letters[:1] in ("'", '"'))
    start = len(text[:at].encode("utf-8", "surrogateescape"))
    is_verbatim = letters.strip("\"'") == name
    edit = Edit(start, start + len(name), "{}") if is_verbatim else None
    return Place("json text", name, path, start, start + len(name), edit, records)
