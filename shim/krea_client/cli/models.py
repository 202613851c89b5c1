"""`krea-client models`: what can be made, and all about one model, out of the installed table; nothing is asked of the network."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import click

from krea_client._spec.catalogue import Catalogue, Operation, catalogue
from krea_client._spec.field_conditions import in_words
from krea_client.cli import deprecated_fields, example_calls, price_text, schema_fields, text_layout
from krea_client.cli.command_run import Delivery, Errand
from krea_client.cli.inputs import BadInput

# What a list tells of a model.
_LISTED = ("kind", "vendor", "request_class", "summary", "price", "typical_seconds", "deprecated")


def list_all(kind: str | None, vendor: str | None, *, as_json: bool, known: Catalogue | None = None) -> int:
    """Prints the models; gives the exit code."""
    return Errand(Delivery()).run(lambda: _list(kind, vendor, as_json=as_json, known=known or catalogue()))


def _list(kind: str | None, vendor: str | None, *, as_json: bool, known: Catalogue) -> None:
    everything = list(rows(known))
    chosen = [
        row for row in everything if (not kind or row["kind"] == kind) and (not vendor or row["vendor"] == vendor)
    ]
    if not chosen:
        for option, given, name in (("--kind", kind, "kind"), ("--vendor", vendor, "vendor")):
            names = sorted({row[name] for row in everything})
            if given and given not in names:
                raise BadInput(f"{option} {given}: there is no model of it; there are {', '.join(names)}")
    if as_json:
        click.echo(json.dumps(chosen, indent=2, ensure_ascii=False))
    else:
        click.echo(text_layout.table(("MODEL", "KIND", "USD", "USUALLY", "WHAT FOR"), map(_cells, chosen)))


def rows(known: Catalogue) -> Iterator[dict[str, Any]]:
    """What a list tells of each model, by kind and name, out of the index alone."""
    short = Counter(full.partition("/")[2] for full in known.models)
    for full, name in sorted(known.models.items()):
        entry = known.index["operations"][name]
        rest = full.partition("/")[2]
        yield {"model": rest if short[rest] == 1 else full, "operation": name, **{key: entry[key] for key in _LISTED}}


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    about = f"{'(deprecated) ' if row['deprecated'] else ''}{row['summary']}"
    return row["model"], row["kind"], price_text.in_short(row["price"]), seconds(row["typical_seconds"]), about


def seconds(typical: float | None) -> str:
    """A usual time in words, "-" where none is documented."""
    if typical is None:
        return "-"
    return f"{typical:g} s" if typical < 120 else f"{typical / 60:.0f} min"  # two minutes still read well in seconds


def show(model: str, *, as_json: bool, known: Catalogue | None = None) -> int:
    """Prints all about one model; gives the exit code."""
    return Errand(Delivery()).run(lambda: _show(model, as_json=as_json, known=known or catalogue()))


def _show(model: str, *, as_json: bool, known: Catalogue) -> None:
    operation = known.of_model(model)
    written = example_calls.for_operation(operation, known.index["servers"])
    if as_json:
        shown = {**operation.details, "examples": written._asdict()}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    parts = [
        f"{text_layout.heading(operation.model)}\n{text_layout.prose(operation.details['summary'])}",
        text_layout.paragraphs(_facts(operation), indent=0),
        f"{text_layout.heading('Fields')} (* must be given)\n{text_layout.paragraphs(_fields(operation))}",
        *_rules(operation),
        *_names(operation),
        f"{text_layout.heading('In Python')}\n{text_layout.indented(written.python)}",
        f"{text_layout.heading('On the command line')}\n{text_layout.indented(written.shell)}",
        f"{text_layout.heading('With curl')} (gives the job)\n{text_layout.indented(written.curl)}",
    ]
    click.echo("\n\n".join(parts))


def _facts(operation: Operation) -> Iterator[tuple[str, str]]:
    details = operation.details
    if details["deprecated"]:
        yield "Deprecated", "it still works, but the documentation lists it no more"
    for number, line in enumerate(price_text.in_full(details["pricing"])):
        yield "" if number else "Price", line
    yield "Usually takes", seconds(operation.typical_seconds).replace("-", "not documented")
    yield "Kind", str(operation.kind)
    yield "Webhook", "yes" if operation.webhook else "no"
    yield "Class", f"krea_api.models.{details['request_class']}"
    yield "Endpoint", f"{operation.method} {operation.path}"
    if details.get("unconfirmed"):
        yield "Unconfirmed", details["unconfirmed"]
    yield "Docs", f"{details['docs_url'] or 'no page of its own'} (read {details['captured']})"


def _fields(operation: Operation) -> Iterator[tuple[str, str]]:
    for field in schema_fields.fields(operation.schema or {}):
        default = f", default {json.dumps(field.default).strip(chr(34))}" if field.default is not None else ""
        about = f". {field.about}" if field.about else ""
        more = " ".join(["", *field.limits])
        yield f"{field.path}{' *' if field.required else ''}", f"{field.kind}{default}{about}{more}"


def _rules(operation: Operation) -> Iterator[str]:
    for rule in operation.details["rules"]:
        if sentence := _rule_in_words(rule):
            yield text_layout.prose(sentence)


def _rule_in_words(rule: Mapping[str, Any]) -> str | None:
    if "needs" in rule:
        return f"Where {in_words(rule['when'])}: {in_words(rule['needs'])}."
    for form, words in (("excludes", "at most one"), ("any_of", "at least one"), ("one_of", "exactly one")):
        if form in rule:
            return f"Give {words} of {', '.join(rule[form])}."
    return None  # a field that matters only beside others says so itself


def _names(operation: Operation) -> Iterator[str]:
    if operation.aliases:
        yield f"{text_layout.heading('Old names')} (translated)\n{text_layout.paragraphs(deprecated_fields.in_pairs(operation))}"
    if operation.retired:
        gone = [
            (row.name, f"gone by {row.gone_by or 'an unknown day'}{f': use {row.use}' if row.use else ''}")
            for row in operation.retired.values()
        ]
        yield f"{text_layout.heading('Names that are gone')}\n{text_layout.paragraphs(gone)}"
