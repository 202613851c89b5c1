"""`krea-client translate`: old names in stored payloads, renamed in the text itself, so that everything else stays as it was written."""

from __future__ import annotations

import json
from typing import NamedTuple

import click

from krea_client._request import alias_translation, json_text
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.cli.command_run import Delivery, Errand
from krea_client.cli.inputs import BadInput, read_text
from krea_client.errors import RequestInvalid


class Found(NamedTuple):
    """An old name and the line on which it stands."""

    line: int
    rename: alias_translation.Rename


class Translation(NamedTuple):
    """A text under new names, and the old ones that were in it."""

    text: str
    found: list[Found]


def carry_out(model: str, file: str, *, as_json: bool = False) -> int:
    """Prints the file under new names, and says on standard error what was renamed where; gives the exit code."""
    return Errand(Delivery()).run(lambda: _translate(model, file, as_json=as_json))


def _translate(model: str, file: str, *, as_json: bool) -> None:
    operation = catalogue().of_model(model)
    source, text = read_text(file)
    try:
        done = translate(operation, text)
    except json_text.JsonTextError as wrong:
        raise BadInput(f"{source}:{wrong}") from None
    except Untranslatable as wrong:
        raise BadInput("\n  ".join(["nothing was translated", *(f"{source}:{line}" for line in wrong.lines)])) from None
    # As bytes, so that the ends of lines stay what they were.
    click.echo(done.text.encode(), nl=False)
    if as_json:
        rows = [{"file": source, "line": one.line, **_as_json(one.rename)} for one in done.found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False), err=True)
        return
    for line, rename in done.found:
        told = f"{rename.old!r} is now {rename.new!r} (old name accepted until {rename.date})"
        click.echo(f"{source}:{line}: {told}", err=True)


def _as_json(rename: alias_translation.Rename) -> dict[str, str]:
    return {
        "model": rename.operation,
        "old": rename.old,
        "new": rename.new,
        "accepted_until": rename.date.isoformat(),
    }


class Untranslatable(ValueError):
    """Some names have no translation; `lines` says which, beginning with the number of the line."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def translate(operation: Operation, text: str) -> Translation:
    """Renames the old names of one JSON object, or of many that follow each other. All other text is kept, byte for byte.

    Where an old and a new name stand for the same value, the later of them is taken out.

    Raises:
        JsonTextError: the text is not made of JSON objects.
        Untranslatable: names that disagree, or that stand for fields that the model no longer has.
    """
    pieces: list[str] = []
    found: list[Found] = []
    wrong: list[str] = []
    copied = 0
    for document in json_text.parse_all(text):
        try:
            _, renames = alias_translation.translate(operation, document.body)
        except RequestInvalid as error:
            wrong += [f"{document.lines[problem.path]}: {problem}" for problem in error.problems]
            continue
        found += [Found(document.lines[rename.old], rename) for rename in renames]
        names = {alias.old: alias.new for alias in operation.aliases.values()}
        for start, end, new in document.renaming(names, alias_translation.without_effect(operation, document.body)):
            pieces += [text[copied:start], new]
            copied = end
    if wrong:
        raise Untranslatable(wrong)
    return Translation("".join([*pieces, text[copied:]]), found)
