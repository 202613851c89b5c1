"""The command behind `scripts/metrics`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .codebase import SourceModule
from .summary import as_table, measure
from .variable_names import variables

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    options = _options(arguments)
    if options.names:
        return list_idle_names(options.names)
    metrics = measure(options.folder.resolve())
    print(json.dumps(metrics, indent=2) if options.json else as_table(metrics))
    return 0


def list_idle_names(paths: Sequence[Path]) -> int:
    """Print each variable that is named by a pronoun or participle, then how often each name occurs; return 1 when there is one."""
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    bound = variables([SourceModule(file.stem, file, file.read_text("utf-8")) for file in files])
    idle = [variable for variable in bound if variable.is_idle]
    for variable in idle:
        print(f"{variable.path}:{variable.line}: {variable.name}")
    counts = ", ".join(f"{name} {count}" for name, count in Counter(variable.name for variable in idle).most_common())
    print(f"{len(idle)} of {len(bound)} variables, {100 * len(idle) / max(len(bound), 1):.2f} %: {counts or 'none'}")
    return 1 if idle else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/metrics", description="Measure the shape of the hand-written code.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT, help="a checkout (default: this one)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--names",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="list variables named by a pronoun or participle in these files or folders",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
