"""How the time of `krea-client check` grows with the size of a program, and what the worst files of 5 MB cost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

URL = "https://api.krea.ai/generate/image/z-image/z-image"
FACTORS = (1, 2, 4, 8)
MOST_GROWTH = (
    10.0  # times the CPU time, without the start-up, of eight times the bytes: n log n at these sizes is about 9
)
MOST_SECONDS, MOST_MEGABYTES = 5.0, 300.0
_BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
_FETCH = f'fetch("{URL}", {{method: "POST", body: JSON.stringify({_BODY})}});'
_POST = f'requests.post("{URL}", json={_BODY})\n'


class Shape(NamedTuple):
    """A program that can be made in any size.

    Attributes:
        title: what the table says.
        name: of its file; the name of each file of several has the number of it.
        text: its text for a count, or the texts of its files by their names.
        least: the count that the growth begins with.
        worst: the count that makes the largest file, if any.
        power: how the bytes grow with the count: 2 where each part names all others.
    """

    title: str
    name: str
    text: Callable[[int], str | dict[str, str]]
    least: int
    worst: int = 0
    power: int = 1

    def files(self, count: int) -> dict[str, str]:
        """Return the texts of the files by their names."""
        text = self.text(count)
        return {self.name: text} if isinstance(text, str) else text

    def count(self, factor: int) -> int:
        """Return the count that makes about so many times the bytes of the least one."""
        exact: float = self.least * float(factor) ** (1 / self.power)
        return round(exact)


def _minified(count: int) -> str:
    functions = "".join(
        f"function f{n}(e,t){{var r=e.a{n}||t;return r&&r.b?r.b(e,t):f{n // 2}(t,e)}}" for n in range(count)
    )
    return f"{functions}(function(){{{_FETCH}}})();{functions}"


def _calling(count: int) -> str:
    calls = "".join(f"    if n == {j}:\n        f{j}(body, n - 1)\n" for j in range(count))
    functions = (f"def f{i}(body, n):\n{calls}    requests.post('{URL}', json=body)\n" for i in range(count))
    return "import requests\n" + "".join(functions) + f"f0({_BODY}, 3)\n"


def _spreading(count: int) -> str:
    spread = [", ".join(f"**f{j}()" for j in range(count) if j != i) for i in range(count)]
    functions = "".join(f"def f{i}():\n    return {{'k{i}': 1, {spread[i]}}}\n" for i in range(count))
    return f"import requests\n{functions}body = {{**{_BODY}, **f0()}}\nrequests.post('{URL}', json=body)\n"


def _projects(count: int) -> dict[str, str]:
    files: dict[str, str] = {}
    for n in range(count):
        files[f"p{n}/package.json"] = "{}"
        files[f"p{n}/send.py"] = f"import requests\n\n\ndef send(body):\n    requests.post('{URL}', json=body)\n"
        files[f"p{n}/main.py"] = f"from send import send\n\nsend({_BODY})\n"
    return files


def _stars(count: int) -> dict[str, str]:
    imports = "".join(f"from m{n} import *\n" for n in range(count))
    files = {f"m{n}.py": f"{imports}\nX{n} = {n}\n" for n in range(count)}
    return files | {"main.py": f"import requests\n{imports}{_POST}"}


def _sending_classes(count: int) -> str:
    method = f"    def send(self):\n        body = {_BODY}\n        requests.post('{URL}', json=body)\n"
    return "import requests\n" + "".join(f"class C{n}:\n{method}" for n in range(count))


SHAPES = (
    Shape(
        "a run of hexadecimal digits",
        "a.py",
        lambda n: f'import requests\nX = "{"4f" * n}"\n{_POST}',
        300_000,
        2_400_000,
    ),
    Shape("a run of letters of a script", "a.js", lambda n: f"const {'ab' * n} = 1;\n{_FETCH}", 30_000, 120_000),
    Shape("minified script", "a.js", _minified, 4_000, 33_000),
    Shape("calls in one line", "a.js", lambda n: _FETCH * n, 300),
    Shape("a sum of texts", "a.js", lambda n: "x = " + " + ".join(f'"a{i}"' for i in range(n)) + ";" + _FETCH, 5_000),
    Shape(
        "promises", "a.js", lambda n: "p" + "".join(f"\n.then((r) => r.a{i})" for i in range(n)) + ";\n" + _FETCH, 2_000
    ),
    Shape(
        "else if", "a.js", lambda n: " else ".join(f"if (a === {i}) {{ b({i}); }}" for i in range(n)) + _FETCH, 1_000
    ),
    Shape(
        "functions of Python that send",
        "a.py",
        lambda n: "import requests\n" + "".join(f"def f{i}():\n    {_POST}\n" for i in range(n)),
        1_000,
        8_000,
    ),
    Shape(
        "functions of Python that send to addresses of the run",
        "a.py",
        lambda n: (
            "# krea\nimport requests\n"
            + "".join(
                f'def f{i}(vendor, model):\n    requests.post(f"/generate/video/{{vendor}}/{{model}}", json={_BODY})\n'
                for i in range(n)
            )
        ),
        1_000,
        8_000,
    ),
    Shape("functions that all call one another", "a.py", _calling, 14, 40, power=2),
    Shape("functions that all spread into one another", "a.py", _spreading, 14, 40, power=2),
    Shape("classes that send", "a.py", _sending_classes, 500, 8_000),
    Shape("equal projects", "main.py", _projects, 300),
    Shape("modules that import one another by stars", "main.py", _stars, 60, power=2),
    Shape(
        "classes",
        "a.py",
        lambda n: "import requests\n" + "".join(f"class C{i}:\n    a = {i}\n" for i in range(n)) + _POST,
        1_000,
    ),
    Shape(
        "JSON blocks of Markdown", "a.md", lambda n: f"POST {URL}\n\n" + f"```json\n{_BODY}\n```\n\n" * n, 500, 10_000
    ),
    Shape(
        "Python blocks of Markdown", "a.md", lambda n: f"```python\nimport requests\n{_POST}```\n\n" * n, 500, 10_000
    ),
    Shape("shell blocks of Markdown", "a.md", lambda n: f"```sh\ncurl {URL} -d '{_BODY}'\n```\n\n" * n, 500, 10_000),
    Shape(
        "YAML",
        "a.yaml",
        lambda n: (
            f"url: {URL}\nbody:\n  prompt: a fox\n  aspectRatio: '1:1'\nitems:\n"
            + "".join(f"- id: {i}\n  prompt: a fox\n" for i in range(n))
        ),
        5_000,
        160_000,
    ),
    Shape(
        "JSON",
        "a.json",
        lambda n: f'{{"url": "{URL}", "items": [' + ",".join(_BODY for _ in range(n)) + "]}",
        6_000,
        75_000,
    ),
    Shape("JSON lines", "a.jsonl", lambda n: f'{{"url": "{URL}", "body": {_BODY}}}\n' * n, 1_000, 36_000),
    Shape(
        "JSON lines with different names",
        "a.jsonl",
        lambda n: "".join(f'{{"url": "{URL}", "k{i}": 1, "body": {_BODY}}}\n' for i in range(n)),
        1_000,
        33_000,
    ),
)


def _requests(
    title: str, name: str, request: Callable[[int], str], worst: int, head: str = "", tail: str = ""
) -> Shape:
    """Return a file of nothing but requests, each with another prompt."""
    return Shape(title, name, lambda n: head + "".join(map(request, range(n))) + tail, 1_000, worst)


def _body(number: int) -> str:
    return f'{{"prompt": "a fox number {number}", "aspectRatio": "1:1"}}'


REQUESTS = (
    _requests("calls", "a.py", lambda n: f'requests.post("{URL}", json={_body(n)})\n', 38_000, "import requests\n"),
    _requests(
        "a list of dicts",
        "a.py",
        lambda n: f"    {_body(n)},\n",
        80_000,
        "import requests\nROWS = [\n",
        f"]\nfor row in ROWS:\n    requests.post('{URL}', json=row)\n",
    ),
    _requests("requests of a .http file", "a.http", lambda n: f"### {n}\nPOST {URL}\n\n{_body(n)}\n\n", 37_000),
    _requests("targets of make", "Makefile", lambda n: f"send{n}:\n\tcurl {URL} -d '{_body(n)}'\n\n", 36_000),
    _requests("commands of curl", "a.sh", lambda n: f"curl {URL} -d '{_body(n)}'\n", 40_000),
    _requests(
        "a YAML list",
        "a.yaml",
        lambda n: f"- url: {URL}\n  body:\n    prompt: fox {n} runs\n    aspectRatio: '1:1'\n",
        40_000,
    ),
    _requests(
        "steps of a workflow",
        ".github/workflows/a.yaml",
        lambda n: f"    - env:\n        BODY: '{_body(n)}'\n      run: |\n        curl {URL} -d \"$BODY\"\n",
        30_000,
        "on: push\njobs:\n  a:\n    steps:\n",
    ),
)


def made(shape: Shape, count: int, folder: Path) -> Path:
    """Write the files of a shape into a folder of its own, and return the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in shape.files(count).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def times(seconds: Sequence[float], start_up: float, growth_of_size: float) -> float:
    """Return how many times the CPU time of the smallest, without the start-up, eight times its bytes would cost."""
    first, last = (max(measured - start_up, 0.02) for measured in (seconds[0], seconds[-1]))
    return last / first * FACTORS[-1] / growth_of_size


def growth(folder: Path, seconds_of: Callable[[Path], float]) -> Iterator[tuple[Shape, list[float], float]]:
    """Yield each shape with its CPU seconds at n, 2n, 4n and 8n, and how many times n the last one is."""
    (folder / "empty").mkdir(parents=True, exist_ok=True)
    (folder / "empty" / "a.py").write_text("import requests\n" + _POST)
    start_up = min(seconds_of(folder / "empty") for _ in range(3))
    for shape in (*SHAPES, *REQUESTS):
        counts = [shape.count(factor) for factor in FACTORS]
        seconds = [seconds_of(made(shape, count, folder / "growth")) for count in counts]
        sizes = [sum(map(len, shape.files(count).values())) for count in (counts[0], counts[-1])]
        yield shape, seconds, times(seconds, start_up, sizes[1] / sizes[0])


def worst(folder: Path) -> Iterator[tuple[Shape, Path]]:
    """Yield the shapes of which one large file is made, with its folder."""
    for shape in (*SHAPES, *REQUESTS):
        if shape.worst:
            yield shape, made(shape, shape.worst, folder / "worst")
