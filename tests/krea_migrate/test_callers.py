"""Programs as many hands write them, labelled before they were tried: how many of their renames are certain, likely, reported.

In `callers/*.txt` a line `=== project/path` begins a file. `⟦name⟧` must be renamed, `⟦~name⟧` is only to be reported, and any other place
must stay. Unlike the corpus, which says how certain each place is, this set says what is true.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from krea_migrate import engine
from krea_migrate.findings import Certainty
from krea_migrate.report import Report

BATCHES = sorted((Path(__file__).parent / "callers").glob("*.txt"))
LEAST = {"certain": 0.85, "likely": 0.95, "unsure": 0.99}  # of all renames that are at least so certain
_MARK = re.compile(r"⟦(~?)([^⟧]*)⟧")
Labels = dict[tuple[str, int], str]  # by file and place in bytes: "" or "~"


def projects(batch: Path) -> dict[str, tuple[dict[str, bytes], Labels]]:
    """Return the files of each project, and their labels."""
    result: dict[str, tuple[dict[str, bytes], Labels]] = defaultdict(lambda: ({}, {}))
    parts = re.split(r"^=== (.+)\n", batch.read_text("utf-8"), flags=re.MULTILINE)[1:]
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        project, _, path = name.partition("/")
        files, labels = result[project]
        plain = ""
        at = 0
        for mark in _MARK.finditer(text):
            plain += text[at : mark.start()]
            labels[path, len(plain.encode())] = mark[1]
            plain += mark[2]
            at = mark.end()
        files[path] = (plain + text[at:]).encode()
    return result


def rated(files: dict[str, bytes]) -> dict[tuple[str, int], Certainty]:
    """Return how certain each place with a deprecated name is."""
    report = Report()
    engine.analyse(files, report, engine.Settings())
    return {
        (finding.file, files[finding.file].index(finding.old.encode(), finding.start)): finding.certainty
        for finding in report.findings
        if finding.rule not in ("KREA204", "KREA302")
    }


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch.stem)
def test_renames_of_callers_are_found_and_nothing_else_is_edited(batch: Path) -> None:
    counts: Counter[str] = Counter()
    wrong, silent = [], []
    for project, (files, labels) in projects(batch).items():
        ratings = rated(files)
        counts.update(str(ratings.get(place, "silent")) for place, label in labels.items() if not label)
        silent += [(project, *place) for place in labels if place not in ratings]
        wrong += [
            (project, *place)
            for place, certainty in ratings.items()
            if certainty is not Certainty.UNSURE and labels.get(place) != ""
        ]
    assert (wrong, silent) == ([], [])
    rated_count = 0
    for certainty, least in LEAST.items():
        rated_count += counts[certainty]
        assert rated_count >= least * counts.total(), counts
