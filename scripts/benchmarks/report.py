"""A run's figures, as a table for people, as JSON, and between the marks of docs/benchmarks.md."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure
from benchmarks.waiting import SECONDS, Watch

BEGIN, END = "<!-- scripts/bench --write: begin -->\n", "<!-- scripts/bench --write: end -->\n"


class Run(NamedTuple):
    """One run: when, with what, and what came out, by section; the watches are how clients wait for a job."""

    day: str
    rounds: int
    versions: Mapping[str, str]
    sections: Mapping[str, Sequence[Figure]]
    watches: Sequence[Watch] = ()

    @property
    def missed(self) -> list[Figure]:
        """The figures that break their target."""
        return [figure for figures in self.sections.values() for figure in figures if figure.met is False]


def today() -> str:
    """The day in UTC."""
    return datetime.now(UTC).date().isoformat()


def as_json(run: Run) -> str:
    """The whole run."""
    sections = {name: [figure.as_json() for figure in figures] for name, figures in run.sections.items()}
    document = {
        "day": run.day,
        "rounds": run.rounds,
        "versions": dict(run.versions),
        "sections": sections,
        "watches": [watch._asdict() for watch in run.watches],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _target(figure: Figure) -> str:
    limit = "" if figure.most is None else f"at most {figure.most:g}"
    limit = limit if figure.least is None else f"at least {figure.least:.2f}"
    aim = "" if figure.goal is None else f" (aim {figure.goal:g})"
    return limit + aim + ("" if figure.met is None else ", met" if figure.met else ", **missed**")


def table(figures: Sequence[Figure]) -> list[str]:
    """A Markdown table."""
    lines = ["| measured | beside | ratio | middle half of rounds | medians | target |", "|---|---|---|---|---|---|"]
    for one in figures:
        medians = f"{one.measured:.3g} and {one.reference:.3g} {one.unit}"
        spread = f"{one.low:.2f} to {one.high:.2f}"
        lines.append(f"| {one.name} | {one.beside} | {one.ratio:.2f} | {spread} | {medians} | {_target(one)} |")
    return lines


def as_markdown(run: Run) -> str:
    """Every section's table, under the day and the versions."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    lines = [f"Measured on {run.day}, {run.rounds} rounds, {platform.system()} {platform.machine()}: {versions}.", ""]
    for name, figures in run.sections.items():
        lines += [f"### {name}", "", *table(figures), ""]
    if run.watches:
        lines += [
            f"### Waiting for a job of {SECONDS:g} s",
            "",
            "| client | looks at the job | done after its end |",
            "|---|---|---|",
        ]
        lines += [f"| {watch.client} | {watch.looks} | {watch.late:.1f} s |" for watch in run.watches] + [""]
    return "\n".join(lines)


def write_into(document: Path, run: Run) -> None:
    """Replaces what stands between the marks.

    Raises:
        ValueError: the marks are not there.
    """
    text = document.read_text("utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{document.name} lacks the lines {BEGIN.strip()!r} and {END.strip()!r}")
    document.write_text(f"{head}{begin}\n{as_markdown(run)}\n{end}{tail}", "utf-8")
