"""Files that consist of nothing but requests: the steps of each part of the analysis grow with their number."""

from __future__ import annotations

import ast
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import krea_migrate
from krea_migrate import condensed_reading, deep_stack, engine, walk
from krea_migrate.findings import Finding
from krea_migrate.languages import python
from krea_migrate.limits import PRECISION
from krea_migrate.reading import Reading
from krea_migrate.report import Report
from krea_migrate.rules.repeated_units import CondensedText
from krea_migrate.source import Source

from .looking import URL

HOST, PATH = URL.partition("/generate")[0], "generate/image"
PACKAGE = str(Path(krea_migrate.__file__).parent)
SMALL, LARGE = 16, 64
NOISE = (
    600  # lines of a module that do not depend on the number of requests: the tables of the operations are made once
)


def body(number: int) -> str:
    return json.dumps({"prompt": f"a fox number {number}", "aspectRatio": "1:1"})


def repeated(request: Callable[[int], str], head: str = "", tail: str = "", between: str = "") -> Callable[[int], str]:
    return lambda count: head + between.join(map(request, range(count))) + tail


def cell(number: int) -> str:
    return json.dumps({"cell_type": "code", "source": [f"body = {body(number)}\n", "requests.post(URL, json=body)\n"]})


def node(number: int) -> str:
    code = f"const body = {body(number)};\nreturn await this.helpers.httpRequest({{ method: 'POST', url: '{URL}', body }});"
    return json.dumps({"name": f"n{number}", "type": "n8n-nodes-base.code", "parameters": {"jsCode": code}})


PYTHON = f"import requests\nURL = '{URL}'\ndef send(body):\n    return requests.post(URL, json=body)\n\n\n"
NOTEBOOK = json.dumps({"cell_type": "code", "source": [f"import requests\nURL = '{URL}'\n"]})
KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "calls": ("a.py", repeated(lambda n: f"requests.post(URL, json={body(n)})\n", PYTHON)),
    "one name for all": ("a.py", repeated(lambda n: f"body = {body(n)}\nrequests.post(URL, json=body)\n", PYTHON)),
    "a list of dicts": (
        "a.py",
        repeated(lambda n: f"    {body(n)},\n", PYTHON + "ROWS = [\n", "]\nfor row in ROWS:\n    send(row)\n"),
    ),
    "functions": (
        "a.py",
        repeated(lambda n: f"def f{n}():\n    body = {body(n)}\n    requests.post(URL, json=body)\n\n\n", PYTHON),
    ),
    ".http": ("a.http", repeated(lambda n: f"### {n}\nPOST {URL}\n\n{body(n)}\n\n")),
    "make": (
        "Makefile",
        repeated(
            lambda n: (
                f"C{n} = curl {URL} -d '{{\"prompt\": {n}}}'\nsend{n}:\n\t$(C{n})\n\tcurl {URL} -d '{body(n)}'\n\n"
            )
        ),
    ),
    "notebook": ("a.ipynb", repeated(cell, f'{{"cells": [{NOTEBOOK}, ', "]}", ",\n")),
    "n8n": ("a.json", repeated(node, '{"nodes": [', '], "connections": {}}', ", ")),
    "YAML": (
        "a.yaml",
        repeated(lambda n: f"- url: {URL}\n  k{n}: 1\n  body:\n    prompt: fox {n}\n    aspectRatio: '1:1'\n"),
    ),
    "workflow": (
        ".github/workflows/a.yaml",
        repeated(
            lambda n: (
                f"    - env:\n        BODY: '{body(n)}'\n      run: |\n        curl $HOST/{PATH}/$MODEL -d \"$BODY\"\n"
            ),
            f"on: push\nenv:\n  HOST: {HOST}\n  MODEL: z-image/z-image\njobs:\n  a:\n    steps:\n",
        ),
    ),
    "shell": (
        "a.sh",
        repeated(lambda n: f'BODY=\'{body(n)}\'\ncurl "$HOST/{PATH}/$MODEL" -d "$BODY"\n', f"HOST={HOST}\nMODEL=$1\n"),
    ),
    "TypeScript": (
        "a.ts",
        repeated(
            lambda n: f"const b{n} = {body(n)};\nfetch('{URL}', {{ method: 'POST', body: JSON.stringify(b{n}) }});\n"
        ),
    ),
    "Markdown": (
        "a.md",
        repeated(
            lambda n: (
                f"## {n}\n\n```python\nrequests.post(URL, json={body(n)})\n```\n\n```sh\ncurl {URL} -d '{body(n)}'\n```\n\n"
            )
        ),
    ),
}


