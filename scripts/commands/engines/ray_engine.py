"""Ray: tasks with retries without a limit, also after an exception."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import ray

from engines.workload import make_picture


class RayEngine:
    """As many tasks at once as fit."""

    def __init__(self) -> None:
        ray.init(num_cpus=12, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
        self._references: list[object] = []

    def submit(self, keys: Iterable[str]) -> None:
        """Submit a task for each key."""
        remote = ray.remote(max_retries=-1, retry_exceptions=True)(make_picture)
        self._references = [remote.remote(key) for key in keys]

    def victims(self) -> list[int]:
        """Return the processes that run a task."""
        return [
            pid
            for pid in map(int, filter(str.isdigit, (path.name for path in Path("/proc").iterdir())))
            if is_task(pid)
        ]

    def stop(self) -> None:
        """End everything."""
        ray.shutdown()


def is_task(pid: int) -> bool:
    """Return True for a process of Ray that runs a task now."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"ray::make_picture")
    except OSError:
        return False
