"""A log of every use of a deprecated field name, as JSON lines in the file that KREA_CLIENT_ALIAS_LOG names."""

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


def with_log(hook: OnAlias | None) -> OnAlias | None:
    """Return a hook that writes to the log first, where the environment names one; else the hook itself."""
    path = os.environ.get(LOG_NAME, "").strip()
    if not path:
        return hook
    log = partial(write, Path(path).expanduser().absolute())  # the program may change its folder later
    return log if hook is None else partial(_log_and_call, log, hook)


def _log_and_call(log: OnAlias, hook: OnAlias, use: AliasUse) -> None:
    call_hook(log, use)
    hook(use)


def write(file: Path, use: AliasUse) -> None:
    """Append one whole line to the file, also while other processes write to it.

    Raises:
        OSError: the file cannot be written.
    """
    row = {
        "time": use.time.astimezone(UTC).isoformat(),
        "operation": use.operation,
        "old": use.old,
        "new": use.new,
        "file": use.file,
        "line": use.line,
    }
    # Opened for each line: forked processes share no handle, and a log that was rotated away is begun again.
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        _lock(handle)
        data = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
        while data:  # a signal or a full disk may cut a write short; the lock keeps the two halves together
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)  # which releases the lock


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows has no such lock; there one write per line has to do
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
