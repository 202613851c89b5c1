"""What the gateway costs beside the same server and client libraries passing requests on bare: throughput, latency, memory.

`scripts/bench gateway [--calls N] [--rounds N] [--long N]` prints ratios of interleaved rounds; --long sends that many more requests and
compares the process's memory before and after.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
CHILD = Path(__file__).with_name("children") / "gateway_servers.py"
PATH = "/generate/image/z-image/z-image"
BODY = json.dumps({"prompt": "a fox in the snow", "aspectRatio": "1:1", "resolution": "1K"}).encode()
REQUEST = (
    f"POST {PATH} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n"
).encode() + BODY
CONNECTIONS = (1, 8, 64)
LEAST_THROUGHPUT = 0.6
MOST_ADDED_MS = 1.0
MOST_GROWTH = 1.05


class ProxyRound(NamedTuple):
    """One round: calls per second and the median time of a call in milliseconds."""

    rate: float
    median_ms: float


class Server(NamedTuple):
    """A server process and its port."""

    process: subprocess.Popen[str]
    port: int

    def memory_kb(self) -> int:
        """Return the resident memory of the process, as Linux tells it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0])


@contextmanager
def server(kind: str, upstream: int = 0) -> Iterator[Server]:
    """Run one of the servers of `children/gateway_servers.py` while the block runs."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'shim'}{os.pathsep}{ROOT / 'generated'}"}
    command = [sys.executable, str(CHILD), kind, str(upstream)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process, int(process.stdout.readline() if process.stdout else 0))
        finally:
            process.terminate()


async def round_of(port: int, calls: int, connections: int) -> ProxyRound:
    """Send so many calls over so many connections, one after the other on each."""
    times: list[float] = []

    async def converse(count: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(count):
            start = time.perf_counter()
            writer.write(REQUEST)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"unexpected response: {head[:200]!r}")
            if b"chunked" in head.lower():
                await reader.readuntil(b"0\r\n\r\n")
            else:
                await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]))
            times.append(time.perf_counter() - start)
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(converse(calls // connections) for _ in range(connections)))
    return ProxyRound(len(times) / (time.perf_counter() - start), statistics.median(times) * 1000)


def compare(bare: Server, gateway: Server, calls: int, rounds: int) -> bool:
    """Print a line for each number of connections; return whether the goals are met."""
    is_met = True
    for connections in CONNECTIONS:
        pairs = [
            (
                asyncio.run(round_of(bare.port, calls, connections)),
                asyncio.run(round_of(gateway.port, calls, connections)),
            )
            for _ in range(rounds)
        ]
        ratio = statistics.median(translated.rate / plain.rate for plain, translated in pairs)
        added = statistics.median(translated.median_ms - plain.median_ms for plain, translated in pairs)
        is_met = is_met and ratio >= LEAST_THROUGHPUT and (connections > 1 or added < MOST_ADDED_MS)
        print(
            f"{connections:3} connections: {ratio:.2f} x the calls per second of a bare proxy, {added:+.2f} ms at the median"
        )
    return is_met


def grows(gateway: Server, calls: int) -> float:
    """Return the process's memory after so many more calls, as a multiple of what it was before."""
    before = gateway.memory_kb()
    asyncio.run(round_of(gateway.port, calls, 8))
    after = gateway.memory_kb()
    print(f"memory: {before / 1024:.1f} MB, after {calls:,} more requests {after / 1024:.1f} MB")
    return after / before


def main() -> int:
    """Measure, print, and return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--calls", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", type=int, default=0)
    options = parser.parse_args()
    with (
        server("upstream") as upstream,
        server("bare", upstream.port) as bare,
        server("gateway", upstream.port) as gateway,
    ):
        asyncio.run(round_of(bare.port, 200, 8))
        asyncio.run(round_of(gateway.port, 200, 8))
        is_met = compare(bare, gateway, options.calls, options.rounds)
        if options.long:
            is_met = grows(gateway, options.long) <= MOST_GROWTH and is_met
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
