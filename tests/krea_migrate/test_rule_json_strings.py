"""KREA107."""

from .looking import URL, said, written


def test_texts_that_are_no_body_stay() -> None:
    source = f"""import requests
note = '{{"aspectRatio": 1}}'
requests.post("{URL}", data='{{"prompt": "aspectRatio", "deep": {{"aspectRatio": 1}}}}')
"""
    assert said(a__py=source) == []


def test_keys_at_the_top_of_a_text() -> None:
    source = f"""import requests
requests.post("{URL}", data='{{"prompt": "aspectRatio", "aspectRatio": "1:1"}}')
"""
    assert written(a__py=source) == source.replace('"aspectRatio": ', '"aspect_ratio": ')


def test_escaped_quotes_of_a_shell() -> None:
    source = f'curl {URL} -d "{{\\"aspectRatio\\": \\"$R\\"}}" > out.json 2>&1 || exit 1\n'
    assert written(a__sh=source) == source.replace("aspectRatio", "aspect_ratio")


def test_the_same_name_twice_is_shown_only() -> None:
    source = f"""import requests
requests.post("{URL}", data='{{"deep": {{"aspectRatio": 1}}, "aspectRatio": "1:1"}}')
"""
    assert said(a__py=source) == [("aspectRatio", "unsure")]
