"""Bodies made from a request schema alone: whole ones that use every field, and ones that break one rule each."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from krea_client._spec.catalogue import Operation, catalogue

STRANGER = "no_such_field"
ADDRESS = "https://example.com/in.png"
Schema = Mapping[str, Any]
Steps = tuple[str | int, ...]
GENERATIONS = tuple(catalogue().operation(name) for name in sorted(catalogue().models.values()))
# What takes a JSON body, generations and the rest; a node app's inputs are its own, so the specification has no rule for them.
WITH_BODY = tuple(
    operation
    for name in sorted(catalogue().index["operations"])
    if (operation := catalogue().operation(name)).schema and name != "execute_node_app"
)


class Node(NamedTuple):
    """A part of a schema, and where its value stands in a body; `choice` is the place of the alternatives it belongs to."""

    steps: Steps
    schema: Schema
    choice: Steps | None


class Violation(NamedTuple):
    """A body with one rule broken: which one and at which address; `choice` is the address of the alternatives, if any."""

    keyword: str
    address: str
    choice: str | None
    body: dict[str, Any]


def name_of(steps: Steps) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def opened(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**root["$defs"][schema["$ref"].rpartition("/")[2]], **beside}
    return schema


def alternatives(schema: Schema) -> list[Schema]:
    return [*schema.get("oneOf", ()), *schema.get("anyOf", ())]


def full_body(operation: Operation, pick: int = 0) -> dict[str, Any]:
    """Return a valid body with every field of the schema that no rule excludes; `pick` decides between alternatives."""
    root = operation.schema or {}
    body: dict[str, Any] = _sample(root, root, pick)
    for choice in _exclusions(operation):
        for name in set(choice) - {choice[pick % len(choice)]}:
            del body[name]
    for rule in operation.details["rules"]:
        if "applies" in rule:  # what would do nothing is left out of no body: the fields that it waits for are set
            body.update(rule["when"])
    return body


def _exclusions(operation: Operation) -> list[list[str]]:
    return [rule["excludes"] for rule in operation.details["rules"] if "excludes" in rule]


def wholes(operation: Operation) -> list[dict[str, Any]]:
    """Return bodies that together use every alternative."""
    schema = repr(operation.schema)
    two = "'oneOf'" in schema or "'anyOf'" in schema or _exclusions(operation)
    return [full_body(operation, pick) for pick in range(2 if two else 1)]


def _sample(schema: Schema, root: Schema, pick: int) -> Any:
    schema = opened(schema, root)
    if choices := alternatives(schema):
        return _sample(choices[pick % len(choices)], root, pick)
    if "enum" in schema:
        return schema["enum"][pick % len(schema["enum"])]
    kind = _kinds(schema)[0]
    if kind == "object":
        return {name: _sample(part, root, pick) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        count = max(1, schema.get("minItems", 1))
        return [_sample(schema.get("items", {}), root, pick) for _ in range(count)]
    return _scalar(kind, schema)


def _scalar(kind: str, schema: Schema) -> Any:
    if kind == "string":
        formats = {"uri": ADDRESS, "uuid": "6f3b1a58-3f43-4a3c-9f0e-0d5f2f5f7a11"}
        return formats.get(schema.get("format", ""), "a".ljust(schema.get("minLength", 1), "b"))
    if kind == "boolean":
        return True
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema))
    return {"number": least, "integer": least, "null": None}[kind]


def _kinds(schema: Schema) -> list[str]:
    kinds = schema.get("type", "object")
    return [kinds] if isinstance(kinds, str) else list(kinds)


def nodes(operation: Operation, body: dict[str, Any], pick: int = 0) -> Iterator[Node]:
    """Yield every part of the schema that has a value in this body."""
    root = operation.schema or {}
    yield from _nodes(Node((), root, None), body, root, pick)


def _nodes(node: Node, value: Any, root: Schema, pick: int) -> Iterator[Node]:
    schema = opened(node.schema, root)
    if choices := alternatives(schema):
        yield from _nodes(Node(node.steps, choices[pick % len(choices)], node.steps), value, root, pick)
        return
    yield node._replace(schema=schema)
    if isinstance(value, dict):
        for name, part in schema.get("properties", {}).items():
            if name in value:
                yield from _nodes(Node((*node.steps, name), part, node.choice), value[name], root, pick)
    elif isinstance(value, list) and value:
        yield from _nodes(Node((*node.steps, 0), schema["items"], node.choice), value[0], root, pick)


def violations(operation: Operation) -> Iterator[Violation]:
    """Yield each rule of the schema broken once, nested parts and those between fields too; all else stays valid."""
    full_body = _sample(operation.schema or {}, operation.schema or {}, 0)
    for first, *excluded in _exclusions(operation):
        for name in excluded:
            yield Violation("excludes", name, None, {**full_body, first: full_body[first], name: full_body[name]})
    for pick, body in enumerate(wholes(operation)):
        for node in nodes(operation, body, pick):
            value: Any = body
            for step in node.steps:
                value = value[step]
            for keyword, inner, wrong in broken_values(node.schema, value):
                if node.steps or isinstance(wrong, dict):  # a body that is no object never gets as far as the checks
                    choice = None if node.choice is None else name_of(node.choice)
                    yield Violation(keyword, name_of((*node.steps, *inner)), choice, replaced(body, node.steps, wrong))


def replaced(body: dict[str, Any], steps: Steps, value: Any) -> dict[str, Any]:
    """Return a copy with another value in one place; LookupError or TypeError where there is no such place."""
    if not steps:
        return dict(value)
    copy = deepcopy(body)
    place: Any = copy
    for step in steps[:-1]:
        place = place[step]
    _ = place[steps[-1]]
    place[steps[-1]] = value
    return copy


def broken_values(schema: Schema, value: Any) -> Iterator[tuple[str, Steps, Any]]:
    """Yield per rule of one part its keyword, the steps to what is blamed, and a value that breaks it."""
    kinds = _kinds(schema)
    of_other_types: dict[str, Any] = {"object": {}, "array": [], "string": "x", "boolean": True, "null": None}
    if "type" in schema:
        yield "type", (), next(wrong for kind, wrong in of_other_types.items() if kind not in kinds)
        if "integer" in kinds:
            yield "type", (), 0.5
    if "enum" in schema:
        yield "enum", (), "none of them" if isinstance(schema["enum"][0], str) else -987
    for keyword, wrong in _RULES.items():
        if keyword in schema:
            yield keyword, (), wrong(schema[keyword], value)
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            yield "required", (name,), {key: part for key, part in value.items() if key != name}
        if schema.get("additionalProperties") is False:
            yield "additionalProperties", (STRANGER,), {**value, STRANGER: 1}


_RULES: dict[str, Callable[[Any, Any], Any]] = {
    "minimum": lambda bound, _: bound - 1,
    "maximum": lambda bound, _: bound + 1,
    "exclusiveMinimum": lambda bound, _: bound,
    "minLength": lambda bound, value: value[: bound - 1],
    "maxLength": lambda bound, value: value + "a" * bound,
    "pattern": lambda _, value: "#" * len(value),
    "format": lambda _, value: f"no {value} {{}}",
    "minItems": lambda bound, value: value[: bound - 1],
    "maxItems": lambda bound, value: (value * (bound + 1))[: bound + 1],
}
