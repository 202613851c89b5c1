"""KREA303."""

from .looking import said

BODY = 'body = {"prompt": "x", "aspectRatio": "1:1"}\n'


def test_files_that_do_not_name_the_api_stay() -> None:
    assert said(a__py=BODY) == []
    assert said(a__py=BODY.replace("prompt", "text") + 'HOST = "https://api.krea.ai"\n') == []


def test_a_body_that_goes_nowhere_is_shown() -> None:
    assert said(a__py=BODY + 'HOST = "https://api.krea.ai"\n') == [("aspectRatio", "unsure")]
