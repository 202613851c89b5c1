"""How other people's generators are judged: every word of complaint counts, unless it is explained."""

import sys
from pathlib import Path

import pytest

from downstream.generator_report import BEGIN, END, line, table, write_into
from downstream.tools import TOOLS, Tool
from downstream.trial import tried

SAY = f"{sys.executable} -I -c 'import sys; print(sys.argv[1]); sys.exit(int(sys.argv[2]))'"


def says(words: str, code: int = 0, **more: object) -> Tool:
    return Tool("talker", "talker", "python", (f'{SAY} "{words}" {code}',), "listened to", **more)  # type: ignore[arg-type] # any field of a Tool


def complaints(tool: Tool, folder: Path) -> tuple[str, ...]:
    return tried(tool, folder=folder).complaints


def test_a_tool_that_is_content_has_no_complaints(tmp_path: Path) -> None:
    assert complaints(says("Your API description is valid."), tmp_path) == ()


@pytest.mark.parametrize(
    "words",
    [
        "[main] WARN this",
        "Warning: x",
        "2 errors",
        "a.ts(1,1): error TS1",
        "x is deprecated",
        "UserWarning:  Invalid y",
    ],
)
def test_a_word_of_complaint_counts_although_it_ended_well(tmp_path: Path, words: str) -> None:
    assert complaints(says(words), tmp_path) == (words,)


@pytest.mark.parametrize("words", ["writing error_answer.py", "[main] INFO  no error", "Success: no issues found"])
def test_names_of_files_and_good_news_are_no_complaints(tmp_path: Path, words: str) -> None:
    assert complaints(says(words), tmp_path) == ()


def test_only_explained_words_are_let_pass_and_they_are_counted(tmp_path: Path) -> None:
    tool = says("WARN beta", expected=(("beta", "it says so always"),))
    outcome = tried(tool, folder=tmp_path)
    assert (outcome.complaints, outcome.expected) == ((), 1)
    [unexpected, unused] = complaints(says("WARN alpha", expected=tool.expected), tmp_path)
    assert (unexpected, unused) == ("WARN alpha", "never said, remove it: beta")


def test_a_tool_that_ends_badly_is_quoted(tmp_path: Path) -> None:
    assert complaints(says("it broke", 3), tmp_path)[0].endswith("ended with 3:")
    assert complaints(says("it broke", 3), tmp_path)[1] == "it broke"


def test_a_tool_that_is_not_there_fails(tmp_path: Path) -> None:
    [first, why] = complaints(Tool("t", "t", "node", ("no-such-generator {document}",), "-"), tmp_path)
    assert first == "`no-such-generator {document}` ended with 127:"
    assert "no-such-generator" in why


def test_a_tool_that_makes_nothing_fails(tmp_path: Path) -> None:
    assert complaints(says("done", made="**/*.py"), tmp_path) == ("nothing was made: no **/*.py",)
    (tmp_path / "client.py").write_text("a = 1\n", "utf-8")
    outcome = tried(says("done", made="**/*.py"), folder=tmp_path)
    assert (outcome.complaints, outcome.files, outcome.lines) == ((), 1, 1)


def test_the_terminal_shows_what_is_wrong(tmp_path: Path) -> None:
    lines = line(tried(says("WARN alpha"), folder=tmp_path)).splitlines()
    assert lines[0].startswith("FAILED talker: listened to")
    assert lines[1] == "    WARN alpha"


def test_results_go_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}old\n{END}after\n", "utf-8")
    write_into(page, "new")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\nnew\n{END}after\n"
    page.write_text("no marks", "utf-8")
    with pytest.raises(SystemExit, match="the marks of scripts/downstream are missing"):
        write_into(page, "new")


def test_the_table_explains_what_was_let_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("downstream.generator_report.version", lambda package: f"{package} 1.2")  # asks an environment
    tool = says("WARN beta", expected=(("beta", "it says so always"),))
    text = table([tried(tool, folder=tmp_path)])
    assert "| talker | talker 1.2 | - | - | listened to | none of ours; 1 explained below |" in text
    assert "- `beta`: it says so always." in text


def test_every_explanation_has_a_reason() -> None:
    assert all(len(reason) > 20 for tool in TOOLS for _, reason in tool.expected)
