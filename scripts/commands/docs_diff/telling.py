"""What scripts/docs-diff prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from krea_client.cli.document_diff.comparison import Verdict
from krea_client.cli.document_diff.decided_differences import short
from krea_client.cli.document_diff.differences import Difference

from .advice import remedy
from .origins import Origin
from .ours import Ours

Judged = Sequence[tuple[Origin, Sequence[Verdict]]]


def as_text(judged: Judged, ours: Ours) -> str:
    """For a maintainer: operation by operation, which file to change and what to write."""
    return "\n".join(line for origin, verdicts in judged for line in _told(origin, verdicts, ours))


def _told(origin: Origin, verdicts: Sequence[Verdict], ours: Ours) -> Iterator[str]:
    different = [verdict for verdict in verdicts if verdict.differences]
    same = len(verdicts) - len(different)
    if not different:
        yield f"{origin.name}: same ({same} operation{'s' if same != 1 else ''})"
    for verdict in different:
        count = len(verdict.differences)
        yield f"{origin.name}: {verdict.name}: {count} difference{'s' if count > 1 else ''}"
        for difference in verdict.differences:
            line = f" (line {difference.line})" if difference.line else ""
            yield f"  {_place(difference, verdict, ours)}: {difference.text}{line}"
            if advice := remedy(difference, verdict.ours):
                yield f"      {advice}"
            if verdict.ours is not None:
                yield f"      to keep ours: {row(origin, verdict, difference)}"
    if different and same:
        yield f"{origin.name}: {same} more operation{'s' if same > 1 else ''}: same"


def row(origin: Origin, verdict: Verdict, difference: Difference) -> str:
    """The row of spec/notes/known.md that would keep a difference from being told again."""
    cells = (origin.kind, short(verdict.name), difference.about or "(operation)", difference.says, "why")
    return f"| {' | '.join(cells)} |"


def _place(difference: Difference, verdict: Verdict, ours: Ours) -> str:
    if verdict.ours is None:
        return ours.file_for(verdict.theirs.path if verdict.theirs else "/")
    return ours.place(difference.address or verdict.ours.address)


def as_json(judged: Judged, ours: Ours) -> str:
    """For programs: the same, as a list of sources with their operations and differences."""
    return json.dumps([_source(origin, verdicts, ours) for origin, verdicts in judged], indent=2, ensure_ascii=False)


def _source(origin: Origin, verdicts: Sequence[Verdict], ours: Ours) -> dict[str, Any]:
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
                        "kind": it.kind,
                        "field": it.about,
                        "says": it.says,
                        "text": it.text,
                        "place": _place(it, verdict, ours),
                        "line": it.line,
                        "remedy": remedy(it, verdict.ours),
                    }
                    for it in verdict.differences
                ],
            }
            for verdict in different
        ],
    }
