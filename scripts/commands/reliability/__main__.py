"""Measures the figures of docs/reliability.md, prints them, and writes them there."""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.environments import peers
from reliability.batches import batch
from reliability.elsewhere import FAULTS, Peer, beside
from reliability.judge.judge_figures import JUDGE_FIGURES
from reliability.judge.peers import AbandonedCall, abandoned_calls
from reliability.judge.raw_cases import TIMEOUT
from reliability.judge.transports import TRANSPORTS
from reliability.measurement import Measurement
from reliability.sandbox_figures import FIGURES
from reliability.transport_table import commit_of, measured_over, situations_over, with_rows

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reliability.md"
BEGIN, END = "<!-- scripts/reliability --write: begin -->\n", "<!-- scripts/reliability --write: end -->\n"


def ten_thousand() -> Measurement:
    """Measure how long ten thousand jobs take."""
    batched = batch("sync", 10_000, 16, 8)
    measured = f"{batched.ratio:.2f} of the ideal time, {batched.lost} lost, {batched.doubled} doubled, {batched.ahead} requests read ahead"
    is_met = batched.ratio <= 1.15 and not batched.lost and not batched.doubled and batched.ahead <= 16
    return Measurement(
        "run_all", "10,000 jobs, 16 at once, against a limit of 8", measured, "at most 1.15, none, none", is_met
    )


MEASURES: Mapping[str, Callable[[], Measurement]] = {
    measure.__name__: measure for measure in (*FIGURES, ten_thousand, *JUDGE_FIGURES)
}


def as_markdown(figures: Sequence[Measurement], clients: Sequence[Peer], abandoned: Sequence[AbandonedCall]) -> str:
    """Return the figures as tables."""
    lines = [f"Measured on {datetime.now(UTC).date()}.", "", "| | what | measured | goal |", "|---|---|---|---|"]
    lines += [
        f"| {figure.name} | {figure.title} | {figure.measured} | {figure.goal}, {'met' if figure.is_met else '**missed**'} |"
        for figure in figures
    ]
    if clients:
        lines += ["", "Jobs made by one call whose first request was taken and whose response was broken once:", ""]
        lines += [f"| client | {' | '.join(FAULTS)} | faults that doubled |", "|---" * (len(FAULTS) + 2) + "|"]
        lines += [
            f"| {peer.name} | {' | '.join(str(peer.jobs[fault]) for fault in FAULTS)} | {peer.doubled} of {len(FAULTS)} |"
            for peer in clients
        ]
    if abandoned:
        lines += ["", "Forked children that share a client, and a call that an exception leaves while it waits:", ""]
        lines += [
            "| client | own job | another's | error | billed twice | id of the job after leaving |",
            "|---" * 6 + "|",
        ]
        lines += [f"| {' | '.join(call.cells())} |" for call in abandoned]
    return "\n".join(lines)


def measured(names: Sequence[str]) -> list[Measurement]:
    """Measure and print."""
    figures = []
    for name in names or MEASURES:
        began = time.monotonic()
        figure = MEASURES[name]()
        figures.append(figure)
        verdict = "met   " if figure.is_met else "MISSED"
        took = time.monotonic() - began
        print(
            f"{figure.name:15} {verdict} {figure.title}: {figure.measured} (goal: {figure.goal}; {took:.0f} s)",
            flush=True,
        )
    return figures


def over_transports(names: Sequence[str], limit: int | None, seconds: float, *, write: bool) -> int:
    """Play every fault over each of these transports; print and, where asked, write the rows; return the exit code."""
    is_met = True
    for name in TRANSPORTS if "all" in names else names:
        began = time.monotonic()
        row = measured_over(TRANSPORTS[name], limit, seconds)
        print(
            f"{row.as_markdown(commit_of(PAGE.parent))} ({time.monotonic() - began:.0f} s)",
            *row.findings,
            sep="\n",
            flush=True,
        )
        situations = situations_over(TRANSPORTS[name])
        print(
            f"{name}: clocks, leaving and cancellation: {len(situations)} findings", *situations, sep="\n", flush=True
        )
        is_met = is_met and row.is_met and not situations
        if write:  # one after the other, since a run of all takes an hour
            PAGE.write_text(with_rows(PAGE.read_text("utf-8"), [row.as_markdown(commit_of(PAGE.parent))]), "utf-8")
    return 0 if is_met else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/reliability", description="Measure the figures of docs/reliability.md."
    )
    parser.add_argument(
        "names", nargs="*", choices=[[], *MEASURES], metavar="NAME", help=f"only these: {', '.join(MEASURES)}"
    )
    parser.add_argument("--peers", action="store_true", help="set other clients beside this one")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/reliability.md")
    parser.add_argument(
        "--transport",
        action="append",
        choices=["all", *TRANSPORTS],
        metavar="TRANSPORT",
        help=f"instead, play every fault over bare sockets with this transport: all, {', '.join(TRANSPORTS)}",
    )
    parser.add_argument("--most", type=int, help="with --transport: only so many cases of each, drawn by lot")
    parser.add_argument(
        "--timeout",
        type=float,
        default=TIMEOUT,
        help="with --transport: seconds of an exchange; 2.5 on a busy computer [default: %(default)s]",
    )
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    warnings.simplefilter("ignore")  # deprecated models say that they are
    if options.transport:
        return over_transports(options.transport, options.most, options.timeout, write=options.write)
    figures = measured(options.names)
    peer_environment = peers() if options.peers else None
    clients = beside(peer_environment) if peer_environment else []
    abandoned = abandoned_calls(peer_environment.python) if peer_environment else []
    for peer in clients:
        print(f"{peer.name:15} doubled after {peer.doubled} of {len(FAULTS)} faults: {dict(peer.jobs)}", flush=True)
    for call in abandoned:
        print(f"{' | '.join(call.cells())}", flush=True)
    if options.write:
        head, _, following = PAGE.read_text("utf-8").partition(BEGIN)
        tail = following.partition(END)[2]
        PAGE.write_text(f"{head}{BEGIN}\n{as_markdown(figures, clients, abandoned)}\n\n{END}{tail}", "utf-8")
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
