"""Writes the help of every command into docs/cli.md, between the words that people wrote there.

A help text stands under a line `<!-- help: krea-client COMMAND -->`, in a block of its own; everything else in the file is left alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from krea_client.cli.commands import cli

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
WIDTH = 80
_BLOCK = re.compile(r"^<!-- help: (?P<command>[\w -]+) -->\n```text\n.*?^```$", re.MULTILINE | re.DOTALL)


def commands() -> dict[str, click.Command]:
    """Return every command by its words, such as "krea-client jobs list", groups included."""
    return dict(_commands("krea-client", cli))


def _commands(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                yield from _commands(f"{words} {name}", inner)


def help_of(words: str, command: click.Command) -> str:
    """Return what `COMMAND --help` prints on a terminal of 80 columns."""
    parent = click.Context(cli, info_name=words.rpartition(" ")[0], **cli.context_settings)
    context = click.Context(
        command,
        parent if command is not cli else None,
        info_name=words.rpartition(" ")[2],
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **cli.context_settings,
    )
    return click.unstyle(command.get_help(context))


def filled(page: str) -> tuple[str, list[str]]:
    """Return the page with every help text as it is now, and what is wrong with it beside that."""
    all_commands = commands()
    documented: list[str] = []

    def fill(block: re.Match[str]) -> str:
        words = block["command"]
        documented.append(words)
        text = help_of(words, all_commands[words]) if words in all_commands else "there is no such command"
        return f"<!-- help: {words} -->\n```text\n{text}\n```"

    new = _BLOCK.sub(fill, page)
    removed = [f"no command is called '{words}': remove its block" for words in documented if words not in all_commands]
    absent = [
        f"'{words}' is not documented: add <!-- help: {words} --> and an empty text block"
        for words in all_commands
        if words not in documented
    ]
    return new, removed + absent


def main(arguments: list[str]) -> int:
    """Write the page, or with --check only compare it. Return the exit code, 1 where it is not as it should be."""
    if arguments not in ([], ["--check"]):
        print("usage: scripts/cli-docs [--check]", file=sys.stderr)
        return 2
    page = PAGE.read_text("utf-8")
    new, faults = filled(page)
    if new != page and arguments:
        faults.append("the help texts are not up to date: run scripts/cli-docs")
    elif new != page:
        PAGE.write_text(new, "utf-8")
        print("scripts/cli-docs: docs/cli.md has been brought up to date")
    for fault in faults:
        print(f"docs/cli.md: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
