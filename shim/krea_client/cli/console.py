"""Standard output and standard error: what cannot be written is an error with a message, never a silent loss."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import click

_STANDARD = (0, 1, 2)


class OutputFailed(OSError):
    """Standard output does not take the result: it is closed, its disk is full, its terminal is gone."""


class ReaderGone(OutputFailed):
    """The program that read standard output through a pipe has ended."""


def occupy_closed_descriptors() -> None:
    """Open the null device where a standard stream is closed, so that no socket or file gets its number by chance."""
    for descriptor in _STANDARD:
        try:
            os.fstat(descriptor)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one


def refuse_closed() -> None:
    """Check, before anything is paid for, that there is a standard output at all.

    Raises:
        OutputFailed: the program was started with it closed.
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]  # Python's value for a closed stream
        raise OutputFailed("standard output is closed")


def result(content: str | bytes, *, newline: bool = True) -> None:
    """Write to standard output, flushed.

    Raises:
        ReaderGone: the reader of the pipe has ended.
        OutputFailed: it cannot be written for another reason.
    """
    refuse_closed()
    try:
        click.echo(content, nl=newline)
    except BrokenPipeError as error:
        abandon_stdout()
        raise ReaderGone("the reader of standard output is gone") from error
    except OSError as error:
        abandon_stdout()
        raise OutputFailed(f"standard output cannot be written: {error.strerror or error}") from error
    except UnicodeEncodeError as error:
        raise OutputFailed(f"standard output cannot be written: {error}; set PYTHONIOENCODING=utf-8") from error


def message(text: str) -> None:
    """Write a line to standard error; where that fails there is nobody left to tell."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)


def abandon_stdout() -> None:
    """Lead standard output nowhere, so that the interpreter does not complain again when it flushes at its end."""
    with suppress(OSError, ValueError, AttributeError):
        _redirect(sys.stdout)


def finish() -> None:
    """Flush both streams; lead one that cannot be written nowhere, or the interpreter would end with an exit code of its own (120)."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            with suppress(OSError, ValueError, AttributeError):
                _redirect(stream)


def _redirect(stream: Any) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
