"""What another description of a request says differently from our_schema, and both in one schema: their facts, our words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from krea_client import _json

_UNIONS = ("anyOf", "oneOf")
_NO_FACTS = frozenset({"description", "title", "examples", "$schema", "$defs", "$ref"})
_OF_OBJECTS = frozenset({"type", "properties", "required", "additionalProperties", "description"})
_RANDOM = "seed"  # its default is another number at every publication
Schema = dict[str, Any]


class DecidedFact(NamedTuple):
    """A fact of the published document that was looked at and not taken over.

    Attributes:
        operation: a model; `*` stands for anything.
        field: the name of a field, "(operation)", or what else is described.
        says: what the document says, such as "minLength 1" or "absent".
    """

    operation: str
    field: str
    says: str


def opened(schema: Any, definitions: Mapping[str, Any], inside: tuple[str, ...] = ()) -> Schema:
    """Return a schema of our_schema with everything in it that it refers to; a circle ends in an empty schema."""
    members = _json.members(schema)
    name = str(members.get("$ref", "")).rpartition("/")[2]
    if name:
        target = {} if name in inside else opened(definitions[name], definitions, (*inside, name))
        return {**target, **{key: part for key, part in members.items() if key != "$ref"}}
    open_schema: Schema = {key: part for key, part in members.items() if key != "$defs"}
    if "properties" in open_schema:
        open_schema["properties"] = {
            field: opened(part, definitions, inside) for field, part in open_schema["properties"].items()
        }
    for keyword in ("items", "additionalProperties"):
        if _json.is_object(open_schema.get(keyword)):
            open_schema[keyword] = opened(open_schema[keyword], definitions, inside)
    for keyword in (*_UNIONS, "allOf"):
        if keyword in open_schema:
            open_schema[keyword] = [opened(part, definitions, inside) for part in open_schema[keyword]]
    return open_schema


def joined(schema: Schema) -> Schema:
    """Return an object that is written in parts (allOf) as one; a schema that is not, or cannot be, as it is."""
    parts = [joined(part) for part in schema.get("allOf", ())]
    own = {key: part for key, part in schema.items() if key != "allOf"}
    if not parts or any(part.keys() - _OF_OBJECTS for part in parts):
        return schema
    result: Schema = {"type": "object", "properties": {}}
    for part in (*parts, own):
        properties = {**result["properties"], **part.get("properties", {})}
        required = [*result.get("required", ()), *part.get("required", ())]
        closed = False in (result.get("additionalProperties"), part.get("additionalProperties"))
        result = {**result, **part, "properties": properties}
        result |= {"required": list(dict.fromkeys(required))} if required else {}
        result |= {"additionalProperties": False} if closed else {}
    return result


def same_facts(first: Schema, second: Schema) -> bool:
    """Return whether two opened schemas accept the same and have the same defaults, however each is written."""
    return bool(_facts(first) == _facts(second))


def _facts(schema: Any, name: str = "") -> Any:
    """Return a schema in one of the ways in which it can be written."""
    facts = {
        key: part
        for key, part in _json.members(schema).items()
        if key not in _NO_FACTS and not key.startswith("x-") and (part is not False or key == "additionalProperties")
    }
    if name == _RANDOM:
        facts.pop("default", None)
    if "const" in facts:
        facts["enum"] = [facts.pop("const")]
    types = facts.pop("type", ())
    kinds = {types} if isinstance(types, str) else set(types)
    if branches := [_facts(branch) for union in _UNIONS for branch in facts.pop(union, ())]:
        kinds |= _absorb(branches, facts)
    choices: Any = facts.get("enum", [])
    if None in choices:
        kinds.add("null")
        facts["enum"] = [value for value in choices if value is not None]
    if kinds:
        facts["type"] = sorted(kinds)
    return _with_inner_facts(facts)


def _with_inner_facts(facts: Schema) -> Schema:
    if "properties" in facts:
        facts["properties"] = {field: _facts(part, field) for field, part in facts["properties"].items()}
    if "items" in facts:
        facts["items"] = _facts(facts["items"])
    if not facts.get("required", True):
        del facts["required"]
    if "required" in facts:
        facts["required"] = sorted(facts["required"])
    if facts.get("additionalProperties") in (True, {}):
        del facts["additionalProperties"]
    return facts


def _absorb(branches: list[Schema], facts: Schema) -> set[str]:
    """Take the branches of a union into the facts beside it where that says the same; return the types that they add."""
    kinds: set[str] = set()
    real = [branch for branch in branches if branch != {"type": ["null"]}]
    if len(real) < len(branches):
        kinds.add("null")
    if all("enum" in branch and branch.keys() <= {"enum", "type"} for branch in real):
        facts["enum"] = [*facts.get("enum", ()), *(value for branch in real for value in branch["enum"])]
        return kinds.union(*(branch.get("type", ()) for branch in real))
    if all(branch.keys() == {"type"} for branch in real):
        return kinds.union(*(branch["type"] for branch in real))
    if len(real) == 1:
        branch = dict(real[0])
        kinds |= set(branch.pop("type", ()))
        facts |= {key: part for key, part in branch.items() if key not in facts}
    else:
        facts["anyOf"] = sorted(real, key=lambda branch: json.dumps(branch, sort_keys=True, default=str))
    return kinds


def with_our_words(their_schema: Schema, our_schema: Schema) -> Schema:
    """Return their schema with our descriptions and extensions, as far as the two have the same parts."""
    merged = {
        **their_schema,
        **{key: part for key, part in our_schema.items() if key.startswith("x-") or key == "description"},
    }
    if "properties" in merged:
        our_fields = our_schema.get("properties", {})
        merged["properties"] = {
            name: with_our_words(part, our_fields[name]) if name in our_fields else with_media(part)
            for name, part in merged["properties"].items()
        }
    if "items" in merged:
        merged["items"] = with_our_words(merged["items"], _json.members(our_schema.get("items")))
    for union in _UNIONS:
        named = [name for name in _UNIONS if name in our_schema]
        branches: list[Schema] = our_schema[named[0]] if named else []
        if union in merged and len(branches) == len(merged[union]):
            merged[union] = [with_our_words(part, branch) for part, branch in zip(merged[union], branches, strict=True)]
    return merged


def with_media(schema: Schema) -> Schema:
    """Return a schema in which each address is marked_schema as a place for media, so that local files can be given there."""
    marked_schema = dict(schema)
    if marked_schema.get("format") == "uri":
        marked_schema["x-krea-media"] = True
    if "properties" in marked_schema:
        marked_schema["properties"] = {name: with_media(part) for name, part in marked_schema["properties"].items()}
    if "items" in marked_schema:
        marked_schema["items"] = with_media(marked_schema["items"])
    for union in (*_UNIONS, "allOf"):
        if union in marked_schema:
            marked_schema[union] = [with_media(branch) for branch in marked_schema[union]]
    return marked_schema


def media_places(schema: Schema, path: str = "") -> Iterator[str]:
    """Yield the fields of an opened schema that take media, such as `styles[].url`."""
    if schema.get("x-krea-media"):
        yield path
    for name, part in schema.get("properties", {}).items():
        yield from media_places(part, f"{path}.{name}" if path else name)
    if "items" in schema:
        yield from media_places(schema["items"], f"{path}[]")
    for union in (*_UNIONS, "allOf"):
        for branch in schema.get(union, ()):
            yield from media_places(branch, path)


def without_decided(their_schema: Schema, our_schema: Schema, decided: Sequence[DecidedFact]) -> Schema:
    """Return their schema with our facts where their_schema were our_fields when our_schema were written."""
    properties, our_fields = dict(their_schema.get("properties", {})), our_schema.get("properties", {})
    for fact in decided:
        name = fact.field
        if name not in our_fields:
            continue
        if fact.says == "absent":
            properties.setdefault(name, our_fields[name])
            continue
        keyword, _, value = fact.says.partition(" ")
        field = _json.members(properties.get(name))
        if str(field.get(keyword)) == value:
            own_fact = {keyword: our_fields[name][keyword]} if keyword in our_fields[name] else {}
            properties[name] = {**{key: part for key, part in field.items() if key != keyword}, **own_fact}
    return {**their_schema, "properties": properties}
