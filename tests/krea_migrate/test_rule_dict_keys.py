"""KREA101."""

import pytest

from .looking import URL, said, written

STAYS = [
    'body = {"aspectRatio": "1:1"}\n',
    'requests.post("https://fal.run/x", json={"prompt": "x", "aspectRatio": "1:1"})\n',
    f'requests.post("{URL}", json={{"prompt": "x", "nested": {{"aspectRatio": "1:1"}}}})\n',
    f'requests.post("{URL}", headers={{"aspectRatio": "1:1"}}, json={{"prompt": "aspectRatio"}})\n',
    f'requests.get("{URL}", params={{"aspectRatio": "1:1"}})\n',
    'requests.post("https://api.krea.ai/generate/image/bytedance/seedream-4", json={"aspectRatio": "1:1"})\n',
    f'requests.post("{URL}", json={{"prompt": "x", "aspect_ratio": "1:1"}})  # aspectRatio before\n',
]


@pytest.mark.parametrize("source", STAYS)
def test_what_is_no_old_key_of_a_body_stays(source: str) -> None:
    assert said(a__py="import requests\n" + source) == []


def test_a_key_is_renamed_and_its_quotes_and_value_stay() -> None:
    source = f"import requests\nrequests.post('{URL}', json={{'prompt': 'x' , 'aspectRatio' :aspectRatio}})  # é aspectRatio\n"
    assert written(a__py=source) == source.replace("'aspectRatio'", "'aspect_ratio'")


def test_shorthand_keeps_the_variable() -> None:
    source = f"fetch('{URL}', {{ method: 'POST', body: JSON.stringify({{ prompt, aspectRatio }}) }});\n"
    assert written(a__js=source) == source.replace("aspectRatio", "aspect_ratio: aspectRatio")


def test_two_names_for_one_field_are_left_to_the_reader() -> None:
    source = f'import requests\nrequests.post("{URL}", json={{"aspectRatio": "1:1", "aspect_ratio": "1:1"}})\n'
    assert said(a__py=source) == [("aspectRatio", "unsure")]
    assert written("unsure", a__py=source) == source


def test_a_name_with_escapes_is_shown_only() -> None:
    source = f'import requests\nrequests.post("{URL}", json={{"aspect\\x52atio": "1:1"}})\n'
    assert said(a__py=source) == [("aspectRatio", "unsure")]
    assert written("unsure", a__py=source) == source


def test_a_dict_that_others_are_given_too_is_only_likely() -> None:
    source = f"""
import requests
FORM = {{"prompt": "", "aspectRatio": "1:1"}}
def page():
    return render("page.html", form=FORM)
def send():
    print(FORM)
    return requests.post("{URL}", json={{**FORM, "prompt": "x"}})
"""
    assert said(a__py=source) == [("aspectRatio", "likely")]
    assert said(a__py=source.replace('return render("page.html", form=FORM)', "pass")) == [("aspectRatio", "certain")]
