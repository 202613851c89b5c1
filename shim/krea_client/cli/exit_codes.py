"""The exit codes of all commands; a signal has 128 and its number (see signals)."""

from __future__ import annotations

FAILED = 1  # the API or the job failed, or a result could not be written
USAGE = 2  # wrong usage or bad input; nothing was sent
READER_GONE = 128 + 13  # what a shell reports for a program that SIGPIPE ended
