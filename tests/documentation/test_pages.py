"""The reading of pages: what agrees, what does not, and that a broken link is found."""

from pathlib import Path

import pytest

from krea_client.sandbox import Sandbox

from .pages import OPENING, Step, blocks, broken_links, comes_to, opening, played, steps

ONE, TWO = "0b1f7c9e-6d3a-4f5b-8a2e-1c4d5e6f7a8b", "ffffffff-6d3a-4f5b-8a2e-1c4d5e6f7a8b"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("queued\ncompleted\n", "queued completed\n"),
        (f"job {ONE} ends", f"job {TWO} ends"),
        ("queued a b c completed", "queued\n...\ncompleted"),
        ("queued completed", "queued\n...\ncompleted"),
        ("", ""),
    ],
)
def test_what_agrees(said: str, shown: str) -> None:
    assert comes_to(said, shown)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("queued", "completed"),
        ("queued more", "queued"),
        ("a b failed", "a\n...\ncompleted"),
        ("said", ""),
        ("axb", "a.b"),
    ],
)
def test_what_does_not(said: str, shown: str) -> None:
    assert not comes_to(said, shown)


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


def test_a_block_goes_on_from_the_opening_and_knows_its_output(page: Path, box: Sandbox) -> None:
    first, second = blocks(page, "python")
    assert (opening(page, first), opening(page, second)) == ("", first.text)
    assert (first.shown, second.shown) == (None, "first\n")
    assert played(page, second, box) == "first\n"


def test_a_warning_is_told_with_its_line(page: Path, box: Sandbox) -> None:
    block = blocks(page, "python")[1]._replace(
        text="# app.py\nimport warnings\nwarnings.warn('careful', stacklevel=1)\n"
    )
    assert played(page, block, box).split() == ["app.py:3:", "UserWarning:", "careful"]


def test_console_lines_and_what_they_show(page: Path) -> None:
    assert steps(page) == [Step(["krea-client", "models", "list"], "many\n"), Step(["scripts/demo"], "")]
