"""Flattened schemas: each field by its address, with its facts, so that equivalent ways of writing a schema compare equal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from krea_client.cli.document_diff.differences import shown
from krea_client.cli.document_diff.operation_facts import Address, Facts, FieldFacts, Unreadable, is_list

_FACT_KEYWORDS = (
    "format", "default", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "deprecated",
)  # fmt: skip  # one keyword on each line would be a page
_STRUCTURE = ("type", "enum", "const", "properties", "required", "items", "anyOf", "oneOf", "allOf", "nullable", "$ref")
_WORDING = (
    "title", "description", "example", "examples", "readOnly", "writeOnly", "externalDocs", "xml", "discriminator",
    "additionalProperties", "contentMediaType", "contentEncoding", "$schema", "$defs", "$comment", "$id",
)  # fmt: skip  # likewise; additionalProperties is looked at where it closes an object
_KNOWN_KEYWORDS = frozenset({*_FACT_KEYWORDS, *_STRUCTURE, *_WORDING})
_NULL = "null"
_LONGEST_SHOWN = 60
# What reading a schema or an operation raises where it is not written as its standard says.
MISWRITTEN = (KeyError, TypeError, AttributeError, ValueError, RecursionError)
_CONDITIONS = {"x-krea-visible-when": "x-krea-applies-when"}
# Wording, and what only our document says.
_NO_FACTS = frozenset({"x-krea-enum-labels", "x-krea-media", "x-krea-unconfirmed"})


UNTOLD = "(not told)"
# How the address of a field of any name ends: `urls.*`.
ANY_NAME = "*"


class Shapes:
    """Flattens the schemas of one OpenAPI document.

    What is not understood, such as an unknown keyword, is kept in `unclear`; everything around it is laid flat all the same.

    Raises:
        Unreadable: a reference that leads nowhere.
    """

    def __init__(self, document: Facts) -> None:
        self._document = document
        self.unclear: list[Unreadable] = []

    def resolved(self, value: Any, address: Address) -> tuple[Facts, Address]:
        """Follow the references of a value; return the result, siblings of a reference on top, with its address."""
        if value is True:
            return {}, address  # a schema that allows everything
        followed_references: set[str] = set()
        while isinstance(value, dict) and isinstance(reference := cast(Facts, value).get("$ref"), str):
            if reference in followed_references or not reference.startswith("#/"):
                raise Unreadable(f"the reference {reference} cannot be followed", address=address)
            followed_references.add(reference)
            steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/"))
            target: Any = self._document
            for step in steps:
                if not isinstance(target, dict) or step not in target:
                    raise Unreadable(f"the reference {reference} leads nowhere", address=address)
                target = cast(Facts, target)[step]
            beside = {key: item for key, item in cast(Facts, value).items() if key != "$ref"}
            value, address = {**target, **beside}, steps
        if not isinstance(value, dict):
            raise Unreadable(f"a mapping must stand here, not {_short(value)}", address=address)
        return cast(Facts, value), address

    def keys(self, operation: Facts, place: Address) -> frozenset[str] | None:
        """Return where an operation expects its token, such as "header Authorization"; None where the document says nothing of tokens."""
        try:
            schemes = cast(dict[str, Facts], self._document.get("components", {}).get("securitySchemes", {}))
            if not schemes:
                return None
            requirements = cast(list[Facts], operation.get("security", self._document.get("security", [])))
            return frozenset(_key(schemes[name]) for requirement in requirements for name in requirement)
        except MISWRITTEN as error:
            self.unclear.append(
                Unreadable(f"where the token goes is not understood: {error!r}", address=(*place, "security"))
            )
            return None

    def flat(self, schema: Any, address: Address) -> dict[str, FieldFacts]:
        """Return every field inside a schema by its address; "" is the schema itself."""
        nodes: dict[str, FieldFacts] = {}
        self._lay(schema, address, "", nodes, ())
        return nodes

    def _lay(
        self, value: Any, address: Address, path: str, nodes: dict[str, FieldFacts], inside: tuple[Address, ...]
    ) -> None:
        """Lay a schema flat; one that is not understood hides nothing but itself."""
        try:
            self._lay_understood(value, address, path, nodes, inside)
        except (Unreadable, *MISWRITTEN) as error:
            text = f"this is not written as JSON Schema says: {error!r}"
            self.unclear.append(error if isinstance(error, Unreadable) else Unreadable(text, address=address))
            for laid in [laid for laid in nodes if is_within(laid, path)]:
                del nodes[laid]
            nodes[path] = FieldFacts.of_unread(address)

    def _lay_understood(
        self, value: Any, address: Address, path: str, nodes: dict[str, FieldFacts], inside: tuple[Address, ...]
    ) -> None:
        schema, place = self._one(value, address)
        if place in inside:
            return
        inside = (*inside, place)
        facts, branches = self._facts(schema, place)
        nodes[path] = FieldFacts(facts, address, place)
        required = self._required(schema, place)
        for name, inner in cast(Facts, schema.get("properties", {})).items():
            field = f"{path}.{name}" if path else name
            self._lay(inner, (*place, "properties", name), field, nodes, inside)
            if field in nodes and (required is None or name in required):
                nodes[field].facts["required"] = True if required else UNTOLD
        if "items" in schema:
            self._lay(schema["items"], (*place, "items"), f"{path}[]", nodes, inside)
        if isinstance(others := schema.get("additionalProperties"), dict) and others:
            address = (*place, "additionalProperties")
            self._lay(others, address, f"{path}.{ANY_NAME}" if path else ANY_NAME, nodes, inside)
        for label, branch, where in branches:
            self._lay(branch, where, f"{path}<{label}>", nodes, inside)

    def _required(self, schema: Facts, place: Address) -> list[Any] | None:
        """Return the names of the required fields; None where they are not understood."""
        required: Any = schema.get("required", [])
        if is_list(required):
            return required
        self.unclear.append(Unreadable("`required` must be a list of names", address=(*place, "required")))
        return None

    def _one(self, value: Any, address: Address) -> tuple[Facts, Address]:
        """Return the schema with references, allOf and a union with null alone merged into it."""
        schema, place = self.resolved(value, address)
        for number, part in enumerate(cast(list[Any], schema.get("allOf", []))):
            inner, _ = self._one(part, (*place, "allOf", number))
            schema = _joined(inner, {key: item for key, item in schema.items() if key != "allOf"})
        for union in ("anyOf", "oneOf"):
            branches = self._branches(schema, union, place)
            real = [branch for branch in branches if branch[0] != {"type": _NULL}]
            if len(real) == 1:
                inner, where = self._one(real[0][0], real[0][1])
                types = [*_types(inner), *([_NULL] if len(real) < len(branches) else [])]
                siblings = {key: item for key, item in schema.items() if key != union}
                return {**inner, **siblings, "type": types}, where
        return schema, place

    def _branches(self, schema: Facts, union: str, place: Address) -> list[tuple[Facts, Address]]:
        parts = cast(list[Any], schema.get(union, []))
        return [self.resolved(part, (*place, union, number)) for number, part in enumerate(parts)]

    def _facts(self, schema: Facts, place: Address) -> tuple[Facts, list[tuple[str, Facts, Address]]]:
        self._collect_unclear(schema, place)
        facts = {key: schema[key] for key in _FACT_KEYWORDS if key in schema and schema[key] is not False}
        if "default" in schema:
            facts["default"] = schema["default"]
        facts |= _extensions(schema)
        types, values = _types(schema), list[Any](schema.get("enum", [schema["const"]] if "const" in schema else []))
        branches = [branch for union in ("anyOf", "oneOf") for branch in self._branches(schema, union, place)]
        if branches and all(branch.keys() <= {"required"} for branch, _ in branches):
            # Such a union says nothing of values, only which fields must be there.
            facts["needs any of"] = [shown(branch.get("required", [])) for branch, _ in branches]
            branches = []
        if branches and all("const" in branch or "enum" in branch for branch, _ in branches):
            values = [value for branch, _ in branches for value in branch.get("enum", [branch.get("const")])]
            types, branches = [*types, *(kind for branch, _ in branches for kind in _types(branch))], []
        elif branches and all(set(branch) <= {"type", "description", "title"} for branch, _ in branches):
            types, branches = [kind for branch, _ in branches for kind in _types(branch)], []
        if None in values:
            types = [*types, _NULL]
        if values := [value for value in values if value is not None]:
            facts["enum"] = values
        _modern(facts)
        if types := types or [_kind(value) for value in values]:
            facts["type"] = tuple(sorted(set(types)))
        if schema.get("additionalProperties") is False:
            facts["closed"] = True
        return facts, list(self._labelled([branch for branch in branches if branch[0] != {"type": _NULL}]))

    def _collect_unclear(self, schema: Facts, place: Address) -> None:
        for key in schema:
            if key not in _KNOWN_KEYWORDS and not key.startswith("x-"):
                self.unclear.append(Unreadable(f"the keyword {key} is not understood", address=(*place, key)))

    def _labelled(self, branches: list[tuple[Facts, Address]]) -> Iterator[tuple[str, Facts, Address]]:
        """Yield the branches of a union with names that do not depend on their order."""
        counts: dict[str, int] = {}
        for schema, place in branches:
            label = self._label(schema, place)
            counts[label] = counts.get(label, 0) + 1
            yield label + (str(counts[label]) if counts[label] > 1 else ""), schema, place

    def _label(self, schema: Facts, place: Address) -> str:
        """Return the first value of the first enumerated field, which usually distinguishes the branches."""
        for name, part in cast(Facts, schema.get("properties", {})).items():
            field, _ = self._one(part, (*place, "properties", name))
            if values := [field["const"]] if "const" in field else cast(list[Any], field.get("enum")):
                return str(values[0])
        return "/".join(_types(schema)) or "any"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def is_within(path: str, parent: str) -> bool:
    """Return whether a path is that of a field or of something inside it."""
    return not parent or path == parent or path.startswith((f"{parent}.", f"{parent}[", f"{parent}<"))


def _key(scheme: Facts) -> str:
    if scheme["type"] != "http":
        return f"{scheme.get('in')} {scheme.get('name')}"
    kind = str(scheme.get("scheme", "bearer")).lower()
    return "header Authorization" if kind == "bearer" else f"header Authorization ({kind})"


def _extensions(schema: Facts) -> Facts:
    """Return the extensions that state facts; the provider calls a condition by another name than our document does."""
    renamed = {_CONDITIONS.get(key, key): item for key, item in schema.items() if key.startswith("x-")}
    return {key: item for key, item in renamed.items() if key not in _NO_FACTS}


def _types(schema: Facts) -> list[str]:
    declared: Any = schema.get("type", [])
    types = [declared] if isinstance(declared, str) else list[str](declared)
    return [*types, *([_NULL] if schema.get("nullable") is True else [])]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number"


def _modern(facts: Facts) -> None:
    """Convert the bounds of OpenAPI 3.0, where an exclusive one is a boolean beside the number."""
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if facts.get(exclusive) is True and plain in facts:
            facts[exclusive] = facts.pop(plain)


def _joined(first: Facts, second: Facts) -> Facts:
    joined = {**first, **second}
    if "properties" in first and "properties" in second:
        joined["properties"] = {**first["properties"], **second["properties"]}
    if "required" in first and "required" in second:
        joined["required"] = [*first["required"], *second["required"]]
    return joined
