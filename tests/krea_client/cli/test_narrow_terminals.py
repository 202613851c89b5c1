"""Tables fit the terminal, long ones go through a pager; programs get all of the text on one line."""

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
    screen, terminal = pty.openpty()
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    variables = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "PAGER", "LESS")}
    variables |= {"PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}", "TERM": "dumb", **environment}
    with subprocess.Popen(
        [sys.executable, "-m", "krea_client.cli", *arguments],
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


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        ["jobs", "list", "--sandbox"],
        ["models", "list", "--kind", "3d"],
        ["aliases", "z-image/z-image"],
        ["usage", "2020-01-01", "2999-01-01", "--sandbox"],
    ],
)
def test_tables_fit(arguments: list[str], columns: int) -> None:
    output = at_a_terminal(arguments, columns, 500)
    assert output.strip()
    assert [line for line in output.splitlines() if len(line) > columns] == []


def test_what_models_are_for_is_not_cut_to_nothing() -> None:
    for columns in (40, 60, 80):
        output = at_a_terminal(["models", "list", "kling"], columns, 500)
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
