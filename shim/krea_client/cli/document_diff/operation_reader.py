"""One operation of an OpenAPI 3.x document, in comparable form. What of it is not understood hides nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from krea_client.cli.document_diff.days_in_prose import sunset_in
from krea_client.cli.document_diff.flat_schemas import MISWRITTEN, UNTOLD, Shapes
from krea_client.cli.document_diff.operation_facts import (
    ALIASES,
    Address,
    DocumentedAlias,
    Facts,
    FieldFacts,
    PriceRow,
    Statement,
    Unreadable,
    is_list,
    is_mapping,
)

PRICING = "x-krea-pricing"
_RULES = "x-krea-rules"
_BODY_REQUIRED = "requestBody.required"
# Extensions that are compared as what they mean, or that only our document has.
_UNDERSTOOD = frozenset(
    {
        *(ALIASES, PRICING, _RULES, "x-krea-captured", "x-krea-typical-seconds", "x-krea-retired-fields"),
        *("x-krea-upload", "x-krea-unconfirmed"),
    }
)
_KEYWORDS = frozenset(
    {
        *("tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody", "responses"),
        *("callbacks", "deprecated", "security", "servers"),
    }
)
_JSON = "application/json"
_Contents = tuple[str | None, dict[str, FieldFacts] | None]


def keywords_of(operations: list[Facts]) -> set[str]:
    """Return what a document says of any of its operations; of what it never says, silence means nothing."""
    bodies = [operation.get("requestBody") for operation in operations]
    required = any(isinstance(body, dict) and "required" in cast(Facts, body) for body in bodies)
    return {key for operation in operations for key in operation} | ({_BODY_REQUIRED} if required else set())


class OperationReader:
    """Reads operations of one document."""

    def __init__(self, shapes: Shapes, keywords: set[str]) -> None:
        self._shapes, self._keywords = shapes, keywords

    def statement(self, path: str, method: str, operation: Facts) -> Statement:
        """Return what the document says of an operation."""
        place: Address = ("paths", path, method)
        self._shapes.unclear.clear()
        content_type, body = self._body(operation, place)
        if body and "" in body and (choices := _choices(operation)):
            body[""].facts["needs any of"] = choices
        parameters = self._parameters(operation, place)
        responses = self._responses(operation, place)
        success = next((status for status in responses if status.startswith("2")), None)
        answer_type, answer = self._contents(*responses[success]) if success else (None, None)
        pricing = operation.get(PRICING)
        aliases, prices = self._aliases(operation, place), self._prices(pricing, place)
        extensions = dict(self._extensions(operation, place))
        keys = self._shapes.keys(operation, place)
        errors = {status: self._contents(*responses[status])[1] for status in responses if status[:1] in "45"}
        unclear = {(error.address, error.message): error for error in self._shapes.unclear}
        return Statement(
            method.upper(),
            path,
            body=body,
            content_type=content_type,
            parameters=parameters,
            answer=answer,
            answer_type=answer_type,
            errors={status: fields for status, fields in errors.items() if fields is not None},
            statuses=frozenset(responses),
            aliases=aliases,
            prices=prices,
            span=isinstance(pricing, dict) and "least" in cast(Facts, pricing),
            deprecated=bool(operation.get("deprecated", False)),
            keys=keys,
            unclear=tuple(unclear.values()),
            headers=frozenset(_mapping(responses[success][0].get("headers"))) if success else None,
            extensions=extensions,
            sunset=sunset_in(f"{operation.get('description', '')}\n{operation.get('summary', '')}"),
            address=place,
        )

    def _unclear(self, message: str, address: Address) -> None:
        self._shapes.unclear.append(Unreadable(message, address=address))

    def _body(self, operation: Facts, place: Address) -> _Contents:
        if "requestBody" not in operation:
            return None, None
        try:
            body, where = self._shapes.resolved(operation["requestBody"], (*place, "requestBody"))
        except Unreadable as error:
            self._shapes.unclear.append(error)
            return None, {"": FieldFacts.of_unread(error.address)}
        content_type, fields = self._contents(body, where)
        if fields and "" in fields:
            fields[""].facts["required"] = bool(body.get("required")) if _BODY_REQUIRED in self._keywords else UNTOLD
        return content_type, fields

    def _contents(self, holder: Facts, where: Address) -> _Contents:
        """Return the content types of a body or a response, and the fields of the JSON one, else of the first."""
        contents: Any = holder.get("content") or {}
        if not is_mapping(contents):
            self._unclear("the content must be a mapping", (*where, "content"))
            return None, None
        names = sorted(contents, key=lambda name: name != _JSON)
        if not names:
            return None, None
        address = (*where, "content", names[0])
        media: Any = contents[names[0]]
        if not is_mapping(media):
            self._unclear("a mapping with a schema must stand here", address)
            return ", ".join(names), {"": FieldFacts.of_unread(address)}
        return ", ".join(names), self._shapes.flat(media.get("schema", {}), (*address, "schema"))

    def _parameters(self, operation: Facts, place: Address) -> dict[str, FieldFacts] | None:
        parameters: Any = operation.get("parameters", [])
        if is_list(parameters):
            return dict(self._listed_parameters(parameters, place))
        self._unclear("the parameters must be a list", (*place, "parameters"))
        return None

    def _listed_parameters(self, parameters: list[Any], place: Address) -> Iterator[tuple[str, FieldFacts]]:
        for number, raw_parameter in enumerate(parameters):
            try:
                parameter, where = self._shapes.resolved(raw_parameter, (*place, "parameters", number))
                kind, name = parameter["in"], parameter["name"]
            except Unreadable as error:
                self._shapes.unclear.append(error)
                continue
            except KeyError as error:
                self._unclear(f"a parameter without {error}", (*place, "parameters", number))
                continue
            if kind == "path":
                continue  # its name does not matter, and the path shows that it exists
            node = self._shapes.flat(parameter.get("schema", {}), where)[""]
            flags = {key: True for key in ("required", "deprecated") if parameter.get(key)}
            yield f"{kind} {name}", FieldFacts({**node.facts, **flags}, where)

    def _responses(self, operation: Facts, place: Address) -> dict[str, tuple[Facts, Address]]:
        """Return the responses with their places, by status."""
        raw_responses: Any = operation.get("responses") or {}
        if not is_mapping(raw_responses):
            self._unclear("the responses must be a mapping", (*place, "responses"))
            return {}
        responses: dict[str, tuple[Facts, Address]] = {}
        for status, raw_response in raw_responses.items():
            address = (*place, "responses", status)
            try:
                responses[str(status)] = self._shapes.resolved(raw_response, address)
            except Unreadable as error:
                self._shapes.unclear.append(error)
                responses[str(status)] = ({}, address)
        return responses

    def _aliases(self, operation: Facts, place: Address) -> tuple[DocumentedAlias, ...] | None:
        if ALIASES not in self._keywords:
            return None
        rows: Any = operation.get(ALIASES, [])
        address = (*place, ALIASES)
        if not is_list(rows):
            self._unclear("the table of deprecated names must be a list", address)
            return None
        aliases: list[DocumentedAlias] = []
        for number, row in enumerate(rows):
            fields = _mapping(row)
            if not (isinstance(fields.get("from"), str) and isinstance(fields.get("to"), str)):
                self._unclear("a row of deprecated names needs `from` and `to`", (*address, number))
            else:
                aliases.append(DocumentedAlias(fields["from"], fields["to"], str(fields.get("sunset_date") or "")))
                if not aliases[-1].until:
                    self._unclear(f"the deprecated name {aliases[-1].old} has no sunset_date", (*address, number))
        return tuple(aliases)

    def _prices(self, pricing: Any, place: Address) -> tuple[PriceRow, ...] | None:
        if PRICING not in self._keywords:
            return None
        try:
            return price_rows(pricing)
        except MISWRITTEN as error:
            self._unclear(f"this price is not understood: {error!r}", (*place, PRICING))
            return None

    def _extensions(self, operation: Facts, place: Address) -> Iterator[tuple[str, Any]]:
        """Yield extensions, callbacks and addresses of an operation; a keyword that OpenAPI does not have is unclear."""
        for key, item in operation.items():
            if key.startswith("x-") and key not in _UNDERSTOOD:
                yield key, item
            elif key == "callbacks":
                yield from ((f"callback {name}", True) for name in _mapping(item))
            elif key == "servers":
                yield key, servers_of(item)
            elif not key.startswith("x-") and key not in _KEYWORDS:
                self._unclear(f"the keyword {key} is not understood", (*place, key))


def _mapping(value: Any) -> Facts:
    return value if is_mapping(value) else {}


def servers_of(value: Any) -> list[str]:
    """Return the addresses of a list of servers; what is no server is shown as it is."""
    servers = value if is_list(value) else [value]
    return [str(_mapping(server).get("url", server)).rstrip("/") for server in servers]


def _choices(operation: Facts) -> list[str]:
    rules = cast(list[Facts], operation.get(_RULES, []))
    return [name for rule in rules for name in cast(list[str], rule.get("any_of") or rule.get("one_of") or [])]


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
