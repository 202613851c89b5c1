"""The operations of an OpenAPI 3.x document, in comparable form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from krea_client.cli.document_diff.flat_schemas import Shapes
from krea_client.cli.document_diff.operation_facts import (
    Address,
    DocumentedAlias,
    Facts,
    FieldFacts,
    PriceRow,
    Statement,
    Unreadable,
)

METHODS = ("get", "put", "post", "delete", "patch")
ALIASES = "x-krea-deprecated-field-aliases"
PRICING = "x-krea-pricing"
_RULES = "x-krea-rules"
# Extensions that are compared as what they mean, or that only our document has.
_UNDERSTOOD = frozenset(
    {
        *(ALIASES, PRICING, _RULES, "x-krea-captured", "x-krea-typical-seconds", "x-krea-retired-fields"),
        *("x-krea-upload", "x-krea-unconfirmed"),
    }
)
_TOP = frozenset({"x-krea-gone-models", "x-krea-retired-fields"})
_SUNSET = re.compile(
    r"(?:sunset|deprecat|retire|discontinu|stop|remov|no longer)[^.\n]{0,80}?(\d{4}-\d\d-\d\d)", re.IGNORECASE
)


def statements(document: Any) -> list[Statement]:
    """Return what a document says, operation by operation.

    Deprecated names and prices count as unknown in a document that gives them for no operation at all. What is not understood is in
    `Statement.unclear`; an operation of which nothing is understood has nothing else.

    Raises:
        Unreadable: it is no OpenAPI 3.x document.
    """
    if not isinstance(document, dict) or not str(cast(Facts, document).get("openapi", "")).startswith("3."):
        raise Unreadable("this is no OpenAPI 3.x document: it has no `openapi: 3.x`")
    content = cast(Facts, document)
    if not isinstance(content.get("paths"), dict):
        raise Unreadable("the document has no `paths`", address=("paths",))
    operations = list(_operations(content))
    keywords = {key for _, _, operation in operations for key in operation}
    reader = _OperationReader(Shapes(content), keywords)
    return [_read(reader, path, method, operation) for path, method, operation in operations]


def _read(reader: _OperationReader, path: str, method: str, operation: Facts) -> Statement:
    try:
        return reader.statement(path, method, operation)
    except Unreadable as error:
        problem = error
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        problem = Unreadable(
            f"this operation is not written as OpenAPI 3 says: {error!r}", address=("paths", path, method)
        )
    return Statement(method.upper(), path, unclear=(problem,), address=("paths", path, method))


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


class _OperationReader:
    def __init__(self, shapes: Shapes, keywords: set[str]) -> None:
        self._shapes, self._keywords = shapes, keywords

    def statement(self, path: str, method: str, operation: Facts) -> Statement:
        place: Address = ("paths", path, method)
        self._shapes.unclear.clear()
        content_type, body = self._body(operation, place)
        if body and "" in body and (choices := _choices(operation)):
            body[""].facts["needs any of"] = choices
        pricing = operation.get(PRICING)
        parameters = dict(self._parameters(operation, place))
        answer, headers = self._answer(operation, place)
        unclear = {error.address: error for error in self._shapes.unclear}
        return Statement(
            method.upper(),
            path,
            body=body,
            content_type=content_type,
            parameters=parameters,
            answer=answer,
            statuses=frozenset(str(status) for status in operation.get("responses", {})),
            aliases=aliases_of(operation) if ALIASES in self._keywords else None,
            prices=price_rows(pricing) if PRICING in self._keywords else None,
            span=bool(pricing) and "least" in cast(Facts, pricing),
            deprecated=bool(operation.get("deprecated", False)),
            keys=self._shapes.keys(operation),
            unclear=tuple(unclear.values()),
            headers=headers,
            extensions={
                key: item for key, item in operation.items() if key.startswith("x-") and key not in _UNDERSTOOD
            },
            sunset=sunset_in(str(operation.get("description", ""))),
            address=place,
        )

    def _body(self, operation: Facts, place: Address) -> tuple[str | None, dict[str, FieldFacts] | None]:
        if "requestBody" not in operation:
            return None, None
        body, where = self._shapes.resolved(operation["requestBody"], (*place, "requestBody"))
        for content_type, media in cast(dict[str, Facts], body.get("content", {})).items():
            address = (*where, "content", content_type, "schema")
            return content_type, self._shapes.flat(media.get("schema", {}), address)
        return None, None

    def _parameters(self, operation: Facts, place: Address) -> Iterator[tuple[str, FieldFacts]]:
        for number, raw_parameter in enumerate(operation.get("parameters", [])):
            parameter, where = self._shapes.resolved(raw_parameter, (*place, "parameters", number))
            if parameter["in"] == "path":
                continue  # its name does not matter, and the path shows that it exists
            node = self._shapes.flat(parameter.get("schema", {}), where)[""]
            facts = {**node.facts, **({"required": True} if parameter.get("required") else {})}
            yield f"{parameter['in']} {parameter['name']}", FieldFacts(facts, where)

    def _answer(self, operation: Facts, place: Address) -> tuple[dict[str, FieldFacts] | None, frozenset[str] | None]:
        """Return the fields and the names of the headers of the success."""
        for status, raw_response in cast(Facts, operation.get("responses", {})).items():
            if str(status).startswith("2"):
                answer, where = self._shapes.resolved(raw_response, (*place, "responses", status))
                headers = frozenset(cast(Facts, answer.get("headers", {})))
                for content_type, media in cast(dict[str, Facts], answer.get("content", {})).items():
                    return self._shapes.flat(
                        media.get("schema", {}), (*where, "content", content_type, "schema")
                    ), headers
                return None, headers
        return None, None


def document_statement(document: Any) -> Statement:
    """Return what a document says besides its operations: the addresses of the API, its webhooks, extensions at the top."""
    content = cast(Facts, document)
    servers = [str(server.get("url")).rstrip("/") for server in cast(list[Facts], content.get("servers") or [])]
    top = {key: item for key, item in content.items() if key.startswith("x-") and key not in _TOP}
    webhooks = {f"webhook {name}": True for name in cast(Facts, content.get("webhooks") or {})}
    return Statement("", "(document)", extensions={**({"servers": servers} if servers else {}), **webhooks, **top})


def sunset_in(text: str) -> str | None:
    """Return the day on which a text says that something ends."""
    match = _SUNSET.search(text)
    return match[1] if match else None


def _choices(operation: Facts) -> list[str]:
    rules = cast(list[Facts], operation.get(_RULES, []))
    return [name for rule in rules for name in cast(list[str], rule.get("any_of") or rule.get("one_of") or [])]


def aliases_of(operation: Facts) -> tuple[DocumentedAlias, ...]:
    """Return the deprecated field names that an operation's extension gives."""
    return tuple(DocumentedAlias(row["from"], row["to"], str(row["sunset_date"])) for row in operation.get(ALIASES, []))


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
