"""Runs a command in a pseudo-terminal and keeps what its screen shows, and when."""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from fcntl import ioctl
from pathlib import Path

import pyte

from .terminal_picture import COLUMNS, Recording, ScreenFrame, Span

LINES = 40
STEP = 0.1  # seconds between two frames at least


def record(command: str, folder: Path, environment: Mapping[str, str]) -> Recording:
    """Run a line of shell in a terminal of its own and return its frames, beginning with the line itself."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    stream.feed(b"\x1b[1;32m$\x1b[0m \x1b[1m" + command.replace("\n", "\r\n").encode() + b"\x1b[0m\r\n")
    frames = [ScreenFrame(0.0, _rows(screen))]
    leader, follower = pty.openpty()
    ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    started = time.monotonic()
    with subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=dict(environment), stdin=follower, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        while chunk := _read(leader):
            stream.feed(chunk)
            at, rows = time.monotonic() - started, _rows(screen)
            if rows == frames[-1].rows:
                continue
            if len(frames) > 1 and at - frames[-1].start < STEP:
                frames[-1] = frames[-1]._replace(rows=rows)
            else:
                frames.append(ScreenFrame(at, rows))
    os.close(leader)
    return Recording(tuple(frames), process.returncode)


def _read(leader: int) -> bytes:
    select.select([leader], [], [])
    try:
        return os.read(leader, 1 << 16)
    except OSError:  # how Linux says that the other end is closed
        return b""


def _rows(screen: pyte.Screen) -> tuple[tuple[Span, ...], ...]:
    """Return the screen's lines up to the last one that is not empty."""
    rows = []
    for number in range(screen.lines):
        line = screen.buffer[number]
        spans: list[Span] = []
        for column in range(screen.columns):
            cell = line[column]
            colour = cell.bg if cell.reverse else cell.fg
            if spans and (spans[-1].colour, spans[-1].bold) == (colour, cell.bold):
                spans[-1] = spans[-1]._replace(text=spans[-1].text + cell.data)
            else:
                spans.append(Span(cell.data, colour, cell.bold))
        while spans and not spans[-1].text.strip():
            spans.pop()
        if spans:
            spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip())
        rows.append(tuple(spans))
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)
