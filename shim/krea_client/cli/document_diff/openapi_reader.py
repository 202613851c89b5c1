"""The operations of an OpenAPI 3.x document, in comparable form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from krea_client.cli.document_diff.flat_schemas import Shapes
from krea_client.cli.document_diff.operation_facts import Address, Alias, Facts, Node, PriceRow, Statement, Unreadable

METHODS = ("get", "put", "post", "delete", "patch")
ALIASES = "x-krea-deprecated-field-aliases"
PRICING = "x-krea-pricing"


def statements(document: Any) -> list[Statement]:
    """Return what a document says, operation by operation.

    Deprecated names and prices count as unknown in a document that gives them for no operation at all.

    Raises:
        Unreadable: it is no OpenAPI 3.x document, or holds something that would have to be understood and is not.
    """
    if not isinstance(document, dict) or not str(cast(Facts, document).get("openapi", "")).startswith("3."):
        raise Unreadable("this is no OpenAPI 3.x document: it has no `openapi: 3.x`")
    content = cast(Facts, document)
    if not isinstance(content.get("paths"), dict):
        raise Unreadable("the document has no `paths`", address=("paths",))
    operations = list(_operations(content))
    keywords = {key for _, _, operation in operations for key in operation}
    reader = _Reader(Shapes(content), keywords)
    return [_read(reader, path, method, operation) for path, method, operation in operations]


def _read(reader: _Reader, path: str, method: str, operation: Facts) -> Statement:
    try:
        return reader.statement(path, method, operation)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Unreadable(
            f"this operation is not written as OpenAPI 3 says: {error!r}", address=("paths", path, method)
        ) from error


def _operations(document: Facts) -> Iterator[tuple[str, str, Facts]]:
    for path, item in cast(dict[str, Any], document["paths"]).items():
        if not isinstance(item, dict):
            raise Unreadable("a path must hold a mapping", address=("paths", path))
        shared: Any = cast(Facts, item).get("parameters", [])
        for method in METHODS:
            if method in item:
                operation = cast(Facts, item[method])
                if not isinstance(cast(Any, operation), dict):
                    raise Unreadable("an operation must hold a mapping", address=("paths", path, method))
                own: Any = operation.get("parameters", [])
                if not (isinstance(shared, list) and isinstance(own, list)):
                    raise Unreadable("the parameters must be a list", address=("paths", path, method, "parameters"))
                yield path, method, {**operation, "parameters": [*shared, *own]}


class _Reader:
    def __init__(self, shapes: Shapes, keywords: set[str]) -> None:
        self._shapes, self._keywords = shapes, keywords

    def statement(self, path: str, method: str, operation: Facts) -> Statement:
        place: Address = ("paths", path, method)
        content_type, body = self._body(operation, place)
        pricing = operation.get(PRICING)
        return Statement(
            method.upper(),
            path,
            body=body,
            content_type=content_type,
            parameters=dict(self._parameters(operation, place)),
            answer=self._answer(operation, place),
            statuses=frozenset(str(status) for status in operation.get("responses", {})),
            aliases=aliases_of(operation) if ALIASES in self._keywords else None,
            prices=price_rows(pricing) if PRICING in self._keywords else None,
            span=bool(pricing) and "least" in cast(Facts, pricing),
            deprecated=bool(operation.get("deprecated", False)),
            keys=self._shapes.keys(operation),
            address=place,
        )

    def _body(self, operation: Facts, place: Address) -> tuple[str | None, dict[str, Node] | None]:
        if "requestBody" not in operation:
            return None, None
        body, where = self._shapes.resolved(operation["requestBody"], (*place, "requestBody"))
        for content_type, media in cast(dict[str, Facts], body.get("content", {})).items():
            address = (*where, "content", content_type, "schema")
            return content_type, self._shapes.flat(media.get("schema", {}), address)
        return None, None

    def _parameters(self, operation: Facts, place: Address) -> Iterator[tuple[str, Node]]:
        for number, raw_parameter in enumerate(operation.get("parameters", [])):
            parameter, where = self._shapes.resolved(raw_parameter, (*place, "parameters", number))
            if parameter["in"] == "path":
                continue  # its name does not matter, and the path shows that it exists
            node = self._shapes.flat(parameter.get("schema", {}), where)[""]
            facts = {**node.facts, **({"required": True} if parameter.get("required") else {})}
            yield f"{parameter['in']} {parameter['name']}", Node(facts, where)

    def _answer(self, operation: Facts, place: Address) -> dict[str, Node] | None:
        for status, raw_response in cast(Facts, operation.get("responses", {})).items():
            if str(status).startswith("2"):
                answer, where = self._shapes.resolved(raw_response, (*place, "responses", status))
                for content_type, media in cast(dict[str, Facts], answer.get("content", {})).items():
                    return self._shapes.flat(media.get("schema", {}), (*where, "content", content_type, "schema"))
        return None


def aliases_of(operation: Facts) -> tuple[Alias, ...]:
    """Return the deprecated field names that an operation's extension gives."""
    return tuple(Alias(row["from"], row["to"], str(row["sunset_date"])) for row in operation.get(ALIASES, []))


def price_rows(pricing: Facts | None) -> tuple[PriceRow, ...]:
    """Return the published prices of an operation, each with the values that it holds for; the two ends of a range."""
    if not pricing:
        return ()
    per = pricing.get("per")
    if "least" in pricing:
        return tuple(PriceRow("", float(pricing[end]), per) for end in ("least", "most") if end in pricing)
    rows = cast(list[Facts], pricing.get("table", [pricing]))
    return tuple(PriceRow(_label(row.get("when", {})), float(row["amount"]), row.get("per", per)) for row in rows)


def _label(when: Facts) -> str:
    return " ".join(str(value).lower() for value in when.values() if not isinstance(value, dict))
