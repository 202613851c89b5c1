"""The command behind `scripts/adopt`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from docs_diff import origins
from docs_diff.ours import Ours
from krea_client.cli.document_diff.comparison import OperationDiff, verdicts
from krea_client.cli.document_diff.decided_differences import undecided
from krea_client.cli.document_diff.operation_facts import Unreadable
from regenerate.problems import GenerationFailed

from . import new_models
from .changed_models import ChangedModel
from .descriptions import unwritten
from .spec_folder import SpecFolder

ROOT = Path(__file__).resolve().parents[3]
DONE, QUESTIONS, UNREADABLE = 0, 1, 2


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run the command and return its exit code: 0 done, 1 something is left to decide, 2 could not be read."""
    options = _options(arguments)
    try:
        folder = SpecFolder(root / "spec")
        ours = Ours(root / "spec", folder.bundle)
        origin = origins.understood(options.source, origins.fetched(options.source), ours.aliases)
        all_verdicts = undecided(verdicts(origin.statements, ours.statements, whole=False), origin.kind, ours.known)
    except Unreadable as error:
        print(f"{options.source}:{error.line or 1}: {error.message}", file=sys.stderr)
        return UNREADABLE
    except GenerationFailed as failure:
        print("\n".join(["spec/ itself cannot be read:", *failure.problems]), file=sys.stderr)
        return UNREADABLE
    selected = [verdict for verdict in all_verdicts if _is_chosen(verdict, options.path)]
    if missing := [path for path in options.path if not any(_is_chosen(verdict, [path]) for verdict in all_verdicts)]:
        print(f"{options.source}: has no operation {', '.join(missing)}", file=sys.stderr)
        return UNREADABLE
    questions = adopt(folder, selected, options.captured)
    _report(folder, questions, write=not options.dry_run)
    return QUESTIONS if questions else DONE


def adopt(folder: SpecFolder, selected: Sequence[OperationDiff], captured: str) -> list[str]:
    """Write new and changed operations into the folder in memory, and return what is left to decide, by operation."""
    questions: list[str] = []
    # A family begins with its shortest name, which gives the file its own.
    for verdict in sorted(selected, key=lambda verdict: len(verdict.name)):
        if not verdict.differences or verdict.theirs is None:
            continue
        unclear = [difference.text for difference in verdict.differences if difference.kind == "not_understood"]
        if verdict.theirs.is_unread:
            open_points = unclear
        elif verdict.ours is None:
            open_points = [*new_models.add(folder, verdict.theirs, captured), *unclear]
        elif verdict.ours.path.startswith("/generate/"):
            model = ChangedModel(folder, verdict.theirs, verdict.ours, captured)
            model.take_in(verdict.differences)
            open_points = model.questions
        else:
            open_points = [difference.text for difference in verdict.differences]
        questions += [f"{verdict.name}: {question}" for question in open_points]
    return questions


def _is_chosen(verdict: OperationDiff, paths: Sequence[str]) -> bool:
    path = verdict.name.partition(" ")[2]
    return not paths or path in paths or path.removeprefix("/generate/") in paths


def _report(folder: SpecFolder, questions: Sequence[str], *, write: bool) -> None:
    files = folder.write() if write else list(folder.changed)
    count = sum(unwritten(folder.files[name].value) for name in files)
    for name in files:
        print(f"{'wrote' if write else 'would write'} {name}")
    if not files:
        print("spec/ says all of this already" if not questions else "nothing was written")
    if count:
        print(f"{count} text{'s' if count > 1 else ''} to write: scripts/regenerate lists each TODO with its line")
    for question in questions:
        print(f"to decide: {question}")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/adopt",
        description="Write new and changed models of a documentation source into spec/.",
        epilog="Exit code: 0 done, 1 something is left to decide, 2 the source could not be read.",
    )
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="a reference page as text or Markdown, or an OpenAPI 3.x document: a file, a URL, or - for standard input",
    )
    parser.add_argument(
        "path", nargs="*", metavar="PATH", help="only these, such as image/krea/krea-3; all without any"
    )
    parser.add_argument(
        "--captured",
        metavar="DAY",
        default=datetime.now(UTC).date().isoformat(),
        help="the day on which the source was read; today without it",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be written")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
