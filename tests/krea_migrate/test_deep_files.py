"""No file ends the run: what is nested too deeply is reported, and everything beside it is read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from krea_client.cli import commands
from krea_migrate import engine, isolation, reading, time_limit
from krea_migrate.report import Report

from .looking import URL, report

CALL = f'fetch("{URL}", {{method: "POST", body: JSON.stringify({{prompt: "a fox", aspectRatio: "1:1"}})}});\n'
PLAIN = f'import requests\nrequests.post("{URL}", json={{"prompt": "a fox", "aspectRatio": "1:1"}})\n'
LINKS = 5000
CHAINS = {
    "else if": " else ".join(f"if (a === {n}) {{ b({n}); }}" for n in range(LINKS)),
    "sums": "x = " + " + ".join(f'"a{n}"' for n in range(LINKS)),
    "promises": "p" + "".join(f"\n  .then((r) => r.a{n})" for n in range(LINKS)),
    "conditions": "x = " + " && ".join(f"a{n}" for n in range(LINKS)),
    "alternatives": "x = " + " || ".join(f"a{n}" for n in range(LINKS)),
    "parentheses": "x = " + "(" * LINKS + "1" + ")" * LINKS,
    "sequences": "x = (" + ", ".join(f"a{n}()" for n in range(LINKS)) + ")",
}
NESTED = {
    "ternaries": "x = " + " : ".join(f'a === {n} ? "v{n}"' for n in range(LINKS)) + " : 0",
    "lists": "x = " + "[" * LINKS + "]" * LINKS,
    "calls": "x = " + "f(" * LINKS + "1" + ")" * LINKS,
    "callbacks": "f(() => {\n" * LINKS + "1" + "})" * LINKS,
    "blocks": "{" * LINKS + "}" * LINKS,
    "objects": "x = " + "{a:" * LINKS + "1" + "}" * LINKS,
    "signs": "x = " + "!" * LINKS + "a",
    "assignments": "x = " * LINKS + "1",
    "templates": "x = " + "`${" * LINKS + "1" + "}`" * LINKS,
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_long_chain_is_read(name: str) -> None:
    chain_report = report(long__js=f"{CHAINS[name]};\n{CALL}")
    assert not chain_report.problems
    assert [(finding.old, finding.certainty) for finding in chain_report.findings] == [("aspectRatio", "certain")]


def test_what_is_nested_is_read_or_reported_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in NESTED.items():
        (tmp_path / f"{name}.js").write_text(f"{text};\n{CALL}")
    (tmp_path / "plain.py").write_text(PLAIN)
    checked = engine.check(["."])
    assert {(finding.file, finding.old) for finding in checked.findings} == {
        ("plain.py", "aspectRatio"),
        *((f"{name}.js", "aspectRatio") for name in NESTED),
    }
    assert [finding.certainty for finding in checked.findings if finding.file == "plain.py"] == ["certain"]
    uncertain = {finding.file for finding in checked.findings if finding.certainty != "certain"}
    assert set(checked.problems) == uncertain
    some = ["plain.py", *sorted(uncertain)[:1]]  # of the rest the command says the same
    assert commands.run(["check", *some]) == (2 if uncertain else 1)
    assert "plain.py:2:" in capsys.readouterr().out


def test_a_value_below_many_blocks_is_never_taken_for_another() -> None:
    lines = " else ".join(f'if (a === {n}) {{ u = "https://example.com/{n}"; }}' for n in range(200))
    chain_report = report(long__js=f'let u = "{URL}";\n{lines}\n{CALL.replace(chr(34) + URL + chr(34), "u")}')
    assert [
        (finding.old, finding.certainty) for finding in chain_report.findings if finding.certainty == "certain"
    ] == []


def test_the_time_of_a_file_is_limited() -> None:
    with time_limit.one_file(-1.0), pytest.raises(time_limit.TookTooLong):
        time_limit.check()
    with time_limit.one_file(60.0):
        time_limit.check()


def test_waiting_for_the_processor_takes_nothing_of_the_time_of_a_file() -> None:
    with time_limit.one_file(0.01):
        threading.Event().wait(0.02)
        time_limit.check()


def test_where_all_files_together_fail_each_is_analysed_alone() -> None:
    before = report(a__py=PLAIN, b__js=CALL)
    again = Report(sources=dict(before.sources))
    assert isolation.findings(again, frozenset(before.sources), KeyError("x")) == set(before.findings)
    assert again.problems == {}


def test_every_error_of_a_reader_is_told_in_words() -> None:
    errors = (RecursionError(), MemoryError(), time_limit.TookTooLong(), KeyError("x"))
    assert [reading.why_unread(error) for error in errors] == [
        "is nested too deeply to be read",
        "needs more memory than there is",
        "took longer than 20 s, so it was not read",
        "could not be read: the reader failed with KeyError; please report it with the file",
    ]


def test_a_bundle_is_followed_around_its_addresses_and_searched_elsewhere() -> None:
    filler = "".join(f"function f{n}(e,t){{return e+t}};" for n in range(4000))
    bundle_report = report(bundle__js=filler + CALL.strip() + filler + 'var x={aspectRatio:"1:1"};' + filler)
    assert [(finding.rule, str(finding.certainty)) for finding in bundle_report.findings] == [
        ("KREA101", "likely"),
        ("KREA401", "unsure"),
    ]
    assert bundle_report.notes["bundle.js"].startswith("is a bundle: ")
    assert bundle_report.not_read == {"bundle.js"}
    assert bundle_report.findings[0].start == len(filler) + CALL.index("aspectRatio")
