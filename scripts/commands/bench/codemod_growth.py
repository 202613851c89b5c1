"""How the time of `krea-client check` grows with the size of one file, and what the worst files of 5 MB cost."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

URL = "https://api.krea.ai/generate/image/z-image/z-image"
FACTORS = (1, 2, 4, 8)
MOST_GROWTH = 1.35  # of the exponent: n log n at these sizes is about 1.1, and small files are mostly start-up
MOST_SECONDS, MOST_MEGABYTES = 5.0, 300.0
_BODY = '{"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}'
_FETCH = f'fetch("{URL}", {{method: "POST", body: JSON.stringify({_BODY})}});'
_POST = f'requests.post("{URL}", json={_BODY})\n'


class Shape(NamedTuple):
    """A file that can be made in any size: its name, its text for a count, and the counts for the growth and for the worst case."""

    title: str
    name: str
    text: Callable[[int], str]
    least: int
    worst: int = 0


def _minified(count: int) -> str:
    functions = "".join(
        f"function f{n}(e,t){{var r=e.a{n}||t;return r&&r.b?r.b(e,t):f{n // 2}(t,e)}}" for n in range(count)
    )
    return f"{functions}(function(){{{_FETCH}}})();{functions}"


def _calling(count: int) -> str:
    calls = "".join(f"    if n == {j}:\n        f{j}(body, n - 1)\n" for j in range(count))
    functions = (f"def f{i}(body, n):\n{calls}    requests.post('{URL}', json=body)\n" for i in range(count))
    return "import requests\n" + "".join(functions) + f"f0({_BODY}, 3)\n"


SHAPES = (
    Shape(
        "a run of hexadecimal digits",
        "a.py",
        lambda n: f'import requests\nX = "{"4f" * n}"\n{_POST}',
        60_000,
        2_400_000,
    ),
    Shape("minified script", "a.js", _minified, 500, 33_000),
    Shape("calls in one line", "a.js", lambda n: _FETCH * n, 100),
    Shape("a sum of texts", "a.js", lambda n: "x = " + " + ".join(f'"a{i}"' for i in range(n)) + ";" + _FETCH, 2_000),
    Shape(
        "promises", "a.js", lambda n: "p" + "".join(f"\n.then((r) => r.a{i})" for i in range(n)) + ";\n" + _FETCH, 1_000
    ),
    Shape(
        "else if", "a.js", lambda n: " else ".join(f"if (a === {i}) {{ b({i}); }}" for i in range(n)) + _FETCH, 1_000
    ),
    Shape(
        "functions of Python that send",
        "a.py",
        lambda n: "import requests\n" + "".join(f"def f{i}():\n    {_POST}\n" for i in range(n)),
        250,
    ),
    Shape("functions that all call one another", "a.py", _calling, 5, 40),
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
        lambda n: f"url: {URL}\nitems:\n" + "".join(f"- id: {i}\n  prompt: a fox\n" for i in range(n)),
        5_000,
        160_000,
    ),
    Shape(
        "JSON",
        "a.json",
        lambda n: f'{{"url": "{URL}", "items": [' + ",".join(_BODY for _ in range(n)) + "]}",
        2_000,
        75_000,
    ),
    Shape("JSON lines", "a.jsonl", lambda n: f'{{"url": "{URL}", "body": {_BODY}}}\n' * n, 1_000, 36_000),
)


def made(shape: Shape, count: int, folder: Path) -> Path:
    """Write one file of a shape into a folder of its own, and return the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / shape.name).write_text(shape.text(count), "utf-8")
    return folder


def exponent(seconds: Sequence[float], start_up: float, growth_of_size: float) -> float:
    """Return how the time grows with the size, from the smallest to the largest, without the start-up: 1 is as the size, 2 its square."""
    first, last = (max(measured - start_up, 0.02) for measured in (seconds[0], seconds[-1]))
    return math.log(last / first) / math.log(growth_of_size)


def growth(folder: Path, seconds_of: Callable[[Path], float]) -> Iterator[tuple[Shape, list[float], float]]:
    """Yield each shape with its CPU seconds at n, 2n, 4n and 8n, and how they grow."""
    (folder / "empty").mkdir(parents=True, exist_ok=True)
    (folder / "empty" / "a.py").write_text("import requests\n" + _POST)
    start_up = min(seconds_of(folder / "empty") for _ in range(3))
    for shape in SHAPES:
        seconds = [seconds_of(made(shape, shape.least * factor, folder / "growth")) for factor in FACTORS]
        sizes = [len(shape.text(shape.least * factor)) for factor in (FACTORS[0], FACTORS[-1])]
        yield shape, seconds, exponent(seconds, start_up, sizes[1] / sizes[0])


def worst(folder: Path) -> Iterator[tuple[Shape, Path]]:
    """Yield the shapes of which one large file is made, with its folder."""
    for shape in SHAPES:
        if shape.worst:
            yield shape, made(shape, shape.worst, folder / "worst")
