"""Plain English: documentation, messages, help, docstrings and comments use the field's terms, not idioms of this project."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.codebase import SourceModule

from .conftest import Holds, read_module

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
# Letters that every text with the idiom has: they are found much sooner than the pattern. One without an entry has none.
LETTERS = {
    "colours": "colo", "last year": "last", "old names": "old", "door": "door", "floor": "floor", "purse": "purse", "shelf": "shel",
    "desk": "desk", "face": "face", "errand": "errand", "postman": "postm", "likeness": "likeness", "stranger": "stranger",
    "deed": "deed", "house": "house", "tracker": "issue",
}  # fmt: skip  # read as a table
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
    lower = text.lower()
    return {name for name, pattern in PATTERNS.items() if LETTERS.get(name, "") in lower and pattern.search(text)}


def prose(path: Path) -> Iterator[str]:
    """Yield what a file says to people: documents and shell scripts whole, of Python the strings and comments."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.COMMENT, tokenize.STRING):
                yield token.string
    elif path.suffix in PROSE or text.startswith("#!"):
        yield text


def idioms_of(path: Path) -> set[str]:
    """Return the idioms of a file. It is divided into code and prose only where its text, of any kind, has one."""
    if not idioms(path.read_text("utf-8", errors="replace")):
        return set()
    return {idiom for text in prose(path) for idiom in idioms(text)}


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
    assert idioms_of(tmp_path / "m.py") == set()


def test_the_project_is_written_in_plain_english(root: Path, committed: list[Path], holds: Holds) -> None:
    violations = []
    for path in committed:
        name = path.relative_to(root).as_posix()
        if not name.startswith(QUOTED):
            kinds = idioms_of(path)
            violations += [f"{name}: {idiom}" for idiom in kinds if (name, idiom) != (*KEYED, "key without a page")]
    holds("idioms", violations)


# A docstring that begins so describes a thing or states a sentence; one in the imperative begins with a verb.
NO_VERB = re.compile(
    r"(?:A|An|The|This|That|These|Its|Their|Each|Every|All|Any|Some|No|Nothing|Everything|Nobody|Somebody|One|Two|Three|Other|Another"
    r"|What|Whether|Which|Who|How|Why|When|Where|Of|For|Over|Below|Within|True|False|It|As)\b"
)


def functions_without_a_verb(module: SourceModule) -> Iterator[str]:
    """Yield the functions whose docstring is not in the imperative. A property is a thing, and a test states a fact."""
    for node in module.functions():
        if node.name.startswith("test_") or not NO_VERB.match(ast.get_docstring(node) or ""):
            continue
        if not any("property" in ast.unparse(decorator) for decorator in node.decorator_list):
            yield node.name


@pytest.mark.parametrize(
    ("docstring", "violates"),
    [
        ("Return the price.", False),
        ("The price in USD.", True),
        ("Whether a name is old.", True),
        ("A rule without a field is a mistake.", True),
        ("Forget every job.", False),
        ("Allow one more.", False),
    ],
)
def test_a_docstring_without_a_verb_is_seen(docstring: str, violates: bool) -> None:
    module = SourceModule("m", Path("m.py"), f'def f():\n    """{docstring}"""')
    assert list(functions_without_a_verb(module)) == ["f"] * violates


def test_a_property_and_a_test_may_state_a_fact() -> None:
    text = (
        'class C:\n    @property\n    def size(self):\n        """The size."""\n\ndef test_it():\n    """It holds."""\n'
    )
    assert list(functions_without_a_verb(SourceModule("m", Path("m.py"), text))) == []


def test_docstrings_of_functions_are_in_the_imperative(
    root: Path, committed: list[Path], modules: list[SourceModule], holds: Holds
) -> None:
    by_path = {root / module.path: module for module in modules}
    holds(
        "docstrings",
        [
            f"{path.relative_to(root).as_posix()}: {name}"
            for path in committed
            if path.suffix == ".py" and not path.relative_to(root).as_posix().startswith(QUOTED)
            for name in functions_without_a_verb(by_path.get(path) or read_module(path))
        ],
    )
