"""Run any program with its calls to the API led through a gateway; exit code, signals and output stay the program's own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Self
from urllib import request

from krea_client.legacy.gateway.certificates import CertificateAuthority
from krea_client.legacy.gateway.child_environment import child_environment
from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.legacy.gateway.listening import proxy

# what is sent to us is meant for the program
_FORWARDED = (
    "SIGTERM",
    "SIGHUP",
    "SIGUSR1",
    "SIGUSR2",
    "SIGWINCH",
    "SIGCONT",
)
_FROM_TERMINAL = ("SIGINT", "SIGQUIT")  # the terminal sends these to the program as well


def run(
    command: Sequence[str],
    app: Gateway,
    host: str,
    environment: Mapping[str, str] | None = None,
    *,
    warn: Callable[[str], object],
) -> int:
    """Run a command to its end and return its exit code; -n means that signal n ended it.

    Args:
        command: the program and its arguments.
        app: the gateway, made with `api_host=host`.
        host: the API's host.
        environment: of the program; this process's own where None.
        warn: is told in one sentence of a setting that keeps calls from being seen.

    Raises:
        OSError: the program cannot be started.
    """
    before = dict(os.environ if environment is None else environment)
    exempt = before.get("no_proxy") or before.get("NO_PROXY") or ""
    if exempt and request.proxy_bypass_environment(host, {"no": exempt}):  # type: ignore[attr-defined]  # public, but in no stub
        warn(f"NO_PROXY names {host}, so most programs go past the gateway: take it out for this run")
    authority = CertificateAuthority()
    with TemporaryDirectory(prefix="krea-client-") as folder, proxy(app, host, authority.server_context(host)) as ports:
        name = Path(command[0]).name
        changed = child_environment(before, Path(folder), authority, host, ports, name)
        with _Signals() as signals:
            child = subprocess.Popen(list(command), env=changed)  # noqa: S603  # running it is what was asked for
            signals.child = child
            return child.wait()


class _Signals:
    """Leaves this process alive until the program has ended, and passes on what was sent to this process alone."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self._before: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        for name in (*_FORWARDED, *_FROM_TERMINAL):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                handler = self._forward if name in _FORWARDED or not _in_foreground() else _ignore
                self._before[number] = signal.signal(number, handler)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal gave is what it takes

    def _forward(self, number: int, _: FrameType | None) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(number)


def _in_foreground() -> bool:
    """Return whether a terminal's keys send signals to this process's group, and so to the program too."""
    for descriptor in range(3):
        try:
            if os.tcgetpgrp(descriptor) == os.getpgrp():
                return True
        except OSError:
            continue
    return False


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Do nothing; SIG_IGN itself would be inherited by the program."""


def end_like(code: int) -> int:
    """Return the exit code for a program that ended with `code`; where a signal ended it, end this process by the same signal.

    A core dump is not made twice: a process that dies of SIGQUIT leaves one already.
    """
    if code >= 0:
        return code
    number = -code
    if hasattr(signal, "pthread_sigmask") and number not in (signal.SIGKILL, signal.SIGSTOP):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    return 128 + number
