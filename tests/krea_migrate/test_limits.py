"""Every limit of the analysis, made so small that the labelled programs hit it: nothing becomes certain, nothing becomes silent."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from krea_migrate import deep_stack
from krea_migrate.findings import Certainty, Finding
from krea_migrate.limits import LIMITS, PRECISION, READING, Limits
from krea_migrate.reading import Reading
from krea_migrate.report import Report
from krea_migrate.source import Source
from tests.krea_migrate.test_labelled import CASES, files_of, unmarked

SMALL = {
    "alternatives": (1, 2, 5),
    "depth": (3, 6, 12),
    "question": (5, 20, 60),
    "further": (1, 5, 20),
    "work": (0,),
    "growth": (1, 3),
    "chain": (1, 3),
    "names": (1, 3),
    "links": (1, 2),
}
PROGRAMS = [case for case in CASES if case.stem.startswith(("python", "scripts", "recursive", "service"))]
# The suite tries each program with one value of each limit; KREA_EVERY_LIMIT=1, as in .ci/run, with all of them.
EVERY_VALUE = bool(os.environ.get("KREA_EVERY_LIMIT"))


def programs_of(name: str, value: int) -> list[Path]:
    """Return the programs that this value of a limit is tried with."""
    values = SMALL[name]
    return [case for number, case in enumerate(PROGRAMS) if EVERY_VALUE or values[number % len(values)] == value]


def findings_with(files: dict[str, bytes], limits: Limits) -> dict[tuple[str, int, str], Finding]:
    report = Report()
    report.sources.update({name: Source(name, data) for name, data in files.items()})
    all_findings = deep_stack.run(lambda: list(Reading(report, frozenset(files), limits).findings()))
    return {(finding.file, finding.start, finding.old): finding for finding in all_findings}


@cache
def usual_findings(case: Path) -> dict[tuple[str, int, str], Finding]:
    return findings_with({file: unmarked(text)[0] for file, text in files_of(case).items()}, LIMITS)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in SMALL.items() for value in values])
def test_a_limit_makes_nothing_certain_and_nothing_silent(name: str, value: int) -> None:
    limits = LIMITS._replace(**{name: getattr(LIMITS, name)._replace(value=value)})
    if name == "further":  # it holds once many questions have passed the first limit
        limits = limits._replace(question=LIMITS.question._replace(value=60))
    risen, silent = [], []
    for case in programs_of(name, value):
        files = {file: unmarked(text)[0] for file, text in files_of(case).items()}
        before, after = usual_findings(case), findings_with(files, limits)
        for place, finding in after.items():
            if finding.certainty is Certainty.CERTAIN and (
                place not in before or before[place].certainty is not Certainty.CERTAIN
            ):
                risen.append((case.stem, place))
        is_reported = any("the analysis stops at" in finding.reason for finding in after.values())
        if not is_reported:
            silent += [(case.stem, place) for place in before if place not in after]
    assert (risen, silent) == ([], [])


def test_every_limit_is_tried() -> None:
    assert set(SMALL) == set(LIMITS._fields)
    assert all(limit.reason and limit.value > 0 for limit in (*LIMITS, *READING))


def test_the_page_has_every_limit() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "codemod.md").read_text("utf-8")
    rows = [f"| {limit.name} | {limit.value:,} | {limit.reason} |" for limit in (*LIMITS, *READING)]
    rows += [f"| {name.replace('_', ' ')} | {value:,} |" for name, value in PRECISION._asdict().items()]
    assert [row for row in rows if row not in page] == []
