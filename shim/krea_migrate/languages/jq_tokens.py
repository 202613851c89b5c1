"""The words and marks of jq programs."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<space>(?:\s+|#[^\n]*)+)|(?P<string>\"(?:[^\"\\]|\\.)*\")|(?P<variable>\$?\$\w+)"
    r"|(?P<path>\.[A-Za-z_]\w*)|(?P<number>\d[\d.eE]*)|(?P<word>@?[A-Za-z_]\w*(?:::\w+)*)"
    r"|(?P<mark>\?//=?|//=|\|=|[-+*/%]=|[=!<>]=|//|\.\.|[][(){}|,.:;?=<>+*/%-])",
    re.DOTALL,
)


class Token(NamedTuple):
    """A word or a mark, and where it begins; the last one is empty."""

    kind: str
    text: str
    at: int


class NotJq(ValueError):
    """The program is not understood."""


def split(text: str) -> list[Token]:
    """Return all of a program.

    Raises:
        NotJq: it has something else in it.
    """
    result: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotJq(text[at])
        if match.lastgroup != "space":
            result.append(Token(str(match.lastgroup), match[0], at))
        at = match.end()
    return [*result, Token("", "", len(text))]
