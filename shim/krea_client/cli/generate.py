"""`krea-client generate`: a request out of options, a job, a file; in an order in which nothing is paid for in vain."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from krea_client._request import alias_translation
from krea_client._request.build import SubmitOptions
from krea_client._request.validation_messages import retired_field_problem
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.cli import clients, error_reports, inputs, price_quotes, progress
from krea_client.cli.command_run import Delivery, Errand
from krea_client.cli.inputs import BadInput
from krea_client.errors import RequestInvalid

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt
    from krea_client.client import Krea

    ClientMaker = Callable[[float | None, OnInterrupt, alias_translation.Policy], Krea]


@dataclass(frozen=True)
class Order:
    """The options of the command."""

    model: str
    prompt: str | None = None
    fields: Sequence[str] = ()
    json_body: str | None = None
    delivery: Delivery = field(default_factory=Delivery)
    wait: bool = True
    webhook_url: str | None = None
    on_interrupt: OnInterrupt = "keep"
    check: bool = True
    sandbox: bool = False
    dry_run: bool = False
    budget: float | None = None


def carry_out(order: Order, open_client: ClientMaker | None = None) -> int:
    """Does what was ordered; gives the exit code.

    Args:
        order: the options.
        open_client: makes the client from the model's typical seconds and the policies; by default the options decide.
    """
    errand = Errand(order.delivery, practice=order.sandbox)
    if order.dry_run:
        return errand.run(lambda: _show(order, errand))
    try:
        return errand.run(lambda: _generate(order, errand, open_client or _opener(order)))
    except ModuleNotFoundError as missing:
        if not order.sandbox:
            raise
        return error_reports.say_missing("sandbox", "--sandbox", missing)


def _opener(order: Order) -> ClientMaker:
    def make(typical: float | None, on_interrupt: OnInterrupt, policy: alias_translation.Policy) -> Krea:
        if order.sandbox:
            return clients.practising(typical, on_interrupt, policy, budget=order.budget)
        return clients.real(on_interrupt, policy, budget=order.budget)

    return make


def _generate(order: Order, errand: Errand, open_client: ClientMaker) -> None:
    operation = catalogue().of_model(order.model)
    if order.delivery.output is not None and not order.wait:
        raise BadInput("--no-wait only submits, so there is nothing to save: leave out -o, or wait")
    order.delivery.refuse_what_cannot_be_written()
    _refuse_another_kind(order.delivery.output, operation)
    body, left = _read(order, operation, errand)
    if order.sandbox:
        click.echo("krea-client: a sandbox in this program answers, not Krea; nothing is charged", err=True)
    files: Sequence[Path] = []
    with (
        open_client(operation.typical_seconds, order.on_interrupt, left) as krea,
        progress.line(operation.model) as line,
    ):
        line.say("submitting")
        job = errand.keep(krea.submit(operation.path, body, webhook_url=order.webhook_url, check=order.check))
        if order.wait:
            files = errand.bring_home(krea, job, line)
    if order.wait or order.delivery.as_json:
        errand.print_result(files)
    else:
        click.echo(job.id)


def _refuse_another_kind(output: str | None, operation: Operation) -> None:
    """Refuses cat.png for a model that makes videos; what enhances makes what it is given."""
    from mimetypes import guess_type

    wanted = {"image": "image", "video": "video", "audio": "audio", "3d": "model"}.get(operation.kind or "")
    named = (guess_type(output or "")[0] or "").partition("/")[0]
    if wanted and named in ("image", "video", "audio", "model", "text") and named != wanted:
        what = "3D models" if operation.kind == "3d" else f"{operation.kind} files"
        raise BadInput(f"-o {output}: {operation.model} makes {what}; leave the ending out and it gets the right one")


def _show(order: Order, errand: Errand) -> None:
    """Prints what would be sent and what it would cost."""
    operation = catalogue().of_model(order.model)
    body, left = _read(order, operation, errand)
    quote = price_quotes.quote(operation, body, left, SubmitOptions(order.webhook_url, check=order.check))
    if order.delivery.as_json:
        click.echo(json.dumps(quote.as_json(), indent=2, ensure_ascii=False))
        return
    click.echo(json.dumps(quote.body, indent=2, ensure_ascii=False))
    click.echo(f"krea-client: {quote.price}; nothing was sent", err=True)


def _read(order: Order, operation: Operation, errand: Errand) -> tuple[Mapping[str, Any], alias_translation.Policy]:
    """The body under the names that the API takes, and what is left to do about old ones."""
    typed = inputs.gather(operation, order.prompt, order.fields, order.json_body)
    errand.places.update(typed.places)
    policy = clients.alias_policy()
    body = _translated(operation, typed.body, policy, errand)
    # Old names have been warned about by now, at their places; what is left of them is sent as it is.
    return body, "passthrough" if policy == "passthrough" else "silent"


def _translated(
    operation: Operation, body: Mapping[str, Any], policy: alias_translation.Policy, errand: Errand
) -> Mapping[str, Any]:
    """The body under the names that the API takes, with each old name warned about at its own place."""
    named, renames = alias_translation.translate(operation, body)
    dropped = alias_translation.without_effect(operation, body)
    if dropped and policy == "error":
        raise RequestInvalid(operation.model, [retired_field_problem(field) for field in dropped.values()])
    for rename in renames:
        errand.places.setdefault(rename.new, errand.places[rename.old])
    if renames and policy == "error":
        raise alias_translation.refused(renames)
    if policy != "silent":
        now = datetime.now(UTC)
        for rename in renames:
            place = errand.places[rename.old]
            warning = alias_translation.warning_for(rename, now, policy)
            warnings.warn_explicit(warning, None, place.source, place.line or 0, "krea_client", {})
        for name, retired in dropped.items() if policy != "passthrough" else ():
            place = errand.places[name]
            warning = alias_translation.dropped_warning(operation, name, retired, now)
            warnings.warn_explicit(warning, None, place.source, place.line or 0, "krea_client", {})
    return body if policy == "passthrough" else named
