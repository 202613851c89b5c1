"""Schemas laid flat: each field by its address, with its facts, so that one form of writing them is as good as another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from krea_client.cli.document_diff.operation_facts import Address, Facts, Node, Unreadable

_KEPT = (
    "format", "default", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "deprecated",
)  # fmt: skip  # one keyword on each line would be a page
_STRUCTURE = ("type", "enum", "const", "properties", "required", "items", "anyOf", "oneOf", "allOf", "nullable", "$ref")
_WORDING = (
    "title", "description", "example", "examples", "readOnly", "writeOnly", "externalDocs", "xml", "discriminator",
    "additionalProperties", "contentMediaType", "contentEncoding", "$schema", "$defs", "$comment", "$id",
)  # fmt: skip  # likewise; additionalProperties is looked at where it closes an object
_UNDERSTOOD = frozenset({*_KEPT, *_STRUCTURE, *_WORDING})
_NULL = "null"


class Shapes:
    """Lays the schemas of one OpenAPI document flat.

    Raises:
        Unreadable: a reference that leads nowhere, or a keyword that would have to be understood and is not.
    """

    def __init__(self, document: Facts) -> None:
        self._document = document

    def resolved(self, value: Any, address: Address) -> tuple[Facts, Address]:
        """What a value stands for after following its references, what stands beside them on top, and where that is."""
        seen: set[str] = set()
        while isinstance(value, dict) and isinstance(reference := cast(Facts, value).get("$ref"), str):
            if reference in seen or not reference.startswith("#/"):
                raise Unreadable(f"the reference {reference} cannot be followed", address=address)
            seen.add(reference)
            steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/"))
            target: Any = self._document
            for step in steps:
                if not isinstance(target, dict) or step not in target:
                    raise Unreadable(f"the reference {reference} leads nowhere", address=address)
                target = cast(Facts, target)[step]
            beside = {key: item for key, item in cast(Facts, value).items() if key != "$ref"}
            value, address = {**target, **beside}, steps
        if not isinstance(value, dict):
            raise Unreadable(f"a mapping must stand here, not {value!r}", address=address)
        return cast(Facts, value), address

    def keys(self, operation: Facts) -> frozenset[str] | None:
        """Where an operation wants its token, such as "header Authorization"; None where the document says nothing of tokens."""
        schemes = cast(dict[str, Facts], self._document.get("components", {}).get("securitySchemes", {}))
        if not schemes:
            return None
        wanted = cast(list[Facts], operation.get("security", self._document.get("security", [])))
        told = [schemes[name] for one in wanted for name in one]
        return frozenset(
            "header Authorization" if it["type"] == "http" else f"{it.get('in')} {it.get('name')}" for it in told
        )

    def flat(self, schema: Any, address: Address) -> dict[str, Node]:
        """Every field inside a schema by its address; "" is the schema itself."""
        found: dict[str, Node] = {}
        self._lay(schema, address, "", found, ())
        return found

    def _lay(
        self, value: Any, address: Address, path: str, found: dict[str, Node], inside: tuple[Address, ...]
    ) -> None:
        schema, place = self._one(value, address)
        if place in inside:
            return
        inside = (*inside, place)
        facts, several = self._facts(schema, place)
        found[path] = Node(facts, address, place)
        required = schema.get("required", [])
        for name, inner in cast(Facts, schema.get("properties", {})).items():
            field = f"{path}.{name}" if path else name
            self._lay(inner, (*place, "properties", name), field, found, inside)
            if field in found and name in required:
                found[field].facts["required"] = True
        if "items" in schema:
            self._lay(schema["items"], (*place, "items"), f"{path}[]", found, inside)
        for label, branch, where in several:
            self._lay(branch, where, f"{path}<{label}>", found, inside)

    def _one(self, value: Any, address: Address) -> tuple[Facts, Address]:
        """The schema with references, allOf and a union with null alone taken in."""
        schema, place = self.resolved(value, address)
        for number, part in enumerate(cast(list[Any], schema.get("allOf", []))):
            inner, _ = self._one(part, (*place, "allOf", number))
            schema = _joined(inner, {key: item for key, item in schema.items() if key != "allOf"})
        for union in ("anyOf", "oneOf"):
            branches = self._branches(schema, union, place)
            real = [it for it in branches if it[0] != {"type": _NULL}]
            if len(real) == 1:
                inner, where = self._one(real[0][0], real[0][1])
                types = [*_types(inner), *([_NULL] if len(real) < len(branches) else [])]
                rest = {key: item for key, item in schema.items() if key != union}
                return {**inner, **rest, "type": types}, where
        return schema, place

    def _branches(self, schema: Facts, union: str, place: Address) -> list[tuple[Facts, Address]]:
        parts = cast(list[Any], schema.get(union, []))
        return [self.resolved(part, (*place, union, number)) for number, part in enumerate(parts)]

    def _facts(self, schema: Facts, place: Address) -> tuple[Facts, list[tuple[str, Facts, Address]]]:
        if strange := [key for key in schema if key not in _UNDERSTOOD and not key.startswith("x-")]:
            raise Unreadable(f"the keyword {strange[0]} is not understood", address=(*place, strange[0]))
        facts = {key: schema[key] for key in _KEPT if key in schema and schema[key] is not False}
        if "default" in schema:
            facts["default"] = schema["default"]
        types, values = _types(schema), list[Any](schema.get("enum", [schema["const"]] if "const" in schema else []))
        several = [branch for union in ("anyOf", "oneOf") for branch in self._branches(schema, union, place)]
        if several and all("const" in it or "enum" in it for it, _ in several):
            values = [value for it, _ in several for value in it.get("enum", [it.get("const")])]
            types, several = [*types, *(kind for it, _ in several for kind in _types(it))], []
        elif several and all(set(it) <= {"type", "description", "title"} for it, _ in several):
            types, several = [kind for it, _ in several for kind in _types(it)], []
        if None in values:
            types = [*types, _NULL]
        if values := [value for value in values if value is not None]:
            facts["enum"] = values
        _modern(facts)
        if types := types or [_kind(value) for value in values]:
            facts["type"] = tuple(sorted(set(types)))
        if schema.get("additionalProperties") is False:
            facts["closed"] = True
        return facts, list(self._labelled([it for it in several if it[0] != {"type": _NULL}]))

    def _labelled(self, branches: list[tuple[Facts, Address]]) -> Iterator[tuple[str, Facts, Address]]:
        """Names for the branches of a union that do not depend on their order."""
        seen: dict[str, int] = {}
        for schema, place in branches:
            label = self._label(schema, place)
            seen[label] = seen.get(label, 0) + 1
            yield label + (str(seen[label]) if seen[label] > 1 else ""), schema, place

    def _label(self, schema: Facts, place: Address) -> str:
        """The first value of the first field that has only some values: what tells the branches apart, mostly."""
        for name, part in cast(Facts, schema.get("properties", {})).items():
            field, _ = self._one(part, (*place, "properties", name))
            if values := [field["const"]] if "const" in field else cast(list[Any], field.get("enum")):
                return str(values[0])
        return "/".join(_types(schema)) or "any"


def _types(schema: Facts) -> list[str]:
    told: Any = schema.get("type", [])
    types = [told] if isinstance(told, str) else list[str](told)
    return [*types, *([_NULL] if schema.get("nullable") is True else [])]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number"


def _modern(facts: Facts) -> None:
    """The bounds of OpenAPI 3.0, where an exclusive one is a boolean beside the number."""
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if facts.get(exclusive) is True and plain in facts:
            facts[exclusive] = facts.pop(plain)


def _joined(one: Facts, other: Facts) -> Facts:
    joined = {**one, **other}
    if "properties" in one and "properties" in other:
        joined["properties"] = {**one["properties"], **other["properties"]}
    if "required" in one and "required" in other:
        joined["required"] = [*one["required"], *other["required"]]
    return joined
