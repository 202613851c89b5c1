"""`krea-client models`: what can be made, and all about one model, from the installed table; nothing is asked of the network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from krea_client._spec import schema_fields
from krea_client._spec.catalogue import Catalogue, Operation
from krea_client._spec.field_conditions import in_words
from krea_client.cli import (
    console,
    deprecated_fields,
    example_calls,
    options,
    price_text,
    shell_completion,
)
from krea_client.cli import text_layout as layout
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.current_catalogue import current_catalogue
from krea_client.cli.inputs import BadInput
from krea_client.cli.model_ids import operation_of

# The columns of the index that a list shows of a model.
_LISTED = ("kind", "vendor", "request_class", "summary", "price", "typical_seconds", "deprecated")


@click.group()
def models() -> None:
    """List the models, or show all about one."""


@models.command("list")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option(
    "--kind", shell_complete=shell_completion.kinds, help="Only models that make this, such as image or video."
)
@click.option("--vendor", shell_complete=shell_completion.vendors, help="Only models of this vendor, such as openai.")
@options.as_json
def list_models(words: Sequence[str], kind: str | None, vendor: str | None, as_json: bool) -> int:
    """List the models: what each is for, its price and how long it usually takes. With WORDs, those that have all of them."""
    return run_list(kind, vendor, words, as_json=as_json)


def run_list(
    kind: str | None,
    vendor: str | None,
    words: Sequence[str] = (),
    *,
    as_json: bool,
    models_catalogue: Catalogue | None = None,
) -> int:
    """Print the models and return the exit code."""
    return CommandRun(OutputOptions()).run(
        lambda: _list(kind, vendor, words, as_json=as_json, models_catalogue=models_catalogue or current_catalogue())
    )


def _list(
    kind: str | None, vendor: str | None, words: Sequence[str], *, as_json: bool, models_catalogue: Catalogue
) -> None:
    all_rows = list(rows(models_catalogue))
    selection = [
        row
        for row in all_rows
        if (not kind or row["kind"] == kind) and (not vendor or row["vendor"] == vendor) and _has(row, words)
    ]
    if not selection:
        for option, value, column in (("--kind", kind, "kind"), ("--vendor", vendor, "vendor")):
            names = sorted({row[column] for row in all_rows})
            if value and value not in names:
                raise BadInput(f"{option} {value}: there is no model of it; there are {', '.join(names)}")
        if words:
            raise BadInput(
                f"no model has all of these words: {' '.join(words)}; krea-client models list has all models"
            )
    if as_json:
        console.result(json.dumps(selection, indent=2, ensure_ascii=False))
    else:
        layout.show(layout.table(("MODEL", "KIND", "USD", "USUALLY", "WHAT FOR"), map(_cells, selection)))


def _has(row: Mapping[str, Any], words: Sequence[str]) -> bool:
    text = " ".join(str(row[column]) for column in ("model", "kind", "vendor", "summary")).casefold()
    return all(word.casefold() in text for word in words)


def rows(models_catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield what a list shows of each model, by kind and name, from the index alone."""
    for full, name in sorted(models_catalogue.models.items()):
        entry = models_catalogue.index["operations"][name]
        yield {"model": models_catalogue.short_id(full), "operation": name, **{key: entry[key] for key in _LISTED}}


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    summary = f"{'(deprecated) ' if row['deprecated'] else ''}{row['summary']}"
    return (
        row["model"],
        row["kind"],
        price_text.in_short(row["price"]),
        layout.duration(row["typical_seconds"]),
        summary,
    )


@models.command("show")
@options.model
@options.as_json
def show_model(model: str, as_json: bool) -> int:
    """Show all about MODEL: fields, price, deprecated field names, and a call in Python, on the command line and with curl."""
    return run_show(model, as_json=as_json)


def run_show(model: str, *, as_json: bool, models_catalogue: Catalogue | None = None) -> int:
    """Print all about one model and return the exit code."""
    return CommandRun(OutputOptions()).run(
        lambda: _show(model, as_json=as_json, models_catalogue=models_catalogue or current_catalogue())
    )


def _show(model: str, *, as_json: bool, models_catalogue: Catalogue) -> None:
    operation = operation_of(model, models_catalogue)
    calls = example_calls.for_operation(operation, models_catalogue.index["servers"])
    if as_json:
        full = operation.path.removeprefix("/generate/")
        content = {**operation.details, "model": models_catalogue.short_id(full), "examples": calls._asdict()}
        console.result(json.dumps(content, indent=2, ensure_ascii=False))
        return
    parts = [
        f"{layout.heading(operation.model)}\n{layout.prose(operation.details['summary'])}",
        layout.paragraphs(_facts(operation), indent=0),
        f"{layout.heading('Fields')} (* must be given)\n{layout.paragraphs(_fields(operation))}",
        *_rules(operation),
        *_deprecated_names(operation),
        f"{layout.heading('In Python')}\n{layout.indented(calls.python)}",
        f"{layout.heading('On the command line')}\n{layout.indented(calls.shell)}",
        f"{layout.heading('With curl')} (gives the job)\n{layout.indented(calls.curl)}",
    ]
    layout.show("\n\n".join(parts))


def _facts(operation: Operation) -> Iterator[tuple[str, str]]:
    details = operation.details
    if details["deprecated"]:
        yield "Deprecated", details.get("live_notice") or "it still works, but the documentation no longer lists it"
    for number, line in enumerate(price_text.in_full(details["pricing"])):
        yield "" if number else "Price", line
    yield "Usually takes", layout.duration(operation.typical_seconds).replace("-", "not documented")
    yield "Kind", str(operation.kind)
    yield "Webhook", "yes" if operation.webhook else "no"
    if details["request_class"]:
        yield "Class", f"krea_api.models.{details['request_class']}"
    yield "Endpoint", f"{operation.method} {operation.path}"
    if details.get("unconfirmed"):
        yield "Unconfirmed", details["unconfirmed"]
    yield "Docs", f"{details['docs_url'] or 'no page of its own'} (read {details['captured']})"


def _fields(operation: Operation) -> Iterator[tuple[str, str]]:
    for field in schema_fields.fields(operation.schema or {}):
        default = f", default {json.dumps(field.default).strip(chr(34))}" if field.default is not None else ""
        about = f". {field.about}" if field.about else ""
        limits = " ".join(["", *field.limits])
        yield f"{field.path}{' *' if field.required else ''}", f"{field.kind}{default}{about}{limits}"


def _rules(operation: Operation) -> Iterator[str]:
    for rule in operation.details["rules"]:
        if sentence := _rule_in_words(rule):
            yield layout.prose(sentence)


def _rule_in_words(rule: Mapping[str, Any]) -> str | None:
    if "needs" in rule:
        return f"Where {in_words(rule['when'])}: {in_words(rule['needs'])}."
    for form, words in (("excludes", "at most one"), ("any_of", "at least one"), ("one_of", "exactly one")):
        if form in rule:
            return f"Give {words} of {', '.join(rule[form])}."
    return None  # a field that matters only beside others says so itself


def _deprecated_names(operation: Operation) -> Iterator[str]:
    if operation.aliases:
        pairs = deprecated_fields.in_pairs(operation)
        yield f"{layout.heading('Deprecated field names')} (translated)\n{layout.paragraphs(pairs)}"
    if operation.retired:
        retired = [
            (row.name, f"retired by {row.gone_by or 'an unknown day'}{f': use {row.use}' if row.use else ''}")
            for row in operation.retired.values()
        ]
        yield f"{layout.heading('Retired fields')}\n{layout.paragraphs(retired)}"


COMMAND = models
