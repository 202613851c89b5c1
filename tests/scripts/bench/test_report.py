"""The report: the document keeps its words and gets the tables, again and again; a missed target is seen."""

import json
from pathlib import Path

import pytest

from bench.bench_report import BEGIN, END, Run, as_json, as_markdown, write_into
from bench.figures import compare
from bench.sizes import Size
from bench.waiting import Watch

ROOT = Path(__file__).resolve().parents[3]
GOOD = compare("import ours", "import theirs", [1.0, 1.0], [10.0, 10.0], most=0.25)
BAD = compare("calls", "theirs", [2.0, 2.0], [1.0, 1.0], inverse=True, least=0.9)
RUN = Run("2026-11-20", 2, {"Python": "3.11.7"}, {"Starting": [GOOD], "Calling": [BAD]})


def test_missed_targets_are_told() -> None:
    assert RUN.missed == ["calls: 0.50 x theirs"]
    large = RUN._replace(
        sections={}, sizes=[Size("wheel", 2.0, "MB", most=1.5), Size("modules", 9, "files", 20, "stock")]
    )
    assert large.missed == ["wheel: 2 MB, at most 1.5"]
    markdown = as_markdown(large)
    assert "| wheel | 2.00 MB |  | at most 1.5, **missed** |" in markdown
    assert "| modules | 9 files | 20 (stock) |  |" in markdown
    text = as_markdown(RUN)
    assert "| at most 0.25, met |" in text
    assert "| at least 0.90, **missed** |" in text


def test_json_says_what_the_table_says() -> None:
    document = json.loads(as_json(RUN))
    assert document["versions"] == {"Python": "3.11.7"}
    assert [row["met"] for rows in document["sections"].values() for row in rows] == [True, False]


def test_how_clients_wait_is_told_where_it_was_watched() -> None:
    run = RUN._replace(watches=[Watch("ours", 9, 0.87)])
    assert "| ours | 9 | 0.9 s |" in as_markdown(run)
    assert json.loads(as_json(run))["watches"] == [{"client": "ours", "looks": 9, "late": 0.87}]
    assert "Waiting" not in as_markdown(RUN)


def test_writing_replaces_what_stands_between_the_marks(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"before\n{BEGIN}old\n{END}after\n", "utf-8")
    write_into(document, RUN)
    once = document.read_text("utf-8")
    write_into(document, RUN)
    assert document.read_text("utf-8") == once
    assert once.startswith("before\n")
    assert once.endswith("after\n")
    assert "old" not in once
    assert "import ours" in once


def test_a_document_without_marks_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="lacks the lines"):
        write_into(document, RUN)
    assert document.read_text("utf-8") == "no marks"


def test_the_committed_document_has_the_marks() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert text.index(BEGIN) < text.index(END)
