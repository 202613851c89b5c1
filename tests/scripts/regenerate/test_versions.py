from pathlib import Path

import pytest

from regenerate.caller_impact import Change
from regenerate.versions import following

NAME, FIELD = Change("breaking", "A is gone", name=True), Change("breaking", "A: b= is gone")
NEW, OLD = Change("addition", "A: c="), Change("deprecation", "a: deprecated")


def project(root: Path, version: str, changelog: str) -> Path:
    (root / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
    (root / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog}\n")
    return root


@pytest.mark.parametrize(
    ("last", "changes", "expected"),
    [
        ("0.3.1", [NAME, NEW], "0.4.0"),
        ("0.3.1", [FIELD], "0.4.0"),
        ("0.3.1", [], "0.3.2"),
        ("1.3.1", [NAME], "2.0.0"),
        ("1.3.1", [FIELD], "1.4.0"),
        ("1.3.1", [NEW], "1.4.0"),
        ("1.3.1", [OLD], "1.4.0"),
        ("1.3.1", [], "1.3.2"),
    ],
)
def test_the_number_follows_from_the_worst_change(
    last: str, changes: list[Change], expected: str, tmp_path: Path
) -> None:
    advice = following(project(tmp_path, last, f"## {last} (2026-12-01)"), changes)
    assert advice is not None
    assert advice.startswith(f"{expected} follows {last}: ")


def test_a_number_that_is_prepared_may_be_enough(tmp_path: Path) -> None:
    root = project(tmp_path, "1.4.0", "## 1.4.0 (unreleased)\n\n## 1.3.1 (2026-12-01)")
    assert following(root, [NEW]) == "1.4.0, which is not out yet, is enough: minor, as something is new"
    assert str(following(root, [NAME])).startswith("2.0.0 follows 1.3.1")


def test_before_the_first_release_there_is_nothing_to_raise(tmp_path: Path) -> None:
    root = project(tmp_path, "0.1.0", "## 0.1.0 (unreleased)")
    assert following(root, [NAME]) == "0.1.0: it is the first release, and not out yet"


def test_the_number_may_stand_in_a_module(tmp_path: Path) -> None:
    project(tmp_path, "0", "## 1.0.0 (2026-12-01)")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndynamic = ["version"]\n[tool.hatch.version]\npath = "lamp.py"\n'
    )
    (tmp_path / "lamp.py").write_text('"""Lamps."""\n\n__version__ = "1.0.0"\n')
    assert str(following(tmp_path, [NEW])).startswith("1.1.0 follows 1.0.0")


def test_a_project_without_a_number_gets_none(tmp_path: Path) -> None:
    assert following(tmp_path, [NAME]) is None
