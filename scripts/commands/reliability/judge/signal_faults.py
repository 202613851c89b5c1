"""The command line ended by signals, and before outputs that take nothing: is the id of the paid job shown anywhere?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from .raw_api import api_process
from .raw_cases import FIELDS, MODEL, TOKEN

GENERATE = ("generate", MODEL, *(word for name, value in FIELDS.items() for word in ("-i", f"{name}={value}")))
PATIENCE = 20.0  # seconds for a Python that starts on a busy machine
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
OUTPUTS = ("closed stdout", "full stdout", "closed stdout and stderr", "full stdout and stderr")


class Ended(NamedTuple):
    """How a command line ended.

    Attributes:
        billed: how many jobs it had made.
        id_shown: the id is in its output.
        in_orphans: the id is in the output of `krea-client jobs orphans`.
        seconds: from the signal to the end.
    """

    way: str
    billed: int
    id_shown: bool
    in_orphans: bool
    code: int
    seconds: float

    @property
    def is_bad(self) -> bool:
        """Return whether a billed job is shown nowhere, or the command did not end."""
        return bool(self.billed and not self.id_shown and not self.in_orphans) or self.code == -signal.SIGKILL


def all_ends() -> list[Ended]:
    """End the command in every way."""
    return [*(by_signal(name) for name in SIGNALS), *(by_output(name) for name in OUTPUTS)]


def by_signal(name: str) -> Ended:
    """Send a signal while `generate` waits for a job that does not end."""
    number = getattr(signal, name)
    with api_process(finishing=0) as (url, ledger), tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            _command(*GENERATE),
            env=_environment(url, home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_heed_signals,  # noqa: PLW1509  # it changes signal handlers only
        )
        _until(ledger)
        time.sleep(0.5)  # the response has come, and the wait begun
        start = time.monotonic()
        process.send_signal(number)
        try:
            output = "".join(process.communicate(timeout=PATIENCE))
        except subprocess.TimeoutExpired:
            process.kill()
            output = f"not ended by {name}" + "".join(process.communicate())
        took = time.monotonic() - start
        return _judged(name, ledger(), output, process.returncode, took, url, home)


def by_output(name: str) -> Ended:
    """Submit without waiting, with outputs that are closed or full."""
    streams = [2] if "stderr" in name else []
    target = "&-" if name.startswith("closed") else "/dev/full"
    redirects = "".join(f" {number}>{target}" for number in (1, *streams))
    with api_process(finishing=0) as (url, ledger), tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        words = " ".join(f"'{word}'" for word in _command(*GENERATE, "--no-wait"))
        completed = subprocess.run(
            ["sh", "-c", words + redirects],
            env=_environment(url, home),
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
            check=False,
        )
        return _judged(
            name,
            ledger(),
            completed.stdout + completed.stderr,
            completed.returncode,
            time.monotonic() - began,
            url,
            home,
        )


def _heed_signals() -> None:
    """Undo what a shell does to its background jobs: they ignore SIGINT and SIGQUIT, and so would the command."""
    for name in SIGNALS:
        signal.signal(getattr(signal, name), signal.SIG_DFL)


def _judged(way: str, jobs: list[Any], output: str, code: int, seconds: float, url: str, home: str) -> Ended:
    job_id = str(jobs[0]["job_id"]) if jobs else "none"
    orphans = subprocess.run(
        _command("jobs", "orphans"),
        env=_environment(url, home),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ended(way, len(jobs), job_id in output, job_id in orphans.stdout + orphans.stderr, code, seconds)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "krea_client.cli", *words]


def _environment(url: str, home: str) -> dict[str, str]:
    paths = [path for path in sys.path if Path(path).name in ("shim", "generated")]
    state = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), home)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(paths),
        "KREA_BASE_URL": url,
        "KREA_API_TOKEN": TOKEN,
        **state,
    }


def _until(ledger: Callable[[], list[Any]]) -> None:
    until = time.monotonic() + PATIENCE
    while not ledger() and time.monotonic() < until:
        time.sleep(0.05)
