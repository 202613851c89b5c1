"""Programs of jq in shell programs."""

import pytest

from krea_migrate.findings import Certainty

from .looking import URL, said, written


def sent(program: str, options: str = "-n") -> str:
    return f"BODY=$(jq {options} '{program}')\ncurl {URL} -d \"$BODY\"\n"


@pytest.mark.parametrize(
    "program",
    [
        "{card: {aspectRatio: 1}}",
        ".aspectRatio",
        '"aspectRatio"',
        ".body.aspectRatio = 1",
        "[.aspectRatio]",
        "{aspectRatio: 1} | with_entries(.key |= ascii_downcase)",
        "def f: {aspectRatio: 1}; f",
        "{aspectRatio: ",
    ],
)
def test_what_is_no_key_of_the_body_stays(program: str) -> None:
    assert said(a__sh=sent(program)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{aspectRatio: $r}", "{aspect_ratio: $r}"),
        ('{"aspectRatio": "1:1"}', '{"aspect_ratio": "1:1"}'),
        ("{aspectRatio}", "{aspect_ratio: .aspectRatio}"),
        ("{$aspectRatio}", "{aspect_ratio: $aspectRatio}"),
        ("{} | .aspectRatio = 1 | .imageUrls += []", "{} | .aspect_ratio = 1 | .image_urls += []"),
        ("{aspectRatio: 1} | del(.aspectRatio)", "{aspect_ratio: 1} | del(.aspect_ratio)"),
        (
            "if $w then {aspectRatio: 1} else {imageUrls: []} end",
            "if $w then {aspect_ratio: 1} else {image_urls: []} end",
        ),
        ("{a: 1} as $x | $x + {aspectRatio: 2}", "{a: 1} as $x | $x + {aspect_ratio: 2}"),
    ],
)
def test_keys_that_are_built_or_set(before: str, after: str) -> None:
    assert written(a__sh=sent(before)) == sent(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (". + {aspectRatio: .aspectRatio}", ". + {aspect_ratio: .aspectRatio}"),
        ("{prompt: .p} * (.q // {aspectRatio: 1})", "{prompt: .p} * (.q // {aspect_ratio: 1})"),
    ],
)
def test_a_key_beside_members_that_are_not_known_is_likely(before: str, after: str) -> None:
    assert said("KREA1", a__sh=sent(before)) == [("aspectRatio", "likely")]
    assert written(Certainty.LIKELY, a__sh=sent(before)) == sent(after)


def test_a_read_of_the_answer_stays() -> None:
    source = sent("{aspectRatio: 1}") + f"curl {URL} -d \"$BODY\" | jq -r '.aspectRatio, .imageUrls[0]'\n"
    assert written(a__sh=source) == source.replace("{aspectRatio", "{aspect_ratio")
