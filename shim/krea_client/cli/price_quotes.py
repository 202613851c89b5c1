"""What a request would be and cost, without sending it: `krea-client price` and `generate --dry-run`. Needs no token."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import click

from krea_client._core import uploads
from krea_client._request.alias_translation import Policy
from krea_client._request.build import SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import call_site
from krea_client._request.file_references import with_addresses
from krea_client._spec.catalogue import Operation, catalogue
from krea_client._spec.prices import Price, price_of
from krea_client.cli import inputs
from krea_client.cli.command_run import Delivery, Errand


class Quote(NamedTuple):
    """A request that was not sent.

    Attributes:
        operation: what it would call.
        body: what it would send, local files as "@" and their names.
        price: what the documentation says of its price.
    """

    operation: Operation
    body: Mapping[str, Any]
    price: Price

    def as_json(self) -> dict[str, Any]:
        """All of it, for other programs."""
        price = self.price._asdict() if self.price.published else None
        return {"model": self.operation.model, "path": self.operation.path, "body": self.body, "price": price}


def quote(operation: Operation, body: Mapping[str, Any], policy: Policy, options: SubmitOptions) -> Quote:
    """Takes a request as far as sending it.

    Raises:
        RequestInvalid: as `Krea.submit` raises; where it is checked whole, also for files that the API would not take.
    """
    rules = TranslationRules(lambda: datetime.now(UTC), catalogue(), policy)
    prepared = build_request(operation, body, {}, options, rules, call_site())
    if options.check and options.require_all:
        uploads.validate_files(prepared)
    shown = with_addresses(prepared.fields, {file.steps: f"@{file.source.name}" for file in prepared.files})
    return Quote(operation, shown, price_of(operation, prepared.fields))


def carry_out(
    model: str, prompt: str | None, fields: Sequence[str], json_body: str | None, *, as_json: bool = False
) -> int:
    """Prints the price of a request, which need not be complete; gives the exit code."""
    errand = Errand(Delivery())

    def work() -> None:
        operation = catalogue().of_model(model)
        typed = inputs.gather(operation, prompt, fields, json_body)
        errand.places.update(typed.places)
        price = quote(operation, typed.body, "silent", SubmitOptions(require_all=False)).price
        click.echo(json.dumps(price._asdict(), indent=2, ensure_ascii=False) if as_json else str(price))

    return errand.run(work)
