"""Every exception to a rule says why, in half a line: in code behind the mark, in pyproject.toml beside the code."""

import io
import re
import tokenize
from pathlib import Path

import pytest

from metrics.codebase import SourceModule

MARK = re.compile(
    r"\b(?:type:\s*ignore|pyright:\s*ignore|noqa|pragma:\s*no\s+\w+|mypy:\s*[\w-]+|pylint:\s*\w+|fmt:\s*(?:off|skip))"
    r"(?:\s*\[[^\]]*\]|:\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?"
)
RULE_LINE = re.compile(r'^\s*(?:"[A-Z]+\d*",?\s*)+(?P<reason>#.*)?$')


def is_bare(comment: str) -> bool:
    return MARK.search(comment) is not None and len(MARK.sub("", comment).strip(" #-:,;").split()) < 2


def without_reason(source: str) -> list[int]:
    """Return the lines whose comment switches a check off and says nothing more."""
    marked = (line for line in source.split("\n") if MARK.search(line))
    if not any(is_bare(line[sign.start() :]) for line in marked for sign in re.finditer("#", line)):
        return []  # wherever its comments begin; only where one may be bare are they told from strings, which takes long
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.start[0] for token in tokens if token.type == tokenize.COMMENT and is_bare(token.string)]


@pytest.mark.parametrize(
    "comment",
    [
        "type: ignore",
        "type: ignore[attr-defined]",
        "noqa: S101",
        "noqa: S101, S102",
        "noqa",
        "pyright: ignore[reportX]",
        "pragma: no cover",
        "fmt: skip",
    ],
)
def test_a_bare_mark_is_seen(comment: str) -> None:
    assert without_reason(f"x = 1  # {comment}\n") == [1]
    assert without_reason(f"x = 1  # {comment}  # the stub lacks it\n") == []
    assert without_reason(f"x = 1  # {comment} - the stub lacks it\n") == []


def test_two_marks_need_one_reason() -> None:
    assert without_reason("x = 1  # noqa: S101  # type: ignore[misc]\n") == [1]
    assert without_reason("x = 1  # noqa: S101  # type: ignore[misc]  # both lack a stub\n") == []


def test_a_mark_inside_a_string_is_none() -> None:
    assert without_reason("x = '# noqa'\n") == []


def test_every_mark_has_its_reason(root: Path, modules: list[SourceModule]) -> None:
    files = [*(root / module.path for module in modules), *(root / "tests").rglob("*.py")]
    assert [
        f"{path.relative_to(root)}:{line}" for path in files for line in without_reason(path.read_text("utf-8"))
    ] == []


def test_every_lint_exception_in_pyproject_has_its_reason(root: Path) -> None:
    unexplained, listing = [], False
    for number, line in enumerate((root / "pyproject.toml").read_text("utf-8").splitlines(), 1):
        if line.startswith(("ignore = [", '"')) and line.endswith("["):
            listing = True
        elif line.startswith("]"):
            listing = False
        elif listing and (rule := RULE_LINE.match(line)) and not rule["reason"]:
            unexplained.append(f"pyproject.toml:{number}: {line.strip()}")
    assert unexplained == []
