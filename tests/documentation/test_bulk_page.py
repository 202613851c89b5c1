"""The page about bulk runs is true: its commands run on a table of three prompts, its Python on a sandbox, and its links lead somewhere."""

from pathlib import Path

import pytest

from krea_client.sandbox import Sandbox

from .pages import ROOT, blocks, broken_links, matches, run, steps
from .test_guides import check

PAGE = ROOT / "docs" / "bulk.md"


def test_its_commands_do_what_is_shown(served_box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f'p{number},"a cat, number {number}"\n' for number in range(3))
    Path("prompts.csv").write_text(f"custom_id,prompt\n{rows}")
    for step in steps(PAGE):
        check(step, served_box, capsys)
    assert len(list(Path("pictures/000").glob("*.png"))) == 3


def test_its_python_prints_what_is_shown(box: Sandbox) -> None:
    [example] = blocks(PAGE, "python")
    output = run(PAGE, example, box)
    assert matches(output, example.output or ""), output


def test_its_links_lead_somewhere() -> None:
    assert broken_links(PAGE) == []
