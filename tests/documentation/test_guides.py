"""The guides are true: their Python and commands run against a sandbox, output is compared, links lead somewhere."""

import re
import tomllib
from datetime import date as Date
from pathlib import Path

import pytest

from krea_client._settings import BASE_URL_NAME, TOKEN_NAMES
from krea_client.cli import commands
from krea_client.sandbox import Sandbox

from ..page_output import update
from .pages import ROOT, Block, Step, blocks, broken_links, matches, run, steps

DOCS = ROOT / "docs"
GUIDES = [
    ROOT / "README.md",
    *(
        DOCS / f"{name}.md"
        for name in (
            "getting-started",
            "jobs-and-webhooks",
            "observability",
            "notebooks",
            "agents",
            "errors",
            "live-document",
            "bulk-machines",
            "bulk-engines",
        )
    ),
]
PAGES = [*GUIDES, DOCS / "README.md", DOCS / "decisions.md"]
SAVED = re.compile(r"save\(.*\"(\w+\.\w+)\"")
DECISION = re.compile(
    r"^### (?P<number>\d+)\. (?P<title>.+)\n\n\*(?P<date>\d{4}-\d\d-\d\d)\.\* (?P<reason>\S.+)", re.MULTILINE
)
SERVES = "sandbox"  # a command that runs until it is stopped


EXAMPLES = [
    pytest.param(page, block, id=f"{page.name}:{block.line}") for page in GUIDES for block in blocks(page, "python")
]


@pytest.mark.parametrize(("page", "block"), EXAMPLES)
def test_python_runs_and_prints_what_is_shown(
    page: Path, block: Block, box: Sandbox, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    output = run(page, block, box)
    expected = block.output or ""
    assert matches(output, expected) or update(page, block.text, expected, output, pytestconfig), output
    for name in SAVED.findall(block.text):
        assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in GUIDES])
def test_console_lines_do_what_is_shown(page: Path, served_box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    for step in steps(page):
        check(step, served_box, capsys)


def check(step: Step, box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = step.words
    if program == "krea-client" and arguments[0] == SERVES:
        commands.command(SERVES).make_context(SERVES, arguments[1:])  # raises for an option that does not exist
    elif program == "krea-client":
        newest = box.jobs[-1]["job_id"] if box.jobs else ""
        code = commands.run([newest if word == "ID" else word for word in arguments])
        output = "".join(capsys.readouterr())
        assert step.output or code == 0, output
        assert not step.output or matches(output, step.output), output
    elif program == "export":
        assert {word.partition("=")[0] for word in arguments} <= {BASE_URL_NAME, *TOKEN_NAMES}
    elif program == "pip":
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
        assert arguments[0] == "install"
        assert set(arguments[1].partition("[")[2].rstrip("]").split(",")) <= set(extras)
    else:
        assert (ROOT / program).is_file(), f"no test runs {program!r}"


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_decisions_are_numbered_without_gaps_and_have_a_date_and_a_reason() -> None:
    text = (DOCS / "decisions.md").read_text("utf-8")
    decisions = list(DECISION.finditer(text))
    assert [int(decision["number"]) for decision in decisions] == list(range(1, text.count("\n### ") + 1))
    dates = [Date.fromisoformat(decision["date"]) for decision in decisions]
    assert dates == sorted(dates)


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"]({page})" not in index} == set(), "add a line that says when to read it"
