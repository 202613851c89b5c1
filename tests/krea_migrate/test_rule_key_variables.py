"""KREA105."""

from .looking import VIDEO, said, written


def test_lists_of_names_that_set_nothing_stay() -> None:
    source = f"""
import requests
KNOWN = ("aspectRatio", "imageUrls")
for name in KNOWN:
    print(name)
requests.post("{VIDEO}", json={{"prompt": "x"}})
"""
    assert said(a__py=source) == []


def test_pairs_name_only_the_key() -> None:
    source = f"""
import requests
def run(prompt, ratio, first):
    body = {{"prompt": prompt}}
    for key, value in [("aspectRatio", ratio), ("startImage", first)]:
        if value:
            body[key] = value
    return requests.post("{VIDEO}", json=body)
"""
    assert written(a__py=source) == source.replace("aspectRatio", "aspect_ratio").replace("startImage", "start_image")


def test_a_name_that_also_reads_is_shown_only() -> None:
    source = f"""
import requests
def run(prompt, given):
    body = {{"prompt": prompt}}
    for key in ("aspectRatio", "seed"):
        if key in given:
            body[key] = given[key]
    return requests.post("{VIDEO}", json=body)
"""
    assert said("KREA105", a__py=source) == [("aspectRatio", "unsure")]
    assert written("likely", a__py=source) == source
