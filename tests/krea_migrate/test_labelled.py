"""The labelled set: what is certain is renamed, nothing else is touched."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from krea_migrate import engine, names
from krea_migrate.report import Report

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(CORPUS.glob("*.txt"))
LABELS = {"": "certain", "?": "likely", "~": "unsure"}
MARK = re.compile(r"⟦([?~]?)([^⟧]*)⟧")


def unmarked(text: str) -> tuple[bytes, dict[int, tuple[str, str]]]:
    """Return a file without its marks, and its labels by the place of the name."""
    pieces, labels, end, at = [], {}, 0, 0
    for mark in MARK.finditer(text):
        before = text[end : mark.start()].encode()
        at += len(before)
        labels[at] = (LABELS[mark[1]], mark[2])
        pieces += [before, mark[2].encode()]
        at += len(mark[2].encode())
        end = mark.end()
    return b"".join([*pieces, text[end:].encode()]), labels


def files_of(case: Path) -> dict[str, str]:
    parts = re.split(r"^=== (.+)\n", case.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def analysed(files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Report:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    monkeypatch.chdir(folder)
    return engine.check(["."])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_label(case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unmarked_files = {name: unmarked(text) for name, text in files_of(case).items()}
    report = analysed({name: data for name, (data, _) in unmarked_files.items()}, monkeypatch, tmp_path)
    assert not report.problems
    certainties = {}
    for finding in report.findings:
        if finding.old in names.table().old:
            data = unmarked_files[finding.file][0]
            place = data.index(finding.old.encode(), finding.start)
            certainties[finding.file, place] = (finding.certainty, finding.old)
    expected = {(name, place): label for name, (_, labels) in unmarked_files.items() for place, label in labels.items()}
    lines = {key: unmarked_files[key[0]][0][: key[1]].count(b"\n") + 1 for key in {*certainties, *expected}}
    missed = [
        f"{k[0]}:{lines[k]} wanted {expected[k]} got {certainties.get(k)}"
        for k in expected
        if expected[k] != certainties.get(k)
    ]
    wrong = [f"{k[0]}:{lines[k]} unwanted {certainties[k]}" for k in certainties if k not in expected]
    assert missed + wrong == []


def test_the_set_is_large_enough_to_mean_something() -> None:
    old = re.compile(r"(?<![\w])(" + "|".join(names.table().old) + r")(?![\w])")
    counts: Counter[str] = Counter()
    for case in CASES:
        for text in files_of(case).values():
            data, labels = unmarked(text)
            counts["labelled"] += len(labels)
            counts["all"] += len(old.findall(data.decode()))
    assert counts["all"] >= 400
    assert counts["labelled"] >= 150
