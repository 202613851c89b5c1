"""Every fact of operations as a document has it, read without the code that adopts: fields, types, bounds, choices, defaults, aliases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from regenerate.references import resolve

Document = dict[str, Any]
Key = tuple[str, str, str]
# Words and names, and what stands elsewhere: fields are walked through, responses are shared by all models.
_NO_FACTS = frozenset(
    {
        *("description", "summary", "title", "example", "examples", "externalDocs", "operationId", "tags", "responses"),
        *("properties", "items", "oneOf", "anyOf", "requestBody"),
    }
)
# What reference pages say and no document of the provider does, and the day of a look.
ONLY_ON_PAGES = frozenset(
    {"x-krea-pricing", "x-krea-rules", "x-krea-unconfirmed", "x-krea-options-by", "x-krea-captured"}
)


class Agreement(NamedTuple):
    """How many facts there are, and which differ."""

    total: int
    different: tuple[Key, ...]

    def __str__(self) -> str:
        """`2,000 facts, 2 differ: image/a/b seed maximum, ...`."""
        names = [
            " ".join((path.removeprefix("/generate/"), *rest)).replace("  ", " ") for path, *rest in self.different
        ]
        return f"{self.total:,} facts, {len(names)} differ{': ' if names else ''}{', '.join(names)}"


def agreement(
    before: Document, after: Document, paths: Iterable[str], skipped: Collection[str] = ONLY_ON_PAGES
) -> Agreement:
    """Compare the facts of operations in two documents but for skipped keywords; a fact that only one of them has differs."""
    count, different = 0, list[Key]()
    for path in paths:
        expected, actual = (
            {key: value for key, value in facts(document, path) if key[-1] not in skipped}
            for document in (before, after)
        )
        count += len(expected | actual)
        different += [key for key in expected | actual if expected.get(key) != actual.get(key)]
    return Agreement(count, tuple(different))


def facts(document: Document, path: str) -> Iterator[tuple[Key, Any]]:
    """Yield the facts of the operation that submits to a path: path, field and keyword, with the value."""
    operation = document["paths"][path]["post"]
    for keyword, value in operation.items():
        if keyword not in _NO_FACTS:
            yield (path, "", keyword), value
    body = resolve(document, operation["requestBody"])
    for content_type, media in body["content"].items():
        yield (path, "", content_type), body.get("required", False)
        yield from (
            (((path, field, keyword)), value) for field, keyword, value in _fields(document, media["schema"], "")
        )


def _fields(document: Document, schema: Document, field: str) -> Iterator[tuple[str, str, Any]]:
    resolved = resolve(document, schema)
    for keyword, value in resolved.items():
        if keyword not in _NO_FACTS and not isinstance(value, dict):
            yield field, keyword, sorted(value) if keyword == "required" else value
        elif keyword.startswith("x-"):
            yield field, keyword, value
    for name, part in resolved.get("properties", {}).items():
        inner = f"{field}.{name}" if field else name
        yield inner, "field", True
        yield from _fields(document, part, inner)
    if "items" in resolved:
        yield from _fields(document, resolved["items"], f"{field}[]")
    for union in ("oneOf", "anyOf"):
        for number, branch in enumerate(resolved.get(union, ())):
            yield from _fields(document, branch, f"{field}<{number}>")