def lines_by_module(name: str, text: str) -> Counter[str]:
    """Return how many lines of each module the analysis of a file runs; each round of a loop counts."""
    counts: Counter[str] = Counter()

    def within(frame: FrameType, event: str, _argument: object) -> Any:
        counts[frame.f_code.co_filename] += event == "line"
        return within

    def called(frame: FrameType, _event: str, _argument: object) -> Any:
        return within if frame.f_code.co_filename.startswith(PACKAGE) else None

    reading = Reading(Report(sources={name: Source(name, text.encode())}), frozenset({name}))
    before = sys.gettrace()
    sys.settrace(called)
    try:
        assert any(finding.old == "aspectRatio" for finding in reading.findings())
    finally:
        sys.settrace(before)
    return counts


@pytest.mark.parametrize("kind", KINDS)
def test_the_steps_of_each_module_grow_with_the_number_of_requests(kind: str) -> None:
    name, make = KINDS[kind]
    lines_by_module(name, make(1))  # fills the tables
    small, large = (deep_stack.run(lambda count=count: lines_by_module(name, make(count))) for count in (SMALL, LARGE))
    factor = LARGE / SMALL
    grown = {
        module.removeprefix(PACKAGE): (small[module], lines)
        for module, lines in large.items()
        if lines > 1.2 * factor * small[module] + NOISE
    }
    assert grown == {}


@pytest.mark.parametrize(
    "statement", ["print({n}, 'aspectRatio')\n", "if a:\n    b({n})\nelse:\n    c({n})\n", "@d\ndef f{n}(): pass\n"]
)
def test_a_large_program_is_parsed_in_pieces(statement: str) -> None:
    text = "".join(statement.replace("{n}", str(n)) for n in range(12_000))
    parsed: list[int] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is ast.parse.__code__:
            parsed.append(len(frame.f_locals["source"]))

    sys.setprofile(note)
    try:
        module = python.read(text.encode(), "a.py", "a.py")
    finally:
        sys.setprofile(None)
    assert len(module.functions) + len(module.calls) >= 12_000
    assert sum(parsed) == len(text)
    assert max(parsed) < 101_000


# Large files that repeat a unit: a few units are read for all of them, and what they give is the same as of the whole file.

UNITS = 60
OTHER = "https://api.other.example/v1"
ROWS = repeated(lambda n: f"    {body(n)},\n", PYTHON + "ROWS = [\n", "]\n")(UNITS)
BODIES = repeated(lambda n: f"body_{n} = {body(n)}\nrequests.post(URL, json=body_{n})\n", PYTHON)(UNITS)
CALLS = KINDS["calls"][1](UNITS)
REPEATED: dict[str, dict[str, str]] = {
    kind: {KINDS[kind][0]: KINDS[kind][1](UNITS)}
    for kind in (
        "calls",
        "one name for all",
        "a list of dicts",
        "functions",
        ".http",
        "notebook",
        "shell",
        "TypeScript",
        "Markdown",
    )
} | {
    "YAML": {
        "a.yaml": repeated(lambda n: f"- url: {URL}\n  body:\n    prompt: fox {n} runs\n    aspectRatio: '1:1'\n")(
            UNITS
        )
    },
    "numbered names": {"a.py": BODIES},
    "chains": {"a.py": repeated(lambda n: f"api({n}).session().post('{URL}', json={body(n)})\n", PYTHON)(UNITS)},
    "branches": {
        "a.py": repeated(lambda n: f"    if n == {n}:\n        send({body(n)})\n", PYTHON + "def main(n):\n")(UNITS)
    },
    "jobs of a workflow": {
        "a.yaml": repeated(
            lambda n: f"    - name: job {n}\n      run: |\n        curl {URL} -d '{body(n)}'\n",
            "on: push\njobs:\n  a:\n    steps:\n",
        )(UNITS)
    },
    "a page": {
        "a.html": repeated(
            lambda n: (
                f"<p>Job {n}</p><script>fetch('{URL}', {{ method: 'POST', body: JSON.stringify({body(n)}) }});</script>\n"
            ),
            "<html><body>\n",
            "</body></html>\n",
        )(UNITS)
    },
    "arguments of jq": {
        "a.sh": repeated(
            lambda n: f"curl {URL} -d \"$(jq -n --arg p 'fox {n}' '{{prompt: $p, aspectRatio: \"1:1\"}}')\"\n"
        )(UNITS)
    },
    "numbers in remarks": {"a.sh": repeated(lambda n: f"# {n}\ncurl {URL} -d '{body(n)}'\n")(UNITS)},
    "calls inside a function": {"a.py": repeated(lambda n: f"    send({body(n)})\n", PYTHON + "def main():\n")(UNITS)},
}
# In each of these something else is done with one of the units.
DIFFERENT: dict[str, dict[str, str]] = {
    "one unit goes elsewhere": {"a.py": CALLS + f"requests.post('{OTHER}', json={body(1)})\n" + CALLS},
    "a row by its number": {
        "a.py": f"{ROWS}for row in ROWS:\n    send(row)\nrequests.post('{OTHER}', json=ROWS[40])\n"
    },
    "rows beside addresses": {
        "a.py": f"{ROWS}for url, row in zip([URL, '{OTHER}'] * 30, ROWS):\n    requests.post(url, json=row)\n"
    },
    "a row by a parameter": {
        "a.py": f"{PYTHON}def all_of({', '.join(f'r{n}' for n in range(UNITS))}):\n    send(r0)\n    send(r55)\n"
        f"    requests.post('{OTHER}', json=r30)\nall_of(\n{ROWS[ROWS.index('    {') : -2]})\n"
    },
    "a row by its number in another file": {
        "a.py": f"{ROWS}for row in ROWS:\n    send(row)\n",
        "b.py": f"import requests\nfrom a import ROWS\nrequests.post('{OTHER}', json=ROWS[40])\n",
    },
    "a numbered name": {"a.py": f"{BODIES}requests.post('{OTHER}', json=body_33)\n"},
    "a numbered name in another file": {
        "a.py": BODIES,
        "b.py": f"import requests\nfrom a import body_33\nrequests.post('{OTHER}', json=body_33)\n",
    },
    "the last of one name": {"a.py": KINDS["one name for all"][1](UNITS) + f"requests.post('{OTHER}', json=body)\n"},
    "a prompt that speaks of a name": {
        "a.py": CALLS.replace("a fox number 33", "say aspectRatio now"),
    },
    "another model": {
        "a.py": BODIES.replace("requests.post(URL, json=body_33", f"requests.post('{OTHER}', json=body_33")
    },
    "a number in an address": {
        "a.py": PYTHON + repeated(lambda n: f"requests.post('{HOST}/generate/v{n}/x', json={body(n)})\n")(UNITS)
    },
    "a name that is the key of a table": {
        "a.py": f"import requests\nTABLE = {{'one model': '{URL}', 'an other': '{OTHER}'}}\n"
        "def send(model, body):\n    requests.post(TABLE[model], json=body)\n"
        + "".join(f"send('{'an other' if n == 33 else 'one model'}', {body(n)})\n" for n in range(UNITS))
    },
    "a name that is the key of a table in another file": {
        "a.py": "from b import send\n" + "".join(f"send('job {n}', {body(n)})\n" for n in range(UNITS)),
        "b.py": f"import requests\nTABLE = {{'job 30': '{OTHER}'}}\n"
        f"def send(model, body):\n    requests.post(TABLE.get(model, '{URL}'), json=body)\n",
    },
    "rows that name a vendor": {
        "a.py": PYTHON + "".join(f"send({{'name': 'to fal {n}', **{body(n)}}})\n" for n in range(UNITS))
    },
    "headings of answers": {
        "a.md": "".join(f"## Number {n}\n\n```json\nPOST {URL}\n{body(n)}\n```\n\n" for n in range(130, 270))
    },
    "an anchor": {
        "a.yaml": repeated(lambda n: f"- url: {URL}\n  body: &a\n    prompt: fox {n} runs\n    aspectRatio: '1:1'\n")(
            UNITS
        )
    },
}


