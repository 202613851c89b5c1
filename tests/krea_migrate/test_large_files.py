"""Files that consist of nothing but requests: the steps of each part of the analysis grow with their number."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import krea_migrate
from krea_migrate import deep_stack
from krea_migrate.reading import Reading
from krea_migrate.report import Report
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
    "notebook": ("a.ipynb", repeated(cell, f'{{"cells": [{NOTEBOOK}, ', "]}", ", ")),
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
