"""Write the manual pages of the command line from its help texts: one for `krea-client`, one for each command.

Exit codes and environment variables come from the tables of docs/cli.md.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from krea_client._version import __version__
from krea_client.cli.commands import PROGRAM, cli

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "man"
GUIDE = ROOT / "docs" / "cli.md"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_TABLE = re.compile(r"^\| (?P<head>exit code|variable) \| meaning \|\n\|[-|]+\|\n(?P<rows>(?:\|.*\|\n)+)", re.MULTILINE)


def pages() -> dict[str, str]:
    """Return the text of every page by its file name."""
    context = click.Context(cli, info_name=PROGRAM, **cli.context_settings)
    commands = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    content = {f"{PROGRAM}.1": _page(PROGRAM, cli, context, [f"{PROGRAM}-{name}" for name in commands])}
    for name, command in commands.items():
        if command is not None:
            inner = click.Context(command, parent=context, info_name=name)
            content[f"{PROGRAM}-{name}.1"] = _page(f"{PROGRAM}-{name}", command, inner, [PROGRAM])
    return content


def _page(title: str, command: click.Command, context: click.Context, related: list[str]) -> str:
    lines = [
        f'.TH {_escaped(title.upper())} 1 "" "{PROGRAM} {__version__}" "{PROGRAM}"',
        ".SH NAME",
        f"{_escaped(title)} \\- {_escaped(_first_sentence(command))}",
        ".SH SYNOPSIS",
        f"\\fB{_escaped(context.command_path)}\\fR {_escaped(' '.join(command.collect_usage_pieces(context)))}",
        ".SH DESCRIPTION",
        *_prose(command.help or ""),
        *_options(command, context, ".SH OPTIONS"),
    ]
    if isinstance(command, click.Group):
        lines += _subcommands(command, context)
    if command is cli:
        for heading, head in (("EXIT STATUS", "exit code"), ("ENVIRONMENT", "variable")):
            lines += [f".SH {heading}", *_table(head)]
    lines += [".SH SEE ALSO", ", ".join(f"\\fB{_escaped(name)}\\fR(1)" for name in related)]
    return "\n".join(lines) + "\n"


def _subcommands(group: click.Group, context: click.Context) -> Iterator[str]:
    yield ".SH COMMANDS"
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        if group is cli:
            yield from (".TP", f"\\fB{_escaped(name)}\\fR", _escaped(_first_sentence(command)))
            continue
        inner = click.Context(command, parent=context, info_name=name)
        yield f".SS {_escaped(inner.command_path)} {_escaped(' '.join(command.collect_usage_pieces(inner)))}"
        yield from _prose(command.help or "")
        yield from _options(command, inner, "")


def _options(command: click.Command, context: click.Context, heading: str) -> Iterator[str]:
    parameters = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option)]
    records = [record for parameter in parameters if (record := parameter.get_help_record(context))]
    if records and heading:
        yield heading
    for names, text in records:
        yield from (".TP", f"\\fB{_escaped(names)}\\fR", _escaped(text))


def _prose(text: str) -> Iterator[str]:
    """Yield paragraphs; one that begins with a backspace, as click has it, is kept as it is written."""
    for number, paragraph in enumerate(inspect.cleandoc(text).split("\n\n")):
        if paragraph.startswith("\b"):
            yield from (".PP", ".nf", *map(_escaped, paragraph.splitlines()[1:]), ".fi")
        else:
            yield from ([".PP"] if number else [])
            yield _escaped(" ".join(paragraph.split()))


def _table(head: str) -> Iterator[str]:
    for table in _TABLE.finditer(GUIDE.read_text("utf-8")):
        if table["head"] == head:
            for row in table["rows"].splitlines():
                name, meaning = (_plain(cell) for cell in row.strip("|").split(" | "))
                yield from (".TP", f"\\fB{_escaped(name)}\\fR", _escaped(meaning))


def _plain(cell: str) -> str:
    """Return the text of a table's cell without Markdown: no backticks, and of a link only its text."""
    return _LINK.sub(r"\1", cell.strip().replace("`", ""))


def _first_sentence(command: click.Command) -> str:
    paragraph = " ".join(inspect.cleandoc(command.help or "").split("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".")


def _escaped(text: str) -> str:
    """Return text that roff takes as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check only compare them; return the exit code, 1 where they are not up to date."""
    if arguments not in ([], ["--check"]):
        print("usage: scripts/man-pages [--check]", file=sys.stderr)
        return 2
    content = pages()
    present = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.1")}
    if content == present:
        return 0
    if arguments:
        print("docs/man is not up to date: run scripts/man-pages", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name in present.keys() - content.keys():
        (FOLDER / name).unlink()
    for name, text in content.items():
        (FOLDER / name).write_text(text, "utf-8")
    print("scripts/man-pages: docs/man has been brought up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
