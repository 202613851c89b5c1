"""A real proxy on loopback, in a process of its own: HTTP with and without CONNECT, and SOCKS 5, on one port."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ...ports import free_port

pytest.importorskip("pproxy")
PATIENCE = 20.0  # seconds for its start
# pproxy asks for the event loop of a thread that has none, which Python 3.14 refuses.
START = "import asyncio, pproxy.server; asyncio.set_event_loop(asyncio.new_event_loop()); pproxy.server.main()"


@contextmanager
def proxying() -> Iterator[int]:
    """Serve and yield the port."""
    port = free_port()
    command = [sys.executable, "-c", START, "-l", f"http+socks5://127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
