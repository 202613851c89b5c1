"""A body that takes in a dict of which nothing is known may have the name twice after an edit: that is never certain."""

from __future__ import annotations

from time import process_time

import pytest

from .looking import URL, said

FIELDS = '"prompt": "a fox", "aspectRatio": "1:1"'
UNKNOWN = {
    "parameter": f'def send(more):\n    requests.post("{URL}", json={{{FIELDS}, **more}})\n',
    "keywords": f'def send(**more):\n    requests.post("{URL}", json={{**more, {FIELDS}}})\n',
    "union": f'def send(more):\n    requests.post("{URL}", json={{{FIELDS}}} | more)\n',
    "default": f'def send(more=None):\n    requests.post("{URL}", json={{{FIELDS}, **(more or {{}})}})\n',
    "library": f'requests.post("{URL}", json={{{FIELDS}, **vendor.extra()}})\n',
    "update": f'body = {{{FIELDS}}}\nbody.update(vendor.extra())\nrequests.post("{URL}", json=body)\n',
    "loop": f"def send(more):\n    body = {{{FIELDS}}}\n    for key, value in more.items():\n        body[key] = value\n"
    f'    requests.post("{URL}", json=body)\n',
    "copy": f'def send(more):\n    requests.post("{URL}", json=dict(more, aspectRatio="1:1"))\n',
}
KNOWN_MERGES = {
    "condition": f'def send(seed):\n    requests.post("{URL}", json={{{FIELDS}, **({{"seed": seed}} if seed else {{}})}})\n',
    "defaults": f'DEFAULTS = {{"resolution": "1K"}}\nrequests.post("{URL}", json={{**DEFAULTS, {FIELDS}}})\n',
    "callers": f'def send(**more):\n    requests.post("{URL}", json={{{FIELDS}, **more}})\n\nsend(resolution="1K")\n',
    "filtered": f'body = {{{FIELDS}}}\nrequests.post("{URL}", json={{k: v for k, v in body.items() if v is not None}})\n',
}
OBJECT = 'prompt: "a fox", aspectRatio: "1:1"'
SCRIPTS = {
    f"{{ {OBJECT}, ...options }}": "likely",
    f"Object.assign({{ {OBJECT} }}, options)": "likely",
    f"{{ {OBJECT}, ...(options.extra ?? {{}}) }}": "likely",
    f"{{ {OBJECT}, ...(options.seed && {{ seed: options.seed }}) }}": "certain",
    f"{{ {OBJECT}, ...(options.seed ? {{ seed: options.seed }} : undefined) }}": "certain",
    f"Object.assign({{ {OBJECT} }}, ...[{{ seed: options.seed }}])": "certain",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_body_with_unknown_members_is_likely(name: str) -> None:
    assert said("KREA1", main__py="import requests, vendor\n\n" + UNKNOWN[name]) == [("aspectRatio", "likely")]


@pytest.mark.parametrize("name", KNOWN_MERGES)
def test_a_body_with_known_members_is_certain(name: str) -> None:
    assert said("KREA1", main__py="import requests\n\n" + KNOWN_MERGES[name]) == [("aspectRatio", "certain")]


@pytest.mark.parametrize(("body", "certainty"), SCRIPTS.items())
def test_a_body_of_a_script(body: str, certainty: str) -> None:
    request_code = f'fetch("{URL}", {{ method: "POST", body: JSON.stringify({body}) }})'
    assert said("KREA1", main__mjs=f"export const send = (options) => {request_code};\n") == [
        ("aspectRatio", certainty)
    ]


def test_forty_functions_that_spread_into_one_another() -> None:
    """It takes about a second; without a bound it took more than a hundred."""
    functions = "".join(
        f"def f{n}():\n    return {{{', '.join(f'**f{number}()' for number in range(40) if number != n)}, 'k{n}': 1}}\n"
        for n in range(40)
    )
    request_code = f'requests.post("{URL}", json={{{FIELDS}, **f0()}})\n'
    start = process_time()
    assert said("KREA1", main__py=f"import requests\n{functions}{request_code}") == [("aspectRatio", "certain")]
    assert process_time() - start < 15
