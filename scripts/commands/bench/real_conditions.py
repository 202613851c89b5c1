"""The program behind scripts/bench conditions: TLS, many calls at once, many and large files, beside httpx and an earlier version."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from bench import environments
from bench.bench_report import table, today
from bench.environments import ROOT, Environment
from bench.figures import Figure, compare
from bench.processes import CLEAN
from krea_client.legacy.gateway.certificates import CertificateAuthority

CHILD = Path(__file__).with_name("children") / "one_task.py"
EARLIER = "f482764"  # the version that the goals of docs/benchmarks.md are measured beside
HOST = "localhost"


class Client(NamedTuple):
    """One side of a comparison: the environment that it runs in, and which program of the child."""

    environment: Environment
    program: str


class Servers(NamedTuple):
    """Where the clients are pointed to, and the variables that make them trust the second."""

    http: str
    https: str
    trust: dict[str, str]


@contextmanager
def server(certificate: Path | None = None) -> Generator[int]:
    """Yield the port of a server in a process of its own."""
    command = [sys.executable, "-m", "bench.conditions_server", *([str(certificate)] if certificate else [])]
    environment = {**CLEAN, "PYTHONPATH": str(ROOT / "scripts" / "commands")}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    with (
        cast("IO[bytes]", process.stdin) as ending,
        cast("IO[bytes]", process.stdout) as output,
    ):  # pipes were asked for
        try:
            yield int(output.readline())
        finally:
            ending.close()
            process.wait(10)


@contextmanager
def servers() -> Generator[Servers]:
    """Yield a server without and one with TLS, whose certificate an authority of this run has signed."""
    authority = CertificateAuthority()
    with tempfile.TemporaryDirectory() as folder:
        bundle, certificate = Path(folder, "authority.pem"), Path(folder, "server.pem")
        bundle.write_text(authority.pem)
        certificate.write_bytes(b"".join(authority.leaf(HOST)))
        with server() as plain, server(certificate) as encrypted:
            trust = {"SSL_CERT_FILE": str(bundle)}
            yield Servers(f"http://{HOST}:{plain}", f"https://{HOST}:{encrypted}", trust)


def run(client: Client, task: str, base_url: str, variables: dict[str, str]) -> dict[str, float]:
    """Run one task of one client in a process of its own.

    Raises:
        SystemExit: it failed; a number about a failure would mean nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [str(client.environment.python), "-I", str(CHILD), task, client.program, base_url, folder]
        ended = subprocess.run(command, env={**CLEAN, **variables}, capture_output=True, check=False)
    if ended.returncode:
        raise SystemExit(f"scripts/bench: {client.program} could not {task}:\n{ended.stderr.decode()}")
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures


def in_turn(
    clients: dict[str, Client], task: str, base_url: str, variables: dict[str, str], rounds: int
) -> dict[str, list[dict[str, float]]]:
    """Return what each client measured in each round; the order turns round from one round to the next."""
    measured: dict[str, list[dict[str, float]]] = {name: [] for name in clients}
    for number in range(rounds + 1):
        for name in list(clients)[:: 1 if number % 2 else -1]:
            figures = run(clients[name], task, base_url, variables)
            if number:  # the first round fills the disk's cache
                measured[name].append(figures)
        print(f"scripts/bench: {task} at {base_url.partition(':')[0]}, round {number} of {rounds}", file=sys.stderr)
    return measured


def _series(measured: Sequence[dict[str, float]], name: str) -> list[float]:
    return [figures[name] * 1000 for figures in measured]


def first_calls(clients: dict[str, Client], at: Servers, rounds: int) -> list[Figure]:
    """Compare import and first call, over http and over TLS with an authority of its own."""
    figures = []
    for base_url, scheme, goals in (
        (at.http, "http", {"krea": 0.85, "typed": 1.15}),
        (at.https, "https", {"krea": 1.05}),
    ):
        measured = in_turn(clients, "first", base_url, at.trust, rounds)
        cpu = {name: _series(series, "cpu") for name, series in measured.items()}
        figures += [
            compare(
                f"{scheme}: import and first call, {name}",
                "httpx",
                cpu[name],
                cpu["httpx"],
                baseline=cpu["empty"],
                goal=goals.get(name),
            )
            for name in clients
            if name not in ("httpx", "empty")
        ]
    return figures


class TaskRow(NamedTuple):
    """A task and how it is told: which of its numbers, by which name, and what is aimed for."""

    task: str
    number: str
    name: str
    inverse: bool = False
    goal: float | None = None


CALL_GOALS = {"httpx2": 2.4, "aiohttp": 5.0}  # by the library of the transport
ROWS = (
    TaskRow("calls", "cpu", "64 calls at once, calls per CPU second", inverse=True),
    TaskRow("save", "wall", "64 results of 200 kB saved, each host answers after 50 ms: seconds"),
    TaskRow("down", "cpu", "a result of 200 MB saved, CPU", goal=0.9),
    TaskRow("hold", "hold", "a result of 1 GB saved: longest hold of the event loop"),
)


def tasks(clients: dict[str, Client], at: Servers, rounds: int) -> list[Figure]:
    """Compare what many calls and files cost."""
    figures = []
    for row in ROWS:
        sides = {
            name: client for name, client in clients.items() if row.task == "calls" or client.program not in CALL_GOALS
        }
        measured = in_turn(sides, row.task, at.http, {}, rounds)
        series = {name: _series(values, row.number) for name, values in measured.items()}
        figures += [
            compare(
                f"{row.name}, {name}",
                "httpx",
                series[name],
                series["httpx"],
                inverse=row.inverse,
                goal=row.goal or CALL_GOALS.get(client.program),
            )
            for name, client in sides.items()
            if name != "httpx"
        ]
    return figures


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="scripts/bench conditions", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10, help="how often everything is measured (default: 10)")
    parser.add_argument("--beside", default=EARLIER, help=f"an earlier version, as git names it (default: {EARLIER})")
    options = parser.parse_args()
    if options.rounds < 2:  # quartiles need two values
        parser.error("--rounds: give 2 or more")
    alone, cli, _ = environments.ours()
    earlier = environments.earlier(options.beside)
    now = {"httpx": Client(alone, "httpx"), "krea": Client(alone, "krea"), "krea before": Client(earlier, "krea")}
    starts = now | {
        "typed": Client(alone, "typed"),
        "typed before": Client(earlier, "typed"),
        "krea with [cli]": Client(cli, "krea"),
        "empty": Client(alone, "empty"),
    }
    transports = environments.other_libraries()
    calling = now | {f"krea on {name}": Client(transports, name) for name in CALL_GOALS}
    with servers() as at:
        figures = [*first_calls(starts, at, options.rounds), *tasks(calling, at, max(2, options.rounds // 2))]
    print(f"Measured on {today()}, {options.rounds} rounds; before: {options.beside}.\n")
    print("\n".join(table(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
