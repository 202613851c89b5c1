"""The command behind `scripts/docs-diff`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from krea_client.cli.document_diff.comparison import OperationDiff, document_verdict, verdicts
from krea_client.cli.document_diff.decided_differences import undecided
from krea_client.cli.document_diff.operation_facts import Unreadable
from regenerate.problems import GenerationFailed

from . import deprecations, origins, telling
from .ours import Ours

ROOT = Path(__file__).resolve().parents[3]
SAME, DIFFERS, UNREADABLE = 0, 1, 2


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run the command and return its exit code: 0 same, 1 differs, 2 could not read."""
    options = _options(arguments)
    spec_side = Ours(root / "spec")
    results: list[tuple[origins.Origin, list[OperationDiff]]] = []
    unreadable: list[str] = []
    try:
        decided_rows = [] if options.all else spec_side.known
        for name in options.source:
            label = "standard input" if name == "-" else name
            try:
                origin = origins.understood(label, origins.fetched(name), spec_side.aliases)
            except Unreadable as error:
                unreadable.append(f"{label}:{error.line or 1}: {error.message}")
                continue
            if not origin.is_understood:
                unreadable += [
                    f"{label}:{it.line or 1}: {it.message}" for each in origin.statements for it in each.unclear
                ]
                continue
            results.append((origin, undecided(_verdicts(origin, spec_side), origin.kind, decided_rows)))
        output = _printed(results, spec_side, options, root)
    except GenerationFailed as failure:
        print("\n".join(["spec/ itself cannot be read:", *failure.problems]), file=sys.stderr)
        return UNREADABLE
    if output and (results or options.json):
        print(output)
    if unreadable:
        print("\n".join(unreadable), file=sys.stderr)
        return UNREADABLE
    return DIFFERS if any(verdict.differences for _, result in results for verdict in result) else SAME


def _verdicts(origin: origins.Origin, spec_side: Ours) -> list[OperationDiff]:
    if origin.deprecations is not None:
        return deprecations.verdicts(origin.deprecations, spec_side.statements, spec_side.document)
    about_all = [document_verdict(origin.document, spec_side.about_all)] if origin.document is not None else []
    return [*about_all, *verdicts(origin.statements, spec_side.statements, whole=origin.whole)]


def _printed(results: telling.Judged, spec_side: Ours, options: argparse.Namespace, root: Path) -> str:
    if options.json:
        return telling.as_json(results, spec_side)
    return telling.summary(results, root) if options.summary else telling.as_text(results, spec_side)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/docs-diff",
        description="Say what differs between documentation and spec/, and which file to change.",
        epilog="Exit code: 0 same, 1 differs, 2 something could not be read.",
    )
    parser.add_argument(
        "source",
        nargs="+",
        metavar="SOURCE",
        help="a reference page as text or Markdown, or an OpenAPI 3.x document: a file, a URL, or - for standard input",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument(
        "--summary", action="store_true", help="print what a person reads in ten seconds, and the version that follows"
    )
    parser.add_argument("--all", action="store_true", help="also what spec/notes/known.md says to be decided")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