def findings(files: dict[str, str]) -> set[Finding]:
    report = Report()
    engine.analyse({name: text.encode() for name, text in files.items()}, report, engine.Settings())
    assert not report.problems
    return set(report.findings)


@pytest.mark.parametrize("kind", [*REPEATED, *DIFFERENT])
def test_what_a_few_units_give_is_what_the_whole_file_gives(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = REPEATED.get(kind) or DIFFERENT[kind]
    whole = findings(files)
    monkeypatch.setattr(condensed_reading, "PRECISION", PRECISION._replace(condensed=1_000))
    assert findings(files) == whole
    assert any(finding.old == "aspectRatio" for finding in whole)


@pytest.mark.parametrize("kind", REPEATED)
def test_of_equal_units_a_few_are_read_and_lines_keep_their_numbers(kind: str) -> None:
    ((name, text),) = REPEATED[kind].items()
    read = CondensedText(text.encode(), walk.language_of(name)).text
    # The first unit of a notebook stands behind its head, the last one in front of its end.
    assert 5 <= read.count(b"aspectRatio") * UNITS // text.count("aspectRatio") <= 7
    assert read.count(b"\n") == text.count("\n")


def test_a_list_of_more_rows_than_the_analysis_looks_at_is_certain_where_they_are_equal(tmp_path: Path) -> None:
    rows = repeated(lambda n: f"    {body(n)},\n", PYTHON + "ROWS = [\n", "]\nfor row in ROWS:\n    send(row)\n")(8_000)
    (tmp_path / "a.py").write_text(rows)
    report = engine.check([str(tmp_path / "a.py")])
    certainties = Counter(finding.certainty for finding in report.findings if finding.old == "aspectRatio")
    assert certainties == {"certain": 8_000}


def test_a_large_file_that_cannot_be_read_is_reported_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        repeated(lambda n: f'{{"url": "{URL}", "body": {body(n)}}},\n', "[\n", "\n")(4_000)
    )
    report = engine.check([str(tmp_path / "a.json")])
    assert report.problems
    assert any("3980 more" in finding.reason for finding in report.findings)
