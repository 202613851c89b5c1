"""What a request would be and cost, without sending it: for `krea-client price` and `generate --dry-run`. Needs no token."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from krea_client import _json
from krea_client._core import uploads
from krea_client._request.alias_translation import Policy
from krea_client._request.build import SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import call_site
from krea_client._request.file_references import with_addresses
from krea_client._spec.catalogue import Operation
from krea_client._spec.prices import Price, price_of
from krea_client.cli.current_catalogue import current_catalogue


class PriceQuote(NamedTuple):
    """A request that was not sent.

    Attributes:
        operation: what it would call.
        body: what it would send, local files as "@" and their names.
        price: what the documentation says of its price.
        assumed: the fields that decide the price and were not given, with their defaults; None where there is no default.
    """

    operation: Operation
    body: Mapping[str, Any]
    price: Price
    assumed: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for other programs."""
        price = {**self.price._asdict(), "assumed": self.assumed} if self.price.published else None
        return {"model": self.operation.model, "path": self.operation.path, "body": self.body, "price": price}

    def price_text(self) -> str:
        """Return the price as a sentence, with what was assumed."""
        defaults = [f"{name} {_plain(value)}" for name, value in self.assumed.items() if value is not None]
        open_fields = [name for name, value in self.assumed.items() if value is None]
        text = str(self.price)
        if defaults:
            text += f"; assumed {', '.join(defaults)}, the default{'s' if len(defaults) > 1 else ''}"
        if open_fields:
            text += (
                f"; it depends on {', '.join(open_fields)}, which {'are' if len(open_fields) > 1 else 'is'} not given"
            )
        return text


def quote(operation: Operation, body: Mapping[str, Any], policy: Policy, options: SubmitOptions) -> PriceQuote:
    """Take a request as far as sending it.

    Raises:
        RequestInvalid: as `Krea.submit` raises; where it is checked whole, also for files that the API would not take.
    """
    rules = TranslationRules(lambda: datetime.now(UTC), current_catalogue(), policy)
    prepared = build_request(operation, body, {}, options, rules, call_site())
    if options.check and options.require_all:
        uploads.validate_files(prepared)
    body_shown = with_addresses(prepared.fields, {file.steps: f"@{file.source.name}" for file in prepared.files})
    price = price_of(operation, prepared.fields)
    assumed = dict(_assumed(operation, prepared.fields)) if price.published else {}
    return PriceQuote(operation, body_shown, price, assumed)


def _assumed(operation: Operation, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each field that the published price depends on and that the body leaves out, with its default."""
    properties = _json.members((operation.schema or {}).get("properties"))
    for name in _deciding_fields(_json.members(operation.details.get("pricing"))):
        if name not in body:
            yield name, _json.members(properties.get(name)).get("default")


def _deciding_fields(pricing: Mapping[str, Any]) -> list[str]:
    rows = [_json.members(row) for row in _json.items(pricing.get("table"))] or [dict(pricing)]
    names: dict[str, None] = {}
    for row in rows:
        for name, condition in _json.members(row.get("when")).items():
            if not _json.is_object(condition):  # "given" or not: leaving it out is an answer, not a gap
                names[name] = None
        per = row.get("per", pricing.get("per"))
        seconds = row.get("seconds") or pricing.get("seconds")
        if per == "second" and isinstance(seconds, str):
            names[seconds] = None
    return list(names)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
