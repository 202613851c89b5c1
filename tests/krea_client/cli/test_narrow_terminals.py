"""Tables fit the terminal, long ones go through a pager; programs get all of the text on one line."""

import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest

from krea_client.cli import commands

ROOT = Path(__file__).resolve().parents[3]


def at_a_terminal(arguments: list[str], columns: int, lines: int, **environment: str) -> str:
    """Return what the command shows at a terminal of this size."""
    return shown(["-m", "krea_client.cli", *arguments], columns, lines, **environment)


def shown(words: list[str], columns: int, lines: int, **environment: str) -> str:
    """Return what a Python program shows at a terminal of this size."""
    screen, terminal = pty.openpty()
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    variables = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "PAGER", "LESS")}
    variables |= {"PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}", "TERM": "dumb", **environment}
    with subprocess.Popen(
        [sys.executable, *words],
        env=variables,
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(terminal)
        output = b""
        try:
            while piece := os.read(screen, 4096):
                output += piece
        except OSError:  # how the end of a terminal is told
            pass
        assert process.wait(timeout=30) == 0
    os.close(screen)
    return re.sub(r"\x1b\[[0-9;]*m", "", output.decode()).replace("\r\n", "\n")


COLUMNS = (40, 60, 80, 120)
TABLES = {
    "jobs": ["jobs", "list", "--sandbox"],
    "models": ["models", "list", "--kind", "3d"],
    "aliases": ["aliases", "z-image/z-image"],
    "usage": ["usage", "2020-01-01", "2999-01-01", "--sandbox"],
}
# The window changes between the commands of one process, as a user's does between the commands of a shell.
IN_WINDOWS = """
import json, struct, sys, termios
from fcntl import ioctl
from krea_client.cli import commands
for table, arguments in json.loads(sys.argv[1]).items():
    for columns in json.loads(sys.argv[2]):
        ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 500, columns, 0, 0))
        print("@@@", table, columns, flush=True)
        assert commands.run(arguments) == 0
"""


def test_tables_fit() -> None:
    output = shown(["-c", IN_WINDOWS, json.dumps(TABLES), json.dumps(COLUMNS)], 80, 500)
    tables = {
        tuple(title.split()): text for title, text in re.findall(r"^@@@ (.*)\n((?:(?!@@@).*\n)*)", output, re.MULTILINE)
    }
    assert tables.keys() == {(table, str(columns)) for table in TABLES for columns in COLUMNS}
    for (_, columns), text in tables.items():
        assert text.strip()
        assert [line for line in text.splitlines() if len(line) > int(columns)] == []
    for table in TABLES:  # each window was looked at: a wide one gets another table
        assert tables[table, "40"] != tables[table, "120"]


def test_what_models_are_for_is_not_cut_to_nothing() -> None:
    tables = {"kling": ["models", "list", "kling"]}
    output = shown(["-c", IN_WINDOWS, json.dumps(tables), json.dumps([40, 60, 80])], 80, 500)
    assert output.count("@@@ kling") == 3
    assert [line for line in output.splitlines() if line.endswith("  …")] == []


def test_a_narrow_list_of_jobs_keeps_the_ids_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["jobs", "list", "--sandbox"]) == 0
    ids = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    lines = at_a_terminal(["jobs", "list", "--sandbox"], 40, 500).splitlines()
    assert [line for line in lines if line in ids] == ids


def test_the_fields_of_a_model_fit(capsys: pytest.CaptureFixture[str]) -> None:
    output = at_a_terminal(["models", "show", "z-image/z-image"], 40, 500)
    described = output.partition("In Python")[0]
    assert [line for line in described.splitlines() if len(line) > 40 and " " in line.strip()] == []
    assert commands.run(["models", "show", "z-image/z-image"]) == 0
    assert "aspect_ratio" in capsys.readouterr().out


def test_what_does_not_fit_the_screen_goes_through_the_pager(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho '<pager>'\ncat\n")
    pager.chmod(0o755)
    assert at_a_terminal(["models", "list"], 100, 24, PAGER=str(pager)).startswith("<pager>\n")
    assert not at_a_terminal(["models", "list"], 100, 1000, PAGER=str(pager)).startswith("<pager>")
