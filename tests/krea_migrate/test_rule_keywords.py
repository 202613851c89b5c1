"""KREA103."""

from .looking import URL, said, written


def test_parameters_of_functions_stay() -> None:
    source = f"""
import requests
def make(prompt, aspectRatio):
    return requests.post("{URL}", json={{"prompt": prompt}})
make("x", aspectRatio="1:1")
draw(aspectRatio=1)
"""
    assert said(a__py=source) == []


def test_dict_update_and_keywords_that_are_passed_on() -> None:
    source = f"""
import requests
def make(prompt, **more):
    body = dict(prompt=prompt, resolution="1K", aspectRatio="1:1")
    body.update(more, styleImages=[])
    return requests.post("{URL}", json=body)
make("x", imageUrls=["u"])
"""
    expected = source.replace("aspectRatio=", "aspect_ratio=").replace("imageUrls=", "image_urls=")
    assert written(a__py=source) == expected
    assert ("styleImages", "unsure") in said("KREA201", a__py=source)
