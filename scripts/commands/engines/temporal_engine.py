"""Temporal: its test server from PyPI, worker processes that are killed and started again, activities that are retried."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

ADDRESS, QUEUE = "ENGINES_TEMPORAL", "pictures"
WORKERS = 4


@activity.defn
def picture(key: str) -> str:
    """Make one picture."""
    from engines.workload import make_picture

    return make_picture(key)


@workflow.defn
class PictureWorkflow:
    """One picture."""

    @workflow.run
    async def run(self, key: str) -> str:
        """Execute the activity until it succeeds."""
        retry = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=2))
        # Without heartbeats, this is how long Temporal takes to notice the death of a worker.
        return await workflow.execute_activity(
            picture, key, start_to_close_timeout=timedelta(seconds=15), retry_policy=retry
        )


async def work() -> None:
    """Be a worker."""
    client = await Client.connect(os.environ[ADDRESS])
    with ThreadPoolExecutor(6) as pool:
        await Worker(
            client,
            task_queue=QUEUE,
            workflows=[PictureWorkflow],
            activities=[picture],
            activity_executor=pool,
            max_concurrent_activities=6,
            workflow_runner=UnsandboxedWorkflowRunner(),
        ).run()


class TemporalEngine:
    """The server, and workers that are started again."""

    def __init__(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        os.environ[ADDRESS] = f"127.0.0.1:{port}"
        self._server = subprocess.Popen(
            [str(Path(sys.executable).with_name("temporal-test-server")), str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._ending = threading.Event()
        self._workers: list[subprocess.Popen[bytes]] = []
        wait_for(port)
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def _keep(self) -> None:
        while not self._ending.wait(0.2):
            self._workers = [worker for worker in self._workers if worker.poll() is None]
            while len(self._workers) < WORKERS:
                command = [sys.executable, "-m", "engines.temporal_engine"]
                self._workers.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def submit(self, keys: Iterable[str]) -> None:
        """Start a workflow for each key."""
        asyncio.run(self._submit(list(keys)))

    async def _submit(self, keys: list[str]) -> None:
        client = await Client.connect(os.environ[ADDRESS])
        for key in keys:
            await client.start_workflow(PictureWorkflow.run, key, id=key, task_queue=QUEUE)

    def victims(self) -> list[int]:
        """Return the worker processes."""
        return [worker.pid for worker in self._workers if worker.poll() is None]

    def stop(self) -> None:
        """End everything."""
        self._ending.set()
        self._keeper.join()
        for process in [*self._workers, self._server]:
            process.kill()
            process.wait()


def wait_for(port: int) -> None:
    """Wait until a port takes connections."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    asyncio.run(work())
