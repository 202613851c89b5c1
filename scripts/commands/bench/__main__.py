"""The program behind scripts/bench."""

from __future__ import annotations

import argparse
import platform
import sys

from bench import bench_report, environments, saved_batches, subjects
from bench.figures import Figure
from bench.peer_speed import beside_httpx
from bench.processes import loopback
from bench.sizes import sizes
from bench.waiting import watched

DOCUMENT = environments.ROOT / "docs" / "benchmarks.md"
DEPENDENCIES = ("krea-client", "httpx", "httpcore", "attrs", "jsonschema_rs")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="What krea-client costs beside bare httpx.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    parser.add_argument("--peers", action="store_true", help="measure fal-client, replicate and openai too")
    parser.add_argument("--rounds", type=int, default=30, help="how often everything is measured (default: 30)")
    parser.add_argument(
        "--batch", action="store_true", help="only run a batch of jobs with each client, and save it (3 minutes)"
    )
    parser.add_argument(
        "--bulk",
        action="store_true",
        help="only carry out bulk runs beside a script with a task for each job (6 minutes)",
    )
    parser.add_argument(
        "--kills",
        action="store_true",
        help="only carry out bulk runs on four workers, with and without a kill every 2 s, for each kind of lane (3 minutes)",
    )
    return parser


def main() -> int:
    """Measure, tell, and return 1 when a target is missed."""
    parser = _parser()
    options = parser.parse_args()
    if options.kills:
        return kill_workers()
    if options.bulk:
        alone, _, _ = environments.ours()
        for kind in saved_batches.BULK_KINDS:
            runs = [saved_batches.run_batch(alone, name, kind) for name in saved_batches.BULK_CLIENTS]
            ratio = runs[0].cpu / runs[1].cpu
            print(f"{kind.jobs} jobs, {kind.at_once} at once: CPU {ratio:.2f} of the script's", flush=True)
            print("\n".join(saved_batches.table(runs)), flush=True)
        return 0
    if options.batch:
        alone, _, _ = environments.ours()
        print("\n".join(saved_batches.table([saved_batches.run_batch(alone, name) for name in saved_batches.CLIENTS])))
        return 0
    if options.rounds < 2:  # quartiles need two values
        parser.error("--rounds: give 2 or more")
    run = measure(options.rounds, peers=options.peers)
    print(bench_report.as_json(run) if options.json else bench_report.as_markdown(run))
    if options.write:
        bench_report.write_into(DOCUMENT, run)
    for missed in run.missed:
        print(f"scripts/bench: MISSED: {missed}", file=sys.stderr)
    return 1 if run.missed else 0


def kill_workers() -> int:
    """Print how a bulk run goes without and with kills; return 1 where it takes too long, or is not paid for exactly once."""
    from bench import killed_runs

    lanes = (None, 1)
    runs = [
        killed_runs.measure(lane, every) for lane in lanes for every in (killed_runs.PATIENCE, killed_runs.KILL_EVERY)
    ]
    for run in runs:
        print(
            f"lane {run.lane or 'auto'}, {run.kills} kills, {run.leaders} of the leader: {run.ratio:.2f} of the ideal time; "
            f"{run.billed} billed, {run.saved} saved, {run.unknown} unknown"
        )
    is_exact = all(run.is_exact for run in runs)
    return 0 if is_exact and max(run.ratio for run in runs) <= killed_runs.MOST_RATIO else 1


def measure(rounds: int, *, peers: bool) -> bench_report.Run:
    """Return one whole run."""
    alone, cli, beside = environments.ours()
    peer_environment = environments.peers() if peers else None
    installed = alone.versions()
    versions = {"Python": platform.python_version(), **{name: installed[name] for name in DEPENDENCIES}}
    with loopback(str(alone.python)) as port:
        sections: dict[str, list[Figure]] = {
            "Starting": subjects.startup(alone, cli, port, rounds),
            "Calling": subjects.throughput(alone, port, rounds),
            "Deprecated names": subjects.translations(alone, rounds),
            "Other people's calls under legacy.install()": subjects.other_hosts(beside, port, rounds),
        }
        if peer_environment is not None:
            installed = peer_environment.versions()
            versions |= {name: installed.get(name) or installed[name.replace("-", "_")] for name in environments.PEERS}
            sections["Peers"] = beside_httpx(alone, peer_environment, port, rounds)
    watches = (
        watched({"krea": alone, "fal": peer_environment, "replicate": peer_environment}) if peer_environment else []
    )
    return bench_report.Run(bench_report.today(), rounds, versions, sections, watches, sizes())


if __name__ == "__main__":
    sys.exit(main())
