"""A run's figures, as a table for people, as JSON, and between the marks of docs/benchmarks.md."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench import pacing
from bench.figures import Figure
from bench.sizes import Size
from bench.waiting import SECONDS, Watch

BEGIN, END = "<!-- scripts/bench --write: begin -->\n", "<!-- scripts/bench --write: end -->\n"


class Run(NamedTuple):
    """One run: when, with what, and what came out, by section; the watches are how clients wait for a job, the sizes what is shipped."""

    day: str
    rounds: int
    versions: Mapping[str, str]
    sections: Mapping[str, Sequence[Figure]]
    watches: Sequence[Watch] = ()
    sizes: Sequence[Size] = ()

    @property
    def missed(self) -> list[str]:
        """What breaks its target, in words."""
        slow = [figure for figures in self.sections.values() for figure in figures if figure.met is False]
        large = [size for size in self.sizes if size.met is False]
        return [
            *(f"{figure.name}: {figure.ratio:.2f} x {figure.beside}" for figure in slow),
            *(f"{size.name}: {size.measured:.3g} {size.unit}, at most {size.most:g}" for size in large),
        ]


def today() -> str:
    """Return the day in UTC."""
    return datetime.now(UTC).date().isoformat()


def as_json(run: Run) -> str:
    """Return the whole run."""
    sections = {name: [figure.as_json() for figure in figures] for name, figures in run.sections.items()}
    document = {
        "day": run.day,
        "rounds": run.rounds,
        "versions": dict(run.versions),
        "sections": sections,
        "watches": [watch._asdict() for watch in run.watches],
        "sizes": [{**size._asdict(), "met": size.met} for size in run.sizes],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _target(figure: Figure) -> str:
    limit = "" if figure.most is None else f"at most {figure.most:g}"
    limit = limit if figure.least is None else f"at least {figure.least:.2f}"
    aim = "" if figure.goal is None else f" (aim {figure.goal:g})"
    return limit + aim + ("" if figure.met is None else ", met" if figure.met else ", **missed**")


def table(figures: Sequence[Figure]) -> list[str]:
    """Return a Markdown table."""
    lines = ["| measured | beside | ratio | middle half of rounds | medians | target |", "|---|---|---|---|---|---|"]
    for figure in figures:
        medians = f"{figure.measured:.3g} and {figure.reference:.3g} {figure.unit}"
        spread = f"{figure.low:.2f} to {figure.high:.2f}"
        lines.append(
            f"| {figure.name} | {figure.beside} | {figure.ratio:.2f} | {spread} | {medians} | {_target(figure)} |"
        )
    return lines


def _amount(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:.2f}"


def _size(size: Size) -> str:
    beside = f"{_amount(size.reference)} ({size.beside})" if size.reference is not None else ""
    target = "" if size.most is None else f"at most {size.most:g}, {'met' if size.met else '**missed**'}"
    return f"| {size.name} | {_amount(size.measured)} {size.unit} | {beside} | {target} |"


def as_markdown(run: Run) -> str:
    """Return every section's table, under the day and the versions."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    lines = [f"Measured on {run.day}, {run.rounds} rounds, {platform.system()} {platform.machine()}: {versions}.", ""]
    for name, figures in run.sections.items():
        lines += [f"### {name}", "", *table(figures), ""]
    if run.sizes:
        lines += ["### Size", "", "| what | how much | beside | target |", "|---|---|---|---|"]
        lines += [*map(_size, run.sizes), ""]
    if run.watches:
        lines += [
            f"### Waiting for a job of {SECONDS:g} s",
            "",
            "| client | polls of the job | seconds from its end to the end of the wait |",
            "|---|---|---|",
        ]
        lines += [f"| {watch.client} | {watch.looks} | {watch.late:.1f} s |" for watch in run.watches] + [""]
    lines += [
        "### Polls per job (calculated: log-normal lengths, standard deviation 0.25, one job at a time)",
        "",
        *pacing.table(),
        "",
    ]
    return "\n".join(lines)


def write_into(document: Path, run: Run) -> None:
    """Replace what stands between the marks.

    Raises:
        ValueError: the marks are not there.
    """
    text = document.read_text("utf-8")
    head, begin, following = text.partition(BEGIN)
    _, end, tail = following.partition(END)
    if not begin or not end:
        raise ValueError(f"{document.name} lacks the lines {BEGIN.strip()!r} and {END.strip()!r}")
    document.write_text(f"{head}{begin}\n{as_markdown(run)}\n{end}{tail}", "utf-8")
