"""A comment stands above what it is about, or behind it on the same line; never behind the last bracket of several lines."""

import re

from metrics.codebase import SourceModule

BEHIND_BRACKET = re.compile(r"^[ \t]*[\])}]+,?[ \t]+#(?! (?:fmt: skip|noqa|type:|pyright:))", re.MULTILINE)


def test_a_comment_behind_a_bracket_is_seen() -> None:
    assert BEHIND_BRACKET.search("pause = (\n    600\n)  # seconds\n")
    assert not BEHIND_BRACKET.search("# seconds\npause = 600  # at most\n")
    assert not BEHIND_BRACKET.search("names = {\n    1, 2\n}  # fmt: skip  # one list\n")


def test_comments_stand_beside_what_they_are_about(modules: list[SourceModule]) -> None:
    violations = [
        f"{module.path}: {found[0].strip()}" for module in modules for found in BEHIND_BRACKET.finditer(module.source)
    ]
    assert violations == []
