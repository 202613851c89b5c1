"""What scripts/record does: runs tests/cassettes in recording mode, against the sandbox or, on request, the live API."""

import argparse
import filecmp
import json
import os
import subprocess
import sys
import tempfile
from getpass import getpass
from pathlib import Path

from .scan import findings
from .tape import read

ROOT = Path(__file__).resolve().parents[3]
TESTS = ROOT / "tests" / "cassettes"
TOKEN = "KREA_API_TOKEN"  # noqa: S105 - the variable's name
FOLDER = "KREA_CASSETTES"
# What the scenes of tests/cassettes use: the cheapest model with a published price.
PATH = "/generate/image/z-image/z-image"
# Three scenes submit a job, each in two colours; one of the three cancels it at once.
SUBMISSIONS = 6


def record(folder: Path, **variables: str) -> int:
    """Record all cassettes into the folder, in place of those that are there; gives pytest's exit code."""
    command = [sys.executable, "-m", "pytest", str(TESTS / "test_replay.py"), "--record-mode=rewrite", "--quiet"]
    completed = subprocess.run(
        [*command, "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={**os.environ, FOLDER: str(folder), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if completed.returncode:
        print(completed.stdout + completed.stderr, file=sys.stderr)
    return completed.returncode


def unfit(folder: Path) -> list[str]:
    """Return what stands in the folder's cassettes and must not be published."""
    return [
        f"{path.name}: {finding}"
        for path in sorted(folder.glob("*.yaml"))
        for finding in findings(read(path.read_text()))
    ]


def stale(committed: Path, fresh: Path) -> list[str]:
    """Return names of cassettes that a new recording would change, add or leave out."""
    names = {path.name for folder in (committed, fresh) for path in folder.glob("*.yaml")}
    _, differing, absent = filecmp.cmpfiles(committed, fresh, names, shallow=False)
    return sorted(differing + absent)


def of_the_sandbox(*, check: bool) -> int:
    """Record the sandbox's cassettes anew, or only compare; gives the exit code."""
    committed = TESTS / "sandbox"
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary)
        if (failed := record(fresh, NO_PROXY="127.0.0.1")) != 0:
            return failed
        if findings := unfit(fresh):
            print("scripts/record: nothing was kept:", *findings, sep="\n  ", file=sys.stderr)
            return 1
        changed = stale(committed, fresh)
        if check:
            if changed:
                print("Stale cassettes; run scripts/record:", *changed, sep="\n  ", file=sys.stderr)
            return 1 if changed else 0
        committed.mkdir(exist_ok=True)
        for name in changed:
            if (fresh / name).exists():
                (committed / name).write_bytes((fresh / name).read_bytes())
            else:
                (committed / name).unlink()
        print("\n".join(f"recorded {name}" for name in changed) or "scripts/record: nothing has changed")
    return 0


def of_the_live_api() -> int:
    """Record the live API's cassettes, after saying what it costs and hearing yes; gives the exit code."""
    document = json.loads((ROOT / "generated" / "openapi.json").read_bytes())
    price = document["paths"][PATH]["post"]["x-krea-pricing"]
    print(
        f"This submits {SUBMISSIONS} jobs to {PATH} with your token. At {price['amount']} {price['currency']} each (read "
        f"{price['read']}) that is up to {SUBMISSIONS * price['amount']:.3f} {price['currency']}; some are cancelled at once."
    )
    if not sys.stdin.isatty() or input("Go ahead? Write yes: ").strip() != "yes":
        print("scripts/record: nothing was sent")
        return 1
    token = os.environ.get(TOKEN, "").strip() or getpass(f"{TOKEN} (is not shown, not kept): ").strip()
    if not token:
        print("scripts/record: without a token nothing was sent", file=sys.stderr)
        return 2
    folder = TESTS / "live"
    failed = record(folder, **{TOKEN: token})
    if findings := unfit(folder):
        print(
            f"Do not publish {folder.relative_to(ROOT)} before you have looked at:",
            *findings,
            sep="\n  ",
            file=sys.stderr,
        )
        return 1
    if not failed:
        print(f"Recorded into {folder.relative_to(ROOT)}. Replay: {FOLDER}=live scripts/test tests/cassettes")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/record", description="record the cassettes of tests/cassettes")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="change nothing; exit 1 when a cassette is stale")
    mode.add_argument("--live", action="store_true", help="record the live API, for money, into a folder of its own")
    options = parser.parse_args()
    sys.exit(of_the_live_api() if options.live else of_the_sandbox(check=options.check))
