"""Plain English: documentation, messages, help, docstrings and comments use the field's terms, not idioms of this project."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Holds

# Idiom: (what is written instead, pattern).
IDIOMS: dict[str, tuple[str, str]] = {
    "colours": (
        "sync and async",
        r"\b(?:both|either|each|every|sync|async)\s+colou?rs?\b|\bcolou?rs? of the (?:client|library)\b",
    ),
    "last year": ("legacy code, deprecated field names", r"\blast[ _-]year"),
    "old names": ("deprecated field names", r"\bold (?:field )?names?\b"),
    "door": ("entry point", r"\bdoors?\b"),
    "floor": ("layer", r"\bfloors?\b"),
    "purse": ("limit", r"\bpurses?\b"),
    "shelf": ("store, cache", r"\bshel(?:f|ves)\b"),
    "desk": ("handler", r"\bdesks?\b"),
    "face": ("client", r"\b(?:both|sync|async|two) faces?\b"),
    "errand": ("command, task", r"\berrands?\b"),
    "postman": ("webhook sender", r"\bpostm[ae]n\b"),
    "likeness": ("suggestion", r"\blikeness\b"),
    "stranger": ("unknown, external", r"\bstrangers?\b"),
    "deed": ("operation", r"\bdeeds?\b"),
    "house": ("project", r"\bHOUSE\b|\b(?:in|of) the house\b"),
    "tracker": ("a reason that a reader can look up", r"\bthe issue\b|\bissue \d+\b"),
    "key without a page": ("what is measured, in words", r"\b(?<![-.#/])(?!S3\b)[RDS]\d\b(?!-)"),
}
PATTERNS = {
    name: re.compile(pattern, 0 if name in ("house", "postman", "key without a page") else re.IGNORECASE)
    for name, (_, pattern) in IDIOMS.items()
}
# Programs and prompts of other people, kept as they write them; this file, which lists the idioms; and where a key is explained.
QUOTED = (
    "tests/krea_migrate/corpus/",
    "tests/house/test_wording.py",
    "tests/house/exceptions.toml",
    "tests/scripts/docs_diff/pages/",
    "generated/",
)
KEYED = ("docs/reliability.md",)
PROSE = {".md", ".toml", ".yml", ".sh"}


def idioms(text: str) -> set[str]:
    return {name for name, pattern in PATTERNS.items() if pattern.search(text)}


def prose(path: Path) -> Iterator[str]:
    """Yield what a file says to people: documents and shell scripts whole, of Python the strings and comments."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.COMMENT, tokenize.STRING):
                yield token.string
    elif path.suffix in PROSE or text.startswith("#!"):
        yield text


@pytest.mark.parametrize(
    ("text", "idiom"),
    [
        ("tested in both colours", "colours"),
        ("Programs of last year", "last year"),
        ("last_year.py", "last year"),
        ("by either door", "door"),
        ("the lower floors", "floor"),
        ("HOUSE rules 13", "house"),
        ("the issue wants it", "tracker"),
        ("R1: every fault", "key without a page"),
    ],
)
def test_an_idiom_is_seen(text: str, idiom: str) -> None:
    assert idiom in idioms(text)


@pytest.mark.parametrize(
    "text", ["a picture in two colors", "math.floor", "issues", "the same house at night", "0xR1", "S3 storage"]
)
def test_ordinary_words_pass(text: str) -> None:
    assert idioms(text) - {"floor"} == set()


def test_code_is_not_prose(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text("door = floor(1)  # a comment\nprint('a message')\n")
    assert list(prose(tmp_path / "m.py")) == ["# a comment", "'a message'"]


def test_the_project_is_written_in_plain_english(root: Path, committed: list[Path], holds: Holds) -> None:
    violations = []
    for path in committed:
        name = path.relative_to(root).as_posix()
        if not name.startswith(QUOTED):
            kinds = {idiom for text in prose(path) for idiom in idioms(text)}
            violations += [f"{name}: {idiom}" for idiom in kinds if (name, idiom) != (*KEYED, "key without a page")]
    holds("idioms", violations)
