"""docs/models.md is what the specification gives; the pages of the kinds run as they stand and print what they show."""

import re
from pathlib import Path

import pytest

import models_docs
from krea_client._spec.catalogue import catalogue
from krea_client.sandbox import Sandbox

from ...page_output import update

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = sorted((DOCS / "kinds").glob("*.md"))
EXAMPLE = re.compile(r"^```python\n(?P<source>.*?)^```\n\n```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
EXAMPLES = [
    pytest.param(page, results["source"], results["shown"], id=f"{page.stem}-{number}")
    for page in PAGES
    for number, results in enumerate(EXAMPLE.finditer(page.read_text("utf-8")))
]


def test_the_table_is_up_to_date() -> None:
    assert models_docs.PAGE.read_text("utf-8") == models_docs.page(catalogue()), "run scripts/models-docs"


def test_the_table_has_every_model_once() -> None:
    classes = re.findall(r"^\| `[^`]+` \| `(\w+)` \|", models_docs.PAGE.read_text("utf-8"), re.MULTILINE)
    models = catalogue().models.values()
    assert sorted(classes) == sorted(catalogue().index["operations"][name]["request_class"] for name in models)


def test_every_kind_has_a_page_and_every_example_shows_what_it_prints() -> None:
    assert {page.stem for page in PAGES} == {full.partition("/")[0] for full in catalogue().models}
    assert len(EXAMPLES) == sum(page.read_text("utf-8").count("```python") for page in PAGES)


@pytest.mark.parametrize(("page", "source", "output"), EXAMPLES)
def test_the_example_runs_and_prints_what_is_shown(
    page: Path,
    source: str,
    output: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in re.findall(r'Path\("(.*?)"\)', source):
        Path(name).write_bytes(PICTURE)
    box = Sandbox(time_scale=0, date="2026-11-20")
    messages = re.sub(
        r"\b((?:Async)?Krea)\(", r"\1(token='sandbox', transport=BOX.transport(), clock=BOX.clock, ", source
    )
    exec(compile(messages, "example.py", "exec"), {"__name__": "__main__", "BOX": box})
    printed = capsys.readouterr().out
    assert printed.split() == output.split() or update(page, source, output, printed, pytestconfig)
    assert box.totals.completed == box.totals.accepted > 0


def test_links_of_the_pages_lead_somewhere() -> None:
    headings = {
        f"#{name.lower()}" for name in re.findall(r"^## (.+)$", models_docs.PAGE.read_text("utf-8"), re.MULTILINE)
    }
    for page in [*PAGES, models_docs.PAGE]:
        for target, anchor in re.findall(r"\]\(([^)#]*)(#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists()
            assert not anchor or anchor in headings
