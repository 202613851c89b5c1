"""How pages are read and compared: what matches, what does not, broken links, continued blocks."""

from pathlib import Path

import pytest

from krea_client.sandbox import Sandbox

from .pages import OPENING, Step, blocks, broken_links, matches, opening, run, steps

FIRST_ID, SECOND_ID = "0b1f7c9e-6d3a-4f5b-8a2e-1c4d5e6f7a8b", "ffffffff-6d3a-4f5b-8a2e-1c4d5e6f7a8b"


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("queued\ncompleted\n", "queued completed\n"),
        (f"job {FIRST_ID} ends", f"job {SECOND_ID} ends"),
        ("queued a b c completed", "queued\n...\ncompleted"),
        ("queued completed", "queued\n...\ncompleted"),
        ("", ""),
    ],
)
def test_output_that_matches(output: str, expected: str) -> None:
    assert matches(output, expected)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("queued", "completed"),
        ("queued more", "queued"),
        ("a b failed", "a\n...\ncompleted"),
        ("output", ""),
        ("axb", "a.b"),
    ],
)
def test_output_that_does_not_match(output: str, expected: str) -> None:
    assert not matches(output, expected)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    text = (
        "# A page\n[here](#a-page) [there](other.md#its-part) [no part](other.md#nowhere) [no page](absent.md) [web](https://example.com)\n"
        f"{OPENING}\n```python\nword = 'first'\n```\n\n```python\nprint(word)\n```\n\n```text\nfirst\n```\n"
        "```console\n$ krea-client models \\\n    list  # all\nmany\n$ scripts/demo\n```\n"
    )
    (tmp_path / "other.md").write_text("## Its part\n```text\n# Nowhere\n```\n")
    (tmp_path / "page.md").write_text(text)
    return tmp_path / "page.md"


def test_a_broken_link_is_found(page: Path) -> None:
    assert broken_links(page) == ["other.md#nowhere", "absent.md"]


def test_a_block_continues_the_opening_and_has_its_output(page: Path, box: Sandbox) -> None:
    first, second = blocks(page, "python")
    assert (opening(page, first), opening(page, second)) == ("", first.text)
    assert (first.output, second.output) == (None, "first\n")
    assert run(page, second, box) == "first\n"


def test_a_warning_is_part_of_the_output_with_its_line(page: Path, box: Sandbox) -> None:
    block = blocks(page, "python")[1]._replace(
        text="# app.py\nimport warnings\nwarnings.warn('careful', stacklevel=1)\n"
    )
    assert run(page, block, box).split() == ["app.py:3:", "UserWarning:", "careful"]


def test_console_lines_and_their_output(page: Path) -> None:
    assert steps(page) == [Step(["krea-client", "models", "list"], "many\n"), Step(["scripts/demo"], "")]
