"""References of an OpenAPI document, replaced by what they name."""

from __future__ import annotations

from typing import Any

from krea_client import _json


def inlined(part: object, components: dict[str, Any]) -> Any:
    """Return a part of a document with every reference to a component replaced by the component.

    Raises:
        KeyError, ValueError: a reference leads nowhere.
        RecursionError: references lead in a circle.
    """
    items = _json.sequence(part)
    if items is not None:
        return [inlined(item, components) for item in items]
    if not _json.is_object(part):
        return part
    members = _json.members(part)
    referenced: dict[str, Any] = {}
    if reference := _json.text(members.get("$ref")):
        kind, name = reference.removeprefix("#/components/").split("/")
        referenced = inlined(components[kind][name], components)
    return referenced | {key: inlined(value, components) for key, value in members.items() if key != "$ref"}
