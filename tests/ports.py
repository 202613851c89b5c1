"""Ports for servers in other processes, which have to be told one before they bind it."""

import random
import socket

# Below the ports that systems give to outgoing connections, so that no other test's connection takes it in the meantime.
RANGE = (20_000, 32_000)


def free_port() -> int:
    """Return a port of this computer that nobody uses."""
    while True:
        port = random.randrange(*RANGE)
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
