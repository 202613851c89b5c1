"""Large files that have more to follow than is followed: the first part is, the rest is searched, and nothing of it is silent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from krea_migrate import condensed_reading, engine, partial_reading, walk
from krea_migrate.limits import PRECISION, READING
from krea_migrate.report import UNREAD_CODE, Report

from .looking import URL

OTHER = "https://api.other.example/v1"
PARTS, UNITS = 20, 60
PYTHON = f"import requests\nURL = '{URL}'\n\n\n"


def body(number: int) -> str:
    """Return a body with a field of its own, so that no two of them are equal."""
    return json.dumps(
        {"prompt": f"a fox number {number}", "aspectRatio": "1:1", f"field_{'abcdefgh'[number % 8]}{number}": 1}
    )


def of_units(unit: Callable[[int], str], head: str = "", tail: str = "", between: str = "") -> str:
    return head + between.join(map(unit, range(UNITS))) + tail


def cell(number: int) -> str:
    return json.dumps({"cell_type": "code", "source": [f"requests.post(URL, json={body(number)})\n"]}, indent=1)


def code(number: int) -> str:
    text = f"return await this.helpers.httpRequest({{ method: 'POST', url: '{URL}', body: {body(number)} }});"
    return json.dumps({"name": f"n{number}", "type": "n8n-nodes-base.code", "parameters": {"jsCode": text}})


NOTEBOOK = json.dumps({"cell_type": "code", "source": [PYTHON]})
KINDS = {
    "calls": ("a.py", of_units(lambda n: f"requests.post(URL, json={body(n)})\n", PYTHON)),
    "decorated functions": (
        "a.py",
        of_units(lambda n: f"@f\ndef send_{n}():\n    return requests.post(URL, json={body(n)})\n\n\n", PYTHON),
    ),
    "a list of dicts": (
        "a.py",
        of_units(
            lambda n: f"    {body(n)},\n",
            PYTHON + "ROWS = [\n",
            "]\nfor row in ROWS:\n    requests.post(URL, json=row)\n",
        ),
    ),
    "branches": (
        "a.py",
        of_units(lambda n: f"    if n == {n}:\n        requests.post(URL, json={body(n)})\n", PYTHON + "def f(n):\n"),
    ),
    "a JSON list": ("a.json", of_units(lambda n: f'{{"url": "{URL}", "body": {body(n)}}}', "[", "]", ",")),
    "a JSON object": ("a.json", of_units(lambda n: f'"k{n}": {{"url": "{URL}", "body": {body(n)}}}', "{", "}", ",\n")),
    "JSON lines": ("a.jsonl", of_units(lambda n: f'{{"url": "{URL}", "body": {body(n)}}}\n')),
    "n8n": ("a.json", of_units(code, '{"nodes": [', '], "connections": {}}', ",")),
    "notebook": ("a.ipynb", of_units(cell, f'{{"cells": [{NOTEBOOK}, ', '], "nbformat": 4}', ",\n")),
    "YAML": (
        "a.yaml",
        of_units(lambda n: f"- url: {URL}\n  body:\n    prompt: fox\n    k{n}: 1\n    aspectRatio: '1:1'\n", "all:\n"),
    ),
    "workflow": (
        ".github/workflows/a.yaml",
        of_units(lambda n: f"    - run: |\n        curl {URL} -d '{body(n)}'\n", "on: push\njobs:\n  a:\n    steps:\n"),
    ),
    "shell": ("a.sh", of_units(lambda n: f"curl \\\n  {URL} \\\n  -d '{body(n)}'\n")),
    "make": ("Makefile", of_units(lambda n: f"send{n}:\n\tcurl {URL} -d '{body(n)}'\n\n")),
    ".http": ("a.http", of_units(lambda n: f"### {n}\nPOST {URL}\n\n{body(n)}\n\n")),
    "Markdown": ("a.md", of_units(lambda n: f"## {n}\n\n```python\nrequests.post('{URL}', json={body(n)})\n```\n\n")),
    "a page": (
        "a.html",
        of_units(
            lambda n: f"<script>fetch('{URL}', {{ method: 'POST', body: JSON.stringify({body(n)}) }});</script>\n"
        ),
    ),
}


def checked(files: dict[str, str]) -> Report:
    report = Report()
    engine.analyse({name: text.encode() for name, text in files.items()}, report, engine.Settings())
    return report


def small_limits(monkeypatch: pytest.MonkeyPatch, parts: int = PARTS) -> None:
    reading = READING._replace(followed=READING.followed._replace(value=parts))
    for module in (condensed_reading, partial_reading):
        monkeypatch.setattr(module, "READING", reading)
    monkeypatch.setattr(condensed_reading, "PRECISION", PRECISION._replace(condensed=1_000))


def old_names(report: Report) -> int:
    """Return how many places of the deprecated name a report tells of, those included of which it says only how many they are."""
    reasons = [finding.reason for finding in report.findings if finding.old == "aspectRatio"]
    return len(reasons) + sum(int(match[1]) for reason in reasons if (match := re.search(r"\((\d+) more", reason)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_too_much_in_it_is_followed_in_part(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text = KINDS[kind]
    whole_report = checked({name: text})
    small_limits(monkeypatch)
    part_report = checked({name: text})
    problem = part_report.problems[name]
    assert "followed" in problem
    assert f"{PARTS} parts of one file" in problem
    assert old_names(part_report) == text.count("aspectRatio")
    places = {(finding.start, finding.rule, finding.old): finding for finding in whole_report.findings}
    followed_findings = [finding for finding in part_report.findings if finding.rule != UNREAD_CODE]
    for finding in followed_findings:  # it is found in the whole file too, and is never less certain there
        assert finding.certainty.doubt >= places[finding.start, finding.rule, finding.old].certainty.doubt
        assert text.encode()[finding.start : finding.end].decode().strip("\\\"'") == finding.old
    assert followed_findings or kind == "a list of dicts"  # its address stands behind all of it


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_within_the_limit_is_followed_as_a_whole(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text = KINDS[kind]
    whole_report = checked({name: text})
    small_limits(monkeypatch, 4 * UNITS)
    second_report = checked({name: text})
    assert not second_report.problems
    assert second_report.findings == whole_report.findings


def test_only_lines_of_a_batch_are_certain_where_the_rest_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    small_limits(monkeypatch)
    certain_kinds = {
        kind
        for kind, (name, text) in KINDS.items()
        if any(finding.certainty == "certain" for finding in checked({name: text}).findings)
    }
    assert certain_kinds == {"JSON lines"}


def test_a_body_that_what_is_not_followed_sends_elsewhere_is_not_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    assignment = f"body = {body(0)}\n"
    files = {
        "b.py": f"import requests\n{assignment}requests.post('{URL}', json=body)\n",
        "a.py": f"{KINDS['calls'][1]}from b import body\nrequests.post('{OTHER}', json=body)\n",
    }
    small_limits(monkeypatch)
    findings = [
        finding for finding in checked(files).findings if finding.file == "b.py" and finding.old == "aspectRatio"
    ]
    assert [finding.certainty for finding in findings] != ["certain"]
    assert findings


def test_units_that_are_equal_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PYTHON + f"requests.post(URL, json={body(0)})\n" * 200
    small_limits(monkeypatch)
    report = checked({"a.py": text})
    assert not report.problems
    assert old_names(report) == 200


def test_data_that_names_nothing_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps([{f"k{n}": n} for n in range(2_000)])
    small_limits(monkeypatch)
    assert not checked({"a.json": f'{{"url": "{URL}", "body": {body(0)}, "data": {data}}}'}).problems


@pytest.mark.parametrize("text", ["", "[", '"', "{" * 30, "]" * 30])
def test_what_is_no_json_ends_anywhere(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small_limits(monkeypatch, 1)
    head = f"{URL} {URL}\n" * 50
    part = partial_reading.first_part((head + text).encode(), "a.json", "json")
    assert part is not None
    assert part.end <= len(head)


def test_calls_of_the_files_own_functions_count() -> None:
    limit = READING.followed.value
    functions = "".join(f"def f{n}(a):\n    return f{n // 2}(a)\n\n\n" for n in range(limit + 10))
    part = partial_reading.first_part(functions.encode(), "a.py", walk.language_of("a.py") or "")
    assert part is not None
    assert functions[part.end :].startswith("def f")


def test_it_counts_as_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text = KINDS["calls"]
    (tmp_path / name).write_text(text)
    small_limits(monkeypatch)
    report = engine.check([str(tmp_path / name)])
    assert report.not_read == {str(tmp_path / name)}
    assert list(report.problems) == [str(tmp_path / name)]
