"""KREA303."""

from .looking import VIDEO, findings, said

BODY = 'body = {"prompt": "x", "aspectRatio": "1:1"}\n'


def test_files_that_do_not_name_the_api_stay() -> None:
    assert said(a__py=BODY) == []
    assert said(a__py=BODY.replace("prompt", "text") + 'HOST = "https://api.krea.ai"\n') == []


def test_a_body_that_goes_nowhere_is_shown() -> None:
    assert said(a__py=BODY + 'HOST = "https://api.krea.ai"\n') == [("aspectRatio", "unsure")]


def test_a_copy_for_the_log_that_sets_a_renamed_name_over_is_shown() -> None:
    send = f"requests.post('{VIDEO}', json=body)\n"
    source = (
        "import requests\nbody = {'prompt': 'x', 'startImage': huge}\nother = {}\n"
        f"{send}print({{**body, 'startImage': '(cut)'}}, {{**other, 'startImage': 1}})\n"
    )
    (finding,) = findings("KREA303", a__py=source)
    assert (finding.old, finding.new, finding.start) == (
        "startImage",
        "start_image",
        source.index("'startImage': '(cut)"),
    )
    assert finding.reason.startswith("the copy takes in a body in which this name becomes 'start_image'")
    assert str(finding.certainty) == "unsure"
    copy = "print({**body, 'startImage': '(cut)'},"
    sent = source.replace(copy, f"requests.post('{VIDEO}', json={{**body, 'startImage': 2}}), (")
    assert findings("KREA303", a__py=sent) == []


def test_a_copy_of_a_body_without_the_name_is_not_shown() -> None:
    source = (
        f"const body = {{ prompt: 'x' }};\nawait fetch('{VIDEO}', {{ method: 'POST', body: JSON.stringify(body) }});\n"
        "log({ ...body, startImage: 1 });\n"
    )
    assert findings("KREA303", a__js=source) == []
