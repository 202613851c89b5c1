"""`krea-client generate`: a request out of options, a job, a file; in an order in which nothing is paid for in vain."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from krea_client import aliases, notices
from krea_client.cli import failures, inputs, practice, progress
from krea_client.cli.inputs import BadInput, Place, Typed
from krea_client.errors import AboutJob, KreaError
from krea_client.operations import Operation, catalogue

if TYPE_CHECKING:
    from krea_client.client import Krea
    from krea_client.jobs import Job


@dataclass(frozen=True)
class Order:
    """The options of the command."""

    model: str
    prompt: str | None
    fields: Sequence[str]
    json_body: str | None
    output: Path | None
    overwrite: bool
    wait: bool
    as_json: bool
    webhook_url: str | None
    cancel_on_interrupt: bool
    check: bool
    sandbox: bool


def carry_out(order: Order) -> int:
    """Does what was ordered; gives the exit code."""
    places: Mapping[str, Place] = {}
    try:
        operation = catalogue().of_model(order.model)
        _refuse_bad_output(order)
        typed = inputs.gather(operation, order.prompt, order.fields, order.json_body)
        places = typed.places
        return _Errand(order, operation, typed).run()
    except BadInput as wrong:
        return failures.say(str(wrong), failures.USAGE)
    except notices.KreaDeprecationWarning as refused:  # Python was told to treat warnings as errors
        return failures.say(str(refused), failures.USAGE)
    except KreaError as error:
        if order.as_json and isinstance(error, AboutJob):
            _print_job(error.job, [])
        return failures.report(error, places)


def _refuse_bad_output(order: Order) -> None:
    # Before anything is paid for.
    if order.output is None:
        return
    if not order.wait:
        raise BadInput("--no-wait only submits, so there is nothing to save: leave out -o, or wait")
    if order.output.is_file() and not order.overwrite:
        raise BadInput(f"{order.output} is already there: choose another -o, or give --overwrite")
    folder = order.output if order.output.is_dir() else order.output.parent
    if not folder.is_dir():
        raise BadInput(f"-o {order.output}: the folder {folder} does not exist: make it first")


class _Errand:
    """One request on its way: it remembers the job, so that Ctrl-C can name it."""

    def __init__(self, order: Order, operation: Operation, typed: Typed) -> None:
        self._order, self._operation, self._typed = order, operation, typed
        self._job: Job | None = None

    def run(self) -> int:
        policy = aliases.policy_in_force(None)
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            body = _translated(self._operation, self._typed, policy)
            with _client(self._order, self._operation, policy) as krea:
                try:
                    return self._send_and_fetch(krea, body)
                except KeyboardInterrupt as stop:
                    return self._interrupted(stop)

    def _send_and_fetch(self, krea: Krea, body: Mapping[str, Any]) -> int:
        order, operation = self._order, self._operation
        with progress.line(operation.model) as line:
            line.say("submitting")
            job = krea.submit(operation.path, body, webhook_url=order.webhook_url, check=order.check)
            self._job = job
            line.look(job)
            if order.wait:
                job = krea.wait(job, on_update=line.look)
            files: list[Path] = []
            if order.output is not None:
                line.say("saving")
                files = krea.save(job, order.output, overwrite=order.overwrite)
        if order.as_json:
            _print_job(job, files)
        elif not order.wait:
            click.echo(job.id)
        else:
            click.echo("\n".join(map(str, files or job.urls)))
        return 0

    def _interrupted(self, stop: KeyboardInterrupt) -> int:
        notes = [note.removeprefix("krea-client: ") for note in getattr(stop, "__notes__", ())]
        if not notes and self._job is not None:
            notes = [f"job {self._job.id} goes on at Krea; krea.wait({self._job.id!r}) goes on waiting for it"]
        return failures.say("\n  ".join(["interrupted", *notes]), 130)


def _translated(operation: Operation, typed: Typed, policy: aliases.Policy) -> Mapping[str, Any]:
    """The body under the names that the API takes, with each old name warned about at its own place."""
    named, renames = aliases.translate(operation, typed.body)
    if renames and policy == "error":
        raise aliases.refused(renames)
    if policy != "silent":
        now = datetime.now(UTC)
        for rename in renames:
            place = typed.places[rename.old]
            warnings.warn_explicit(
                aliases.warning_for(rename, now, policy), None, place.source, place.line or 0, "krea_client", {}
            )
    return typed.body if policy == "passthrough" else named


def _client(order: Order, operation: Operation, policy: aliases.Policy) -> Krea:
    from krea_client.client import Krea

    # Old names have been warned about already, in the user's file; what is left of them is sent as it is.
    told: dict[str, Any] = {
        "aliases": "passthrough" if policy == "passthrough" else "silent",
        "on_interrupt": "cancel" if order.cancel_on_interrupt else "keep",
    }
    if not order.sandbox:
        return Krea(**told)
    click.echo("krea-client: practising: the sandbox in this program answers, not Krea; nothing is charged", err=True)
    transport, clock = practice.stage(operation.typical_seconds)
    return Krea(token="sandbox", transport=transport, clock=clock, **told)  # noqa: S106 - no secret: the sandbox takes any


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **__: object
) -> None:
    place = f"{filename}:{lineno}" if lineno else filename
    click.echo(f"{place}: {category.__name__}: {message}", err=True)


def _print_job(job: Job, files: Sequence[Path]) -> None:
    click.echo(json.dumps({**job.raw, "files": [str(path) for path in files]}, indent=2, ensure_ascii=False))
