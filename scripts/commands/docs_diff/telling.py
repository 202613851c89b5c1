"""What scripts/docs-diff prints."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from krea_client.cli.document_diff.comparison import OperationDiff
from krea_client.cli.document_diff.decided_differences import short
from krea_client.cli.document_diff.differences import Difference
from krea_client.cli.document_diff.grouping import grouped
from regenerate.versions import following_step

from .advice import remedy
from .origins import Origin
from .ours import Ours

_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
# What a summary counts, in words.
_WORDS = {
    "field_new": "new fields",
    "field_gone": "fields that left",
    "field_renamed": "renamed fields",
    "enum": "choices that changed",
    "default": "other defaults",
    "price": "prices",
    "alias_new": "new aliases",
    "deprecation": "deprecations",
    "sunset": "ends of models",
    "answer_field_new": "new fields of answers",
    "answer_field_gone": "fields of answers that left",
    "older": "sources that are older than spec/",
    "not_understood": "places that are not understood",
    **dict.fromkeys(_BOUNDS, "other bounds"),
}
# Which step of the version follows from which kinds of differences; the first that fits counts.
_STEPS = (
    ("major", "a model with its class goes", {"operation_gone"}),
    (
        "minor",
        "a field left or changed its type",
        {"field_gone", "field_renamed", "type", "answer_field_gone", "answer_type"},
    ),
    ("minor", "bounds or required fields changed", {*_BOUNDS, "required", "closed", "format", "pattern", "multipleOf"}),
    ("minor", "something is new", {"operation_new", "field_new", "alias_new", "answer_field_new", "enum"}),
    ("minor", "something is deprecated", {"deprecation", "sunset"}),
)
Judged = Sequence[tuple[Origin, Sequence[OperationDiff]]]


def as_text(results: Judged, spec_side: Ours) -> str:
    """Tell a maintainer, operation by operation, which file to change and what to write."""
    return "\n".join(line for origin, verdicts in results for line in _told(origin, verdicts, spec_side))


def _told(origin: Origin, verdicts: Sequence[OperationDiff], spec_side: Ours) -> Iterator[str]:
    different = [verdict for verdict in verdicts if verdict.differences]
    equal_count = len(verdicts) - len(different)
    if not different:
        yield f"{origin.name}: same ({equal_count} operation{'s' if equal_count != 1 else ''})"
    groups, single = grouped(different)
    for group in groups:
        first = group.verdicts[0]
        yield f"{origin.name}: {group}"
        yield f"  {_place(group.difference, first, spec_side)}, for one"
        yield f"      to keep ours: {_row(origin, '*', group.difference)}"
    for verdict in single:
        count = len(verdict.differences)
        if not count:
            continue
        yield f"{origin.name}: {verdict.name}: {count} difference{'s' if count > 1 else ''}"
        for difference in verdict.differences:
            line = f" (line {difference.line})" if difference.line else ""
            place = origin.name if _is_unread(verdict) else _place(difference, verdict, spec_side)
            yield f"  {place}: {difference.text}{line}"
            if advice := remedy(difference, verdict, spec_side.components):
                yield from (f"      {text}" for text in advice.split("\n"))
            if verdict.ours is not None:
                yield f"      to keep ours: {row(origin, verdict, difference)}"
    if different and equal_count:
        yield f"{origin.name}: {equal_count} more operation{'s' if equal_count > 1 else ''}: same"


def row(origin: Origin, verdict: OperationDiff, difference: Difference) -> str:
    """Return the row of spec/notes/known.md that would keep a difference from being told again."""
    return _row(origin, short(verdict.name), difference)


def _row(origin: Origin, operation: str, difference: Difference) -> str:
    cells = (origin.kind, operation, difference.about or "(operation)", difference.says, "why")
    return f"| {' | '.join(cells)} |"


def summary(results: Judged, root: Path) -> str:
    """Return what a person reads in ten seconds: how many models came, went and changed, in what, and the next version."""
    different = [verdict for _, verdicts in results for verdict in verdicts if verdict.differences]
    unread = [verdict for verdict in different if _is_unread(verdict)]
    came = [short(verdict.name) for verdict in different if verdict.ours is None and verdict not in unread]
    went = [short(verdict.name) for verdict in different if verdict.theirs is None]
    changed = [verdict for verdict in different if verdict.ours is not None and verdict.theirs is not None]
    lines = [
        *([f"new: {len(came)} ({_some(came)})"] if came else []),
        *([f"gone: {len(went)} ({_some(went)})"] if went else []),
        *([f"changed: {len(changed)} ({_some([short(verdict.name) for verdict in changed])})"] if changed else []),
    ]
    kinds = Counter(
        _WORDS.get(difference.kind, "other facts")
        for verdict in (*changed, *unread)
        for difference in verdict.differences
    )
    lines += [f"  {count} {words}" for words, count in kinds.most_common()]
    return "\n".join([*lines, f"version: {_version(different, root)}"]) if lines else "nothing changed"


def _is_unread(verdict: OperationDiff) -> bool:
    """Return whether an operation that we do not have could not be understood: nobody knows whether it is new."""
    return verdict.ours is None and verdict.theirs is not None and verdict.theirs.is_unread


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")


def _version(different: Sequence[OperationDiff], root: Path) -> str:
    """Return the number of the version that follows, and why; without a number where the project says none."""
    kinds = {difference.kind for verdict in different for difference in verdict.differences}
    step, why = next(((step, why) for step, why, own in _STEPS if kinds & own), ("patch", "no caller notices"))
    return following_step(root, step, why) or f"the next {step} one, as {why}"


def _place(difference: Difference, verdict: OperationDiff, spec_side: Ours) -> str:
    if verdict.ours is None:
        return spec_side.file_for(verdict.theirs.path if verdict.theirs else "/")
    return spec_side.place(difference.address or verdict.ours.address)


def as_json(results: Judged, spec_side: Ours) -> str:
    """Return the same for programs: a list of sources with their operations and differences."""
    return json.dumps(
        [_source(origin, verdicts, spec_side) for origin, verdicts in results], indent=2, ensure_ascii=False
    )


def _source(origin: Origin, verdicts: Sequence[OperationDiff], spec_side: Ours) -> dict[str, Any]:
    different = [verdict for verdict in verdicts if verdict.differences]
    return {
        "source": origin.name,
        "same": not different,
        "operations": len(verdicts),
        "different": [
            {
                "operation": verdict.name,
                "differences": [
                    {
                        "kind": difference.kind,
                        "field": difference.about,
                        "says": difference.says,
                        "text": difference.text,
                        "place": _place(difference, verdict, spec_side),
                        "line": difference.line,
                        "remedy": remedy(difference, verdict, spec_side.components),
                    }
                    for difference in verdict.differences
                ],
            }
            for verdict in different
        ],
    }
