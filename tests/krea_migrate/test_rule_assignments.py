"""KREA102."""

from .looking import URL, VIDEO, said, written


def test_other_objects_and_the_right_side_stay() -> None:
    source = f"""
import requests
step = {{"imageUrls": []}}
card = {{}}
card["aspectRatio"] = "1:1"
body = {{"prompt": step["imageUrls"]}}
answer = requests.post("{URL}", json=body)
answer.aspectRatio = card
"""
    assert said(a__py=source) == []


def test_items_defaults_and_deletions() -> None:
    source = f"""
import requests
def run(step):
    body = {{}}
    body["imageUrls"] = step["imageUrls"]
    body.setdefault("aspectRatio", step.get("aspectRatio"))
    if not step:
        del body["imageUrls"]
    requests.post("{URL}", json=body)
"""
    expected = source.replace('body["imageUrls"]', 'body["image_urls"]').replace(
        't("aspectRatio", s', 't("aspect_ratio", s'
    )
    assert written(a__py=source) == expected


def test_properties_of_a_script() -> None:
    source = f"""
const body = {{}};
body.startImage = step.startImage;
body['endImage'] ??= step.endImage;
fetch('{VIDEO}', {{ method: 'POST', body: JSON.stringify(body) }});
"""
    assert written(a__js=source) == source.replace("body.startImage", "body.start_image").replace(
        "'endImage'", "'end_image'"
    )
