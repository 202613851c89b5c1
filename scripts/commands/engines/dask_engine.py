"""Dask: a local cluster of processes; a task whose worker died is run again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress

import dask
from distributed import Client, LocalCluster

from engines.workload import make_picture


class DaskEngine:
    """Four workers with five threads."""

    def __init__(self) -> None:
        dask.config.set({"distributed.scheduler.allowed-failures": 1000, "distributed.comm.timeouts.connect": "5s"})
        self._cluster = LocalCluster(
            n_workers=4, threads_per_worker=5, processes=True, dashboard_address=None, silence_logs=50
        )
        self._client = Client(self._cluster)
        self._futures: list[object] = []

    def submit(self, keys: Iterable[str]) -> None:
        """Submit a task for each key."""
        self._futures = [self._client.submit(make_picture, key, key=key, retries=1000) for key in keys]

    def victims(self) -> list[int]:
        """Return the worker processes."""
        processes = [nanny.process.process for nanny in self._cluster.workers.values() if nanny.process is not None]
        return [process.pid for process in processes if process is not None and process.pid is not None]

    def stop(self) -> None:
        """End everything."""
        with suppress(TimeoutError):  # workers that were killed may not answer any more
            self._client.close()
            self._cluster.close(timeout=10)
        for pid in self.victims():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
