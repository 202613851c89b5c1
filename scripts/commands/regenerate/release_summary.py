"""The end of a run in two voices: what changed in the API, and what that does to Python callers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from regenerate.caller_impact import Change, changes, deprecations
from regenerate.change_report import report
from regenerate.public_names import SUBMISSION

from .bundle import Document
from .versions import following


def summary(root: Path, old: Document, target: Path) -> list[str]:
    """Return the lines for a build in `target` that is to follow what is published; `old` is its document."""
    new = json.loads((target / "openapi.json").read_text("utf-8"))
    api = report(old, new)
    if not api:
        return []
    all_changes = [*changes(target, root / "generated"), *deprecations(old, new)]
    lines = ["The API:", *(f"  {line}" for line in (*api, *_gone(old, new))), "Python callers:", *_told(all_changes)]
    if version := following(root, all_changes):
        lines.append(f"Version: {version}")
    return lines


def _gone(old: Document, new: Document) -> Iterator[str]:
    """Yield a line for each model that left and that callers would be told nothing about."""
    rows = {row["model"] for row in new.get("x-krea-gone-models", ())}
    for path in old["paths"]:
        model = path.removeprefix(SUBMISSION)
        if path not in new["paths"] and model != path and model not in rows:
            row = f"{{ model: {model}, sunset: null, replacement: null }}"
            yield f"{model}: callers are told nothing of its end; add to spec/shared/gone.yaml: - {row}"


def _told(all_changes: Sequence[Change]) -> list[str]:
    lines = [
        f"  {kind}: {change.text}"
        for kind in ("breaking", "deprecation", "addition")
        for change in all_changes
        if change.kind == kind
    ]
    return lines or ["  nothing: signatures and types are the same"]
