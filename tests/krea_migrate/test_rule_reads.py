"""KREA104."""

from .looking import URL, said, written


def test_answers_and_input_are_read_as_they_are() -> None:
    source = f"""
import requests
def run(step):
    answer = requests.post("{URL}", json={{"prompt": step["aspectRatio"]}}).json()
    return answer["imageUrls"], "aspectRatio" in answer, step.get("imageUrls")
"""
    assert said(a__py=source) == []


def test_a_body_is_read_by_the_name_that_it_was_given() -> None:
    source = f"""
import requests
def run(prompt):
    body = {{"prompt": prompt, "aspectRatio": "1:1"}}
    if "aspectRatio" in body and body.get("aspectRatio") != "auto":
        print(body["aspectRatio"], "aspectRatio")
    return requests.post("{URL}", json=body)
"""
    assert written(a__py=source) == source.replace('"aspectRatio"', '"aspect_ratio"').replace(
        '"aspect_ratio")\n', '"aspectRatio")\n'
    )


def test_what_may_also_be_another_dict_is_shown_only() -> None:
    source = f"""
import requests
def told(options):
    return options["aspectRatio"]
body = {{"prompt": "x", "aspectRatio": "1:1"}}
told(body)
told({{"aspectRatio": 1, "alt": "x"}})
requests.post("{URL}", json=body)
"""
    assert said("KREA104", a__py=source) == [("aspectRatio", "unsure")]
