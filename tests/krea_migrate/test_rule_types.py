"""KREA109."""

from .looking import URL, said, written

SEND = f"fetch('{URL}', {{ method: 'POST', body: JSON.stringify(body) }});\n"


def test_types_of_other_values_stay() -> None:
    assert said(a__ts=f"interface Card {{ aspectRatio: string }}\nconst body = {{ prompt: 'x' }};\n{SEND}") == []


def test_the_type_of_a_body_follows_its_keys() -> None:
    source = f"interface Body {{ prompt: string; aspectRatio?: string }}\nconst body: Body = {{ prompt: 'x', aspectRatio: '1:1' }};\n{SEND}"
    assert written(a__ts=source) == source.replace("aspectRatio", "aspect_ratio")


def test_a_type_that_others_share_is_shown_only() -> None:
    source = f"""type Body = {{ prompt: string; aspectRatio?: string }};
const body: Body = {{ prompt: 'x' }};
export function card(props: Body) {{ return props.aspectRatio; }}
{SEND}"""
    assert said("KREA109", a__ts=source) == [("aspectRatio", "unsure")]
