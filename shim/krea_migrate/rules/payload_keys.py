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
from krea_migrate.languages import document_bodies
from krea_migrate.languages.documents import Document
from krea_migrate.languages.json_text import Value

Found = tuple[Value, str | None]


def places(document: Document, reach: Reach) -> Iterator[Place]:
    """Yield the texts of one file that name keys, with the address that stands in the same entry."""
    for pattern, records in reach.named.items():
        if not files.is_meant(pattern, document.path) or not records:
            continue
        for value in document.values:
            keys = list(_named(value, files.steps(pattern), None))
            addressed = any(address is not None for _, address in keys)
            for node, address in keys:
                name = node.text or ""
                if name in names.table().interesting and (address is not None or not addressed):
                    token = document.name(node, name)
                    edit = Edit.of_name(token.inner, name) if token.inner >= 0 else None
                    there = _beside(address, records)
                    yield Place("json text", name, document.path, token.start, token.end, edit, there)


def _beside(address: str | None, records: list[Record]) -> tuple[Record, ...]:
    if address is None:
        return tuple(records)
    weak = all(record.weak for record in records)
    return (Record(document_bodies.target(address), NONE, NONE, weak, True, group=records[0].group),)


def _named(value: Value, steps: tuple[str, ...], address: str | None) -> Iterator[Found]:
    """Yield what the steps lead to, each with the nearest address around it."""
    address = (document_bodies.address(value)[0] if value.is_object else None) or address
    if not steps:
        if value.text is not None:
            yield value, address
        return
    is_open = steps[0] == files.ANY
    parts = [member.value for member in value.members if is_open or member.name == steps[0]]
    for part in [*parts, *value.items] if is_open else parts:
        yield from _named(part, steps[1:], address)
