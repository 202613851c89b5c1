"""References within the bundled document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SCHEMAS = "#/components/schemas/"


def resolve(document: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference object stands for, with what stands beside the reference on top; others as they are."""
    while isinstance(value.get("$ref"), str):
        target: Any = document
        for step in value["$ref"].split("/")[1:]:
            target = target[step.replace("~1", "/").replace("~0", "~")]
        value = {**target, **{key: item for key, item in value.items() if key != "$ref"}}
    return value


def references(value: Any) -> Iterator[str]:
    """Yield every reference inside a value, in order, with repetitions."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def schema_names(document: dict[str, Any], *roots: Any) -> list[str]:
    """Return the sorted names of all component schemas that the roots reach, however indirectly."""
    reachable: set[str] = set()
    waiting: list[Any] = list(roots)
    while waiting:
        for reference in references(waiting.pop()):
            if reference.startswith(SCHEMAS) and (name := reference.removeprefix(SCHEMAS)) not in reachable:
                reachable.add(name)
                waiting.append(document["components"]["schemas"][name])
            elif not reference.startswith(SCHEMAS):
                waiting.append(resolve(document, {"$ref": reference}))
    return sorted(reachable)


def subschemas(schema: Any, *address: str | int) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Yield a schema and every schema inside it, with addresses; follows no reference."""
    if not isinstance(schema, dict):
        return
    yield address, schema
    for keyword in ("items", "additionalProperties", "not"):
        yield from subschemas(schema.get(keyword), *address, keyword)
    for keyword in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for index, item in enumerate(schema.get(keyword, ())):
            yield from subschemas(item, *address, keyword, index)
    for name, item in schema.get("properties", {}).items():
        yield from subschemas(item, *address, "properties", name)
