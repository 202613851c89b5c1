"""What came out, for the terminal and between the marks of docs/downstream.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from .trial import Outcome
from .workplace import DOCUMENT, ROOT, version

PAGE = ROOT / "docs" / "downstream.md"
BEGIN, END = "<!-- scripts/downstream --write: begin -->\n", "<!-- scripts/downstream --write: end -->\n"


def line(outcome: Outcome) -> str:
    """Return one line for the terminal, and under it what is wrong."""
    word = "FAILED" if outcome.complaints else "ok"
    size = f", {outcome.files} files of {outcome.lines:,} lines" if outcome.lines else ""
    head = f"{word:7}{outcome.tool.name}: {outcome.tool.verdict}{size}, {outcome.seconds:.0f} s"
    return "\n".join([head, *(f"    {complaint}" for complaint in outcome.complaints[:20])])


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the Markdown table of a run in which nothing failed."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    count = sum(len(item) for item in document["paths"].values())
    rows = [
        f"On {datetime.now(UTC).date().isoformat()}, with the document of {document['info']['version']} ({count} operations):",
        "",
        "| generator | version | files | lines | judged by | errors, warnings | seconds |",
        "|---|---|--:|--:|---|---|--:|",
    ]
    for outcome in outcomes:
        size = f"{outcome.files:,} | {outcome.lines:,}" if outcome.lines else "- | -"
        own = f"none of ours; {outcome.expected} explained below" if outcome.expected else "none"
        tool = outcome.tool
        rows.append(
            f"| {tool.name} | {version(tool.package)} | {size} | {tool.verdict} | {own} | {outcome.seconds:.0f} |"
        )
    explained = dict.fromkeys(pair for outcome in outcomes for pair in outcome.tool.expected)
    rows += ["", "Explained:", ""]
    rows += [f"- `{words}`: {reason}." for words, reason in explained]
    return "\n".join(rows) + "\n"


def write_into(page: Path, text: str) -> None:
    """Put the text between the marks of a page."""
    before, _, following = page.read_text("utf-8").partition(BEGIN)
    _, marker, after = following.partition(END)
    if not marker:
        raise SystemExit(f"{page.name}: the marks of scripts/downstream are missing")
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
