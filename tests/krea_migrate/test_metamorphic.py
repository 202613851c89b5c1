"""Programs that are changed without changing what they send: certainty may only fall, and no finding may vanish.

Each base program has one body with one deprecated name; a transformation wraps, forwards or moves it. A second destination that is
added must always lower the certainty.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from krea_migrate import engine
from krea_migrate.findings import Certainty
from krea_migrate.report import Report

URL = "https://api.krea.ai/generate/image/google/nano-banana-pro"
OTHER = "https://api.other.example/v1/images"
BODY = '{"prompt": "a fox", "aspectRatio": "1:1"}'
Files = dict[str, str]


def found(files: Files) -> list[Certainty]:
    """Return how certain each finding of the deprecated name is."""
    report = Report()
    engine.analyse({name: text.encode() for name, text in files.items()}, report, engine.Settings())
    assert not report.problems
    return [finding.certainty for finding in report.findings if finding.old == "aspectRatio"]


# Transformations of a Python program: each gives the program that sends BODY to `url`, by a way of so many steps.


def functions(url: str, steps: int) -> Files:
    chain = [f"def send_{step}(body):\n    return send_{step - 1}(body)\n" for step in range(1, steps)]
    first = f'def send_0(body):\n    return requests.post("{url}", json=body)\n'
    return {"main.py": "import requests\n" + first + "".join(chain) + f"body = {BODY}\nsend_{steps - 1}(body)\n"}


def functions_with_address(url: str, steps: int) -> Files:
    chain = [f"def send_{step}(url, body):\n    return send_{step - 1}(url, body)\n" for step in range(1, steps)]
    first = "def send_0(url, body):\n    return requests.post(url, json=body)\n"
    return {
        "main.py": "import requests\n" + first + "".join(chain) + f'body = {BODY}\nsend_{steps - 1}("{url}", body)\n'
    }


def keywords(url: str, steps: int) -> Files:
    chain = [f"def send_{step}(**body):\n    return send_{step - 1}(**body)\n" for step in range(1, steps)]
    first = f'def send_0(**body):\n    return requests.post("{url}", json=body)\n'
    return {"main.py": "import requests\n" + first + "".join(chain) + f"body = {BODY}\nsend_{steps - 1}(**body)\n"}


def results(url: str, steps: int) -> Files:
    chain = [f"def make_{step}():\n    return make_{step - 1}()\n" for step in range(1, steps)]
    first = f"import requests\n\ndef make_0():\n    return {BODY}\n"
    return {"main.py": first + "".join(chain) + f'body = make_{steps - 1}()\nrequests.post("{url}", json=body)\n'}


def assignments(url: str, steps: int) -> Files:
    chain = [f"body_{step} = body_{step - 1}\n" for step in range(1, steps)]
    return {
        "main.py": f"import requests\nbody_0 = {BODY}\n"
        + "".join(chain)
        + f'requests.post("{url}", json=body_{steps - 1})\n'
    }


def copies(url: str, steps: int) -> Files:
    chain = [f"body_{step} = {{**body_{step - 1}}}\n" for step in range(1, steps)]
    return {
        "main.py": f"import requests\nbody_0 = {BODY}\n"
        + "".join(chain)
        + f'requests.post("{url}", json=body_{steps - 1})\n'
    }


def methods(url: str, steps: int) -> Files:
    chain = [
        f"    def send_{step}(self, body):\n        return self.send_{step - 1}(body)\n" for step in range(1, steps)
    ]
    first = f'import requests\n\nclass Client:\n    def send_0(self, body):\n        return requests.post("{url}", json=body)\n'
    return {"main.py": first + "".join(chain) + f"Client().send_{steps - 1}({BODY})\n"}


def modules(url: str, steps: int) -> Files:
    files = {"send_0.py": f'import requests\n\ndef send(body):\n    return requests.post("{url}", json=body)\n'}
    for step in range(1, steps):
        files[f"send_{step}.py"] = f"import send_{step - 1}\n\ndef send(body):\n    return send_{step - 1}.send(body)\n"
    return files | {"main.py": f"from send_{steps - 1} import send\n\nsend({BODY})\n"}


def closures(url: str, steps: int) -> Files:
    inward = [f"{'    ' * step}def level_{step}(body):" for step in range(steps)]
    outward = [f"{'    ' * step}return level_{step}(body)" for step in reversed(range(1, steps))]
    request_code = f'{"    " * steps}return requests.post("{url}", json=body)'
    return {"main.py": "\n".join(["import requests", *inward, request_code, *outward, f"\nlevel_0({BODY})\n"])}


def script_closures(url: str, steps: int) -> Files:
    inward = "".join(f"function level{step}(body) {{\n" for step in range(steps))
    request_code = f'return fetch("{url}", {{ method: "POST", body: JSON.stringify(body) }});\n'
    outward = "".join(f"}}\nreturn level{step}(body);\n" for step in reversed(range(1, steps)))
    last = 'level0({ prompt: "a fox", aspectRatio: "1:1" });\n'
    return {"main.mjs": inward + request_code + outward + "}\n" + last}


def coroutines(url: str, steps: int) -> Files:
    chain = [f"async def send_{step}(body):\n    return await send_{step - 1}(body)\n" for step in range(1, steps)]
    request_code = f'        return await client.post("{url}", json=body)'
    first = f"import httpx\n\nasync def send_0(body):\n    async with httpx.AsyncClient() as client:\n{request_code}\n"
    return {"main.py": first + "".join(chain) + f"async def main():\n    await send_{steps - 1}({BODY})\n"}


def comprehensions(url: str, steps: int) -> Files:
    bodies = ", ".join([BODY] + ['{"prompt": "an owl"}'] * (steps - 1))
    return {
        "main.py": f'import requests\nbodies = [{bodies}]\nanswers = [requests.post("{url}", json=body) for body in bodies]\n'
    }


def rows(url: str, steps: int) -> Files:
    table = "".join(f'    "row{step}": "{url}",\n' for step in range(steps))
    return {
        "main.py": f"import requests\nTABLE = {{\n{table}}}\n\ndef send(name):\n    return requests.post(TABLE[name], json={BODY})\n"
    }


def callers(url: str, steps: int) -> Files:
    functions = [f'def make_{step}():\n    return send("{url}", {{"prompt": "an owl"}})\n' for step in range(1, steps)]
    first = "import requests\n\ndef send(url, body):\n    return requests.post(url, json=body)\n"
    return {"main.py": first + f'send("{url}", {BODY})\n' + "".join(functions)}


def arrow_functions(url: str, steps: int) -> Files:
    chain = [f"const send{step} = (body) => send{step - 1}(body);\n" for step in range(1, steps)]
    first = f'const send0 = (body) => fetch("{url}", {{ method: "POST", body: JSON.stringify(body) }});\n'
    return {"main.mjs": first + "".join(chain) + f'send{steps - 1}({{ prompt: "a fox", aspectRatio: "1:1" }});\n'}


def script_spreads(url: str, steps: int) -> Files:
    chain = [f"const body{step} = {{ ...body{step - 1} }};\n" for step in range(1, steps)]
    first = 'const body0 = { prompt: "a fox", aspectRatio: "1:1" };\n'
    last = f'fetch("{url}", {{ method: "POST", body: JSON.stringify(body{steps - 1}) }});\n'
    return {"main.mjs": first + "".join(chain) + last}


SHAPES: tuple[Callable[[str, int], Files], ...] = (
    functions, functions_with_address, keywords, results, assignments, copies, methods, modules, closures, coroutines,
    comprehensions, rows, callers, arrow_functions, script_spreads, script_closures,
)  # fmt: skip  # one line per group of shapes
STEPS = (1, 2, 3, 5, 7, 8, 9, 12, 20, 41, 64, 65, 100, 200, 500)
# Python reads 99 levels of indentation
LONGEST: dict[Callable[[str, int], Files], int] = {
    methods: 200,
    modules: 200,
    closures: 98,
    script_closures: 200,
}


def sampled(shape: Callable[[str, int], Files]) -> list[int]:
    """Return a third of the numbers of steps, another one for each shape, and the largest."""
    longest = LONGEST.get(shape, STEPS[-1])
    return [steps for steps in STEPS[SHAPES.index(shape) % 3 :: 3] if steps < longest] + [longest]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_more_steps_on_the_way_change_nothing(shape: Callable[[str, int], Files]) -> None:
    for steps in sampled(shape):
        assert found(shape(URL, steps)) == [Certainty.CERTAIN], steps


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_another_vendor_behind_many_steps_is_not_missed(shape: Callable[[str, int], Files]) -> None:
    for steps in sampled(shape):
        assert found(_also_sent(shape(OTHER, steps))) == [Certainty.UNSURE], steps


def _also_sent(files: Files) -> Files:
    """Return a program whose body goes to the API as well, by its shortest way."""
    name, program = next((name, text) for name, text in files.items() if name.startswith("main."))
    if name.endswith(".mjs"):
        literal = '{ prompt: "a fox", aspectRatio: "1:1" }'
        request_code = (
            f'const shared = {literal};\nfetch("{URL}", {{ method: "POST", body: JSON.stringify(shared) }});\n'
        )
        return files | {name: request_code + program.replace(literal, "shared")}
    request_code = f'import requests\nshared = {BODY}\nrequests.post("{URL}", json=shared)\n'
    return files | {name: request_code + program.replace(BODY, "shared")}


# Sending the same body by two shapes at once, and splitting and joining files


@pytest.mark.parametrize(("first", "second"), list(product(SHAPES[:6], SHAPES[:6])), ids=lambda shape: shape.__name__)
def test_two_programs_in_one_project_do_not_disturb_each_other(
    first: Callable[[str, int], Files], second: Callable[[str, int], Files]
) -> None:
    own_files = {f"ours/{name}": text for name, text in first(URL, 4).items()}
    foreign_files = {f"theirs/{name}": text for name, text in second(OTHER, 4).items()}
    assert found(own_files | foreign_files) == [Certainty.CERTAIN]


@pytest.mark.parametrize("shape", SHAPES[:8], ids=lambda shape: shape.__name__)
def test_a_program_in_two_files(shape: Callable[[str, int], Files]) -> None:
    files = shape(URL, 12)
    program = files["main.py"]
    *library, last = program.splitlines(keepends=True)
    split_files = files | {"library.py": "".join(library), "main.py": f"from library import *\n\n{last}"}
    assert found(split_files) == [Certainty.CERTAIN]


# What another library is given through a helper may reach somebody else.


@pytest.mark.parametrize("argument", ["payload", "**payload", '{"input": payload}', "json.dumps(payload)"])
def test_a_library_that_is_given_the_body_by_a_helper_lowers_certainty(argument: str) -> None:
    program = f"""import json, requests, vendor_sdk

def helper(payload):
    vendor_sdk.run({argument})

body = {BODY}
requests.post("{URL}", json=body)
helper(body)
"""
    assert found({"main.py": program}) == [Certainty.LIKELY]


def test_a_function_that_may_be_of_a_library_is_looked_at_as_both() -> None:
    program = f"""import os, requests

def mine(url, json):
    return requests.post("{OTHER}", json=json)

post = mine if os.environ.get("X") else requests.post
post("{URL}", json={BODY})
"""
    assert found({"main.py": program}) == [Certainty.UNSURE]
