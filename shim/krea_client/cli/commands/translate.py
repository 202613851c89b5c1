"""`krea-client translate`: deprecated field names in stored requests, renamed in the text itself, so that the rest stays as written."""

from __future__ import annotations

import json
from typing import NamedTuple

import click

from krea_client._request import alias_translation, json_edits
from krea_client._spec.catalogue import Operation
from krea_client.cli import console, options
from krea_client.cli.command_run import CommandRun, OutputOptions
from krea_client.cli.inputs import BadInput, read_text
from krea_client.cli.model_ids import operation_of
from krea_client.errors import RequestInvalid


@click.command()
@options.model
@click.argument("file", default="-")
@click.option("--json", "as_json", is_flag=True, help="Report the renamed fields as JSON, on standard error.")
def translate(model: str, file: str, as_json: bool) -> int:
    """Rename deprecated fields in stored requests for MODEL.

    Nothing is sent. Reads FILE, or standard input, and writes it to standard output with the present names; everything else stays
    as it was written. The text is one JSON object or many, such as JSON lines. What was renamed is reported on standard error,
    with its line.

    \b
    krea-client translate z-image/z-image < old.json > new.json
    """  # noqa: D301 - click asks for a real \b before lines that it shall not wrap
    return run_translate(model, file, as_json=as_json)


class LocatedRename(NamedTuple):
    """A renamed field and the line on which it stands."""

    line: int
    rename: alias_translation.Rename


class Translation(NamedTuple):
    """A text under the present field names, and what was renamed in it."""

    text: str
    renames: list[LocatedRename]


class Untranslatable(ValueError):
    """Some names have no translation; `lines` says which, beginning with the number of the line."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def run_translate(model: str, file: str, *, as_json: bool = False) -> int:
    """Print the file under the present names, report the renames on standard error, and return the exit code."""
    return CommandRun(OutputOptions()).run(lambda: _translate_file(model, file, as_json=as_json))


def _translate_file(model: str, file: str, *, as_json: bool) -> None:
    operation = operation_of(model)
    source, text = read_text(file)
    try:
        translation = translated(operation, text)
    except json_edits.JsonTextError as error:
        raise BadInput(f"{source}:{error}") from None
    except Untranslatable as error:
        raise BadInput("\n  ".join(["nothing was translated", *(f"{source}:{line}" for line in error.lines)])) from None
    # As bytes, so that the ends of lines stay what they were.
    console.result(translation.text.encode(), newline=False)
    if as_json:
        rows = [{"file": source, "line": line, **_as_json(rename)} for line, rename in translation.renames]
        console.message(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for line, rename in translation.renames:
        sentence = f"{rename.old!r} is now {rename.new!r} (the deprecated name was accepted until {rename.date})"
        console.message(f"{source}:{line}: {sentence}")


def _as_json(rename: alias_translation.Rename) -> dict[str, str]:
    return {
        "model": rename.operation,
        "old": rename.old,
        "new": rename.new,
        "accepted_until": rename.date.isoformat(),
    }


def translated(operation: Operation, text: str) -> Translation:
    """Rename the deprecated fields of one JSON object, or of many that follow each other; keep all other text, byte for byte.

    Where a deprecated and a present name stand for the same value, the later of them is taken out.

    Raises:
        JsonTextError: the text is not made of JSON objects.
        Untranslatable: names that disagree, or that stand for fields that the model no longer has.
    """
    pieces: list[str] = []
    renames: list[LocatedRename] = []
    problems: list[str] = []
    copied = 0
    for document in json_edits.parse_all(text):
        try:
            _, document_renames = alias_translation.translate(operation, document.body)
        except RequestInvalid as error:
            problems += [f"{document.lines[problem.path]}: {problem}" for problem in error.problems]
            continue
        renames += [LocatedRename(document.lines[rename.old], rename) for rename in document_renames]
        names = {alias.old: alias.new for alias in operation.aliases.values()}
        for start, end, new in document.renaming(names, alias_translation.without_effect(operation, document.body)):
            pieces += [text[copied:start], new]
            copied = end
    if problems:
        raise Untranslatable(problems)
    return Translation("".join([*pieces, text[copied:]]), renames)


COMMAND = translate
