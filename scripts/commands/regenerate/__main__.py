"""The command behind `scripts/regenerate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import pipeline, shadows
from .problems import GenerationFailed

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run the command and return its exit code: 0 done or fresh, 1 stale or impossible."""
    parser = argparse.ArgumentParser(prog="scripts/regenerate", description="Make generated/ from spec/.")
    parser.add_argument("--check", action="store_true", help="write nothing; name every file that is not up to date")
    parser.add_argument(
        "--accept",
        action="store_true",
        help="first record the stock templates of the installed generator as compared with ours",
    )
    parser.add_argument("--rename", action="store_true", help="public names may go or change this time")
    parser.add_argument(
        "--no-retire",
        action="store_true",
        help="a field that left was a mistake: write no row of retired fields for it",
    )
    options = parser.parse_args(arguments)
    try:
        if options.accept:
            shadows.accept(root / "spec" / "templates")
        if options.check:
            stale = pipeline.check(root)
            if stale:
                print(
                    "\n".join([*stale, "generated/ is not what spec/ makes; run scripts/regenerate"]), file=sys.stderr
                )
            return 1 if stale else 0
        for line in pipeline.regenerate(root, rename=options.rename, retire=not options.no_retire):
            print(line)
    except GenerationFailed as failure:
        print("\n".join([*failure.problems, "nothing was written"]), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
