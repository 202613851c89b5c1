"""`krea-client generate`: a request from options, a job, a file; in an order in which nothing is paid for in vain."""

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
from krea_client.cli import clients, console, inputs, loose_arguments, options, progress, shell_completion
from krea_client.cli.command_run import CommandRun, OutputOptions, holding_signals
from krea_client.cli.inputs import BadInput
from krea_client.cli.model_ids import operation_of
from krea_client.errors import RequestInvalid

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt
    from krea_client._spec.catalogue import Operation
    from krea_client.client import Krea

    ClientMaker = Callable[[float | None, OnInterrupt, alias_translation.Policy], Krea]


@click.command(cls=shell_completion.LooseCommand, context_settings=options.LOOSE_SETTINGS)
@options.model
@options.loose
@options.prompt
@options.fields
@options.json_body
@options.output
@options.overwrite
@options.no_wait
@options.deadline
@options.job_as_json
@options.webhook_url
@options.on_interrupt
@click.option("--no-check", is_flag=True, help="Send the request without checking it first.")
@options.sandbox
@click.option("--dry-run", is_flag=True, help="Print the checked request and its price; send nothing. Needs no token.")
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    metavar="USD",
    help="Refuse what costs more than this, or what has no published price.",
)
def generate(
    *,
    target: str | None,
    overwrite: bool,
    deadline: float | None,
    as_json: bool,
    no_wait: bool,
    no_check: bool,
    **request: Any,
) -> int:
    """Make something with MODEL, wait for it and save it.

    MODEL is an id such as z-image/z-image (its last part is enough where only one model has it), or the path of an operation.
    All ids: krea-client models list. A prompt alone and --FIELD VALUE are read as -p and -i.

    \b
    krea-client generate z-image/z-image -p "a gothic cathedral" \\
        -i aspect_ratio=16:9 -i resolution=1K -o cathedral.png
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    delivery = OutputOptions(target, overwrite, as_json, deadline)
    # The other options have the names of the fields.
    return run_generate(GenerateOptions(delivery=delivery, wait=not no_wait, check=not no_check, **request))


@dataclass(frozen=True)
class GenerateOptions:
    """The options of the command; `delivery` is where the result goes."""

    model: str
    loose: Sequence[str] = ()
    prompt: str | None = None
    fields: Sequence[str] = ()
    json_body: str | None = None
    delivery: OutputOptions = field(default_factory=OutputOptions)
    wait: bool = True
    webhook_url: str | None = None
    on_interrupt: OnInterrupt = "keep"
    check: bool = True
    sandbox: bool = False
    dry_run: bool = False
    budget: float | None = None


def run_generate(settings: GenerateOptions, open_client: ClientMaker | None = None) -> int:
    """Carry out the command and return the exit code.

    Args:
        settings: the options.
        open_client: makes the client from the model's typical seconds and the policies; by default the options decide.
    """
    run = CommandRun(settings.delivery, practice=settings.sandbox)
    if settings.dry_run:
        return run.run(lambda: _show_request(settings, run))
    return run.run(lambda: _generate(settings, run, open_client or _client_maker(settings)))


def _client_maker(settings: GenerateOptions) -> ClientMaker:
    def make(typical: float | None, on_interrupt: OnInterrupt, policy: alias_translation.Policy) -> Krea:
        if settings.sandbox:
            return clients.practice_client(typical, on_interrupt, policy, budget=settings.budget)
        hooks = holding_signals() if on_interrupt == "cancel" else None
        return clients.api_client(on_interrupt, policy, budget=settings.budget, hooks=hooks)

    return make


def _generate(settings: GenerateOptions, run: CommandRun, open_client: ClientMaker) -> None:
    operation = operation_of(settings.model, check=settings.check)
    delivery = settings.delivery
    if delivery.target is not None and not settings.wait:
        raise BadInput("--no-wait only submits, so there is nothing to save: leave out -o, or wait")
    delivery.check()
    _refuse_other_kind(delivery, operation)
    body, policy = _read(settings, operation, run)
    files: Sequence[Path] = []
    with (
        open_client(operation.typical_seconds, settings.on_interrupt, policy) as krea,
        progress.line(operation.model, operation.typical_seconds if settings.wait else None) as line,
    ):
        line.show_state("submitting")
        with run.submitting(operation.model):
            submitted = krea.submit(operation.path, body, webhook_url=settings.webhook_url, check=settings.check)
            job = run.paid(submitted, operation.model)
        run.cancel_if_interrupted(krea, job)
        if settings.wait:
            files = run.wait_and_save(krea, job, line)
    if settings.wait or delivery.as_json:
        run.print_result(files)
    else:
        console.result(job.id)


def _refuse_other_kind(delivery: OutputOptions, operation: Operation) -> None:
    """Refuse cat.png for a model that makes videos; what enhances makes what it is given."""
    from mimetypes import guess_type

    name = "" if delivery.to_stdout else delivery.target or ""
    expected = {"image": "image", "video": "video", "audio": "audio", "3d": "model"}.get(operation.kind or "")
    suffix_kind = (guess_type(name)[0] or "").partition("/")[0]
    if expected and suffix_kind in ("image", "video", "audio", "model", "text") and suffix_kind != expected:
        results = "3D models" if operation.kind == "3d" else f"{operation.kind} files"
        raise BadInput(f"-o {name}: {operation.model} makes {results}; leave the ending out and it gets the right one")


def _show_request(settings: GenerateOptions, run: CommandRun) -> None:
    """Print what would be sent and what it would cost."""
    from krea_client._request.build import SubmitOptions
    from krea_client.cli import price_quotes

    operation = operation_of(settings.model, check=settings.check)
    body, policy = _read(settings, operation, run)
    quote = price_quotes.quote(operation, body, policy, SubmitOptions(settings.webhook_url, check=settings.check))
    if settings.delivery.as_json:
        console.result(json.dumps(quote.as_json(), indent=2, ensure_ascii=False))
        return
    console.result(json.dumps(quote.body, indent=2, ensure_ascii=False))
    console.message(f"krea-client: {quote.price_text()}; nothing was sent")


def _read(
    settings: GenerateOptions, operation: Operation, run: CommandRun
) -> tuple[Mapping[str, Any], alias_translation.Policy]:
    """Return the body under the present field names, and the policy for the names that are left."""
    arguments = loose_arguments.merged(operation, settings.loose, settings.prompt, settings.fields)
    request = inputs.gather(operation, arguments.prompt, arguments.fields, settings.json_body)
    run.locations.update(request.locations)
    policy = clients.alias_policy()
    body = _translated(operation, request.body, policy, run)
    # Deprecated names have been warned about by now, at their locations; what is left of them is sent as it is.
    return body, "passthrough" if policy == "passthrough" else "silent"


def _translated(
    operation: Operation, body: Mapping[str, Any], policy: alias_translation.Policy, run: CommandRun
) -> Mapping[str, Any]:
    """Return the body under the present field names; warn about each deprecated name at its own location."""
    translated, renames = alias_translation.translate(operation, body)
    dropped = alias_translation.without_effect(operation, body)
    if dropped and policy == "error":
        from krea_client._request.validation_messages import retired_field_problem

        raise RequestInvalid(operation.model, [retired_field_problem(field) for field in dropped.values()])
    for rename in renames:
        run.locations.setdefault(rename.new, run.locations[rename.old])
    if renames and policy == "error":
        raise alias_translation.refused(renames)
    if policy != "silent":
        now = datetime.now(UTC)
        for rename in renames:
            location = run.locations[rename.old]
            warning = alias_translation.warning_for(rename, now, policy)
            warnings.warn_explicit(warning, None, location.source, location.line or 0, "krea_client", {})
        for name, retired in dropped.items() if policy != "passthrough" else ():
            location = run.locations[name]
            warning = alias_translation.dropped_warning(operation, name, retired, now)
            warnings.warn_explicit(warning, None, location.source, location.line or 0, "krea_client", {})
    return body if policy == "passthrough" else translated


COMMAND = generate
