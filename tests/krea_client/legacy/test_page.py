"""docs/legacy.md: its programs run against a sandbox and print the output shown below each."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client import legacy
from krea_client.sandbox import Sandbox, running

PAGE = Path(__file__).resolve().parents[3] / "docs" / "legacy.md"
TEXT = PAGE.read_text("utf-8")
EXAMPLE = re.compile(r"^```python\n(?P<source>.*?)^```\n\n```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ krea-client (.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([\w./-]+)(#[\w-]+)?\)")
API = "https://api.krea.ai"
FILE_NAME = re.compile(r"# (\w+\.py)\n")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(Sandbox(date="2026-11-20", concurrent=100)) as url:
        yield url


@pytest.mark.parametrize(
    "example", list(EXAMPLE.finditer(TEXT)), ids=lambda match: f"line {TEXT[: match.start()].count(chr(10)) + 1}"
)
def test_python_runs_and_prints_what_is_shown(
    example: re.Match[str], url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KREA_BASE_URL", url)
    source = example["source"].replace(API, url).replace('"https://"', '"http://"')
    assert source != example["source"], "a block that calls nobody shows nothing"
    file_name = FILE_NAME.match(source)
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", FutureWarning)
        exec(compile(source, file_name[1] if file_name else "example.py", "exec"), {"__name__": "__main__"})
    legacy.uninstall()
    warning_lines = [
        f"{warning.filename}:{warning.lineno}: {warning.category.__name__}: {warning.message}" for warning in raised
    ]
    assert " ".join([capsys.readouterr().out, *warning_lines]).split() == example["shown"].split()


def test_every_program_on_it_shows_what_comes() -> None:
    assert len(EXAMPLE.findall(TEXT)) == TEXT.count("```python\n") > 3


def test_its_commands_are_there() -> None:
    from krea_client.cli.commands import command

    lines = [line.split() for line in COMMAND.findall(TEXT)]
    assert len(lines) > 3
    for name, *words in lines:
        command(name).make_context(name, words)


def test_its_links_lead_somewhere() -> None:
    assert [name for name, _ in LINK.findall(TEXT) if not (PAGE.parent / name).exists()] == []
