"""Programs that map or filter names by themselves: a rename on one side only would break them."""

from __future__ import annotations

import pytest

from .looking import URL, said, written

SEND = f'    return requests.post("{URL}", json=body)\n'
PROGRAMS = {
    "takes the deprecated name out": f"""
def make(data):
    body = dict(data)
    ratio = body.pop("aspectRatio", None)
    if ratio:
        body["aspect_ratio"] = ratio
{SEND}
make({{"prompt": "x", "aspectRatio": "1:1"}})
""",
    "maps in a function": f"""
def fixed(body):
    if "aspectRatio" in body:
        body["aspect_ratio"] = body.pop("aspectRatio")
    return body
def make(prompt):
    body = fixed({{"prompt": prompt, "aspectRatio": "1:1"}})
{SEND}""",
    "chooses by a list": f"""
KNOWN = ["prompt", "aspectRatio"]
def make(**given):
    body = {{k: v for k, v in given.items() if k in KNOWN}}
{SEND}
make(prompt="x", aspectRatio="1:1")
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_of_it_is_certain(name: str) -> None:
    source = "import requests\n" + PROGRAMS[name]
    assert {certainty for _, certainty in said(a__py=source)} == {"unsure"}
    assert written("likely", a__py=source) == source


def test_a_parameter_of_a_helper_keeps_its_name() -> None:
    source = f"""import requests
def make(prompt, aspectRatio=None, **rest):
    body = {{"prompt": prompt, **rest}}
    if aspectRatio:
        body["aspect_ratio"] = aspectRatio
{SEND}
make("x", aspectRatio="1:1", imageUrls=[])
"""
    assert written(a__py=source) == source.replace("imageUrls", "image_urls")
