"""CPU time and memory of programs, started in turn."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

LOOPBACK = Path(__file__).with_name("loopback.py")
# Nothing of the developer's own settings reaches a measured program.
CLEAN = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}


class Cost(NamedTuple):
    """What one run of a program took: CPU milliseconds of it and its children, and its largest resident size in MB."""

    cpu: float
    memory: float


def cost_of(command: Sequence[str]) -> Cost:
    """Run a program to its end.

    Raises:
        SystemExit: it failed; a number about a failure would mean nothing.
    """
    process = subprocess.Popen(
        command, env=CLEAN, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    with cast("IO[bytes]", process.stdout) as output:  # a pipe was asked for
        text = output.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"scripts/bench: {' '.join(command)} failed:\n{text.decode(errors='replace')}")
    return Cost((usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Cost]]:
    """Return the cost of every program in every round; the order turns round from one round to the next."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        names = list(commands)[:: 1 if number % 2 else -1]
        for name in names:
            cost = cost_of(commands[name])
            if number:  # the first round fills the disk's cache
                costs[name].append(cost)
    return costs


def output_of(command: Sequence[str]) -> bytes:
    """Return what a program prints."""
    completed = subprocess.run(command, env=CLEAN, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if completed.returncode:
        raise SystemExit(f"scripts/bench: {' '.join(command)} failed:\n{completed.stderr.decode(errors='replace')}")
    return completed.stdout


@contextmanager
def loopback(python: str) -> Generator[int, None, None]:
    """Yield the port of a server in a process of its own."""
    server = subprocess.Popen([python, "-I", str(LOOPBACK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=CLEAN)
    with cast("IO[bytes]", server.stdin) as ending, cast("IO[bytes]", server.stdout) as output:  # pipes were asked for
        try:
            yield int(output.readline())
        finally:
            ending.close()
            server.wait(10)
