"""Which regular expressions of a document from outside are taken."""

import pytest

from krea_client._spec.untrusted_patterns import is_fast

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


@pytest.mark.parametrize(
    "pattern",
    [
        "^[a-z][a-z0-9_-]+$",
        rf"^(?:{UUID}|00000000)$",
        "(a|b)c",
        r"^\d+(\.\d+)?$",
        "(ab)*",
        "[]a]+x",
        "a{2,5}b*",
        r"\(a+\)",
    ],
)
def test_patterns_in_proportion_to_their_text_are_taken(pattern: str) -> None:
    assert is_fast(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*$",
        r"^(\d+,)*\d+$",
        "((a*))+",
        "a*a*a*a*b",
        "(?=a)b",
        r"(a)\1",
        "[",
        "x{99999}",
        "(a?){20}a{20}",
        "(?:a|aa){9}",
        "(a{0,30}){0,30}$",
        "(?i)a",
        "a" * 501,
        "",
        7,
        None,
    ],
)
def test_others_are_not(pattern: object) -> None:
    assert not is_fast(pattern)
