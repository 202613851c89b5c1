"""A record of every use of an old name, as JSON lines in the file that KREA_CLIENT_ALIAS_LOG names."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC
from functools import partial
from pathlib import Path

from krea_client._request.build import AliasUse, call_hook

LOG_NAME = "KREA_CLIENT_ALIAS_LOG"

OnAlias = Callable[[AliasUse], object]


def recorded(hook: OnAlias | None) -> OnAlias | None:
    """The hook, preceded by a line in the log where the environment names one."""
    name = os.environ.get(LOG_NAME, "").strip()
    if not name:
        return hook
    log = partial(write, Path(name).expanduser().absolute())  # the program may change its folder later
    return log if hook is None else partial(_both, log, hook)


def _both(log: OnAlias, hook: OnAlias, use: AliasUse) -> None:
    call_hook(log, use)
    hook(use)


def write(file: Path, use: AliasUse) -> None:
    """Adds one whole line to the file, also when other processes write to it at the same time.

    Raises:
        OSError: it cannot be written.
    """
    row = {
        "time": use.time.astimezone(UTC).isoformat(),
        "operation": use.operation,
        "old": use.old,
        "new": use.new,
        "file": use.file,
        "line": use.line,
    }
    # Opened anew each time: a fork shares nothing, and a log that was moved away is begun again.
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        _locked(handle)
        rest = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
        while rest:  # a signal or a full disk may cut a write short; the lock keeps the two halves together
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)  # which gives up the lock


def _locked(handle: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows has no such lock; there a line in one write has to do
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
