"""docs/cli.md: its help texts are those of the commands, and its console blocks are one session that is run on a sandbox."""

import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import cli_docs
import man_pages
from krea_client.cli import clients, commands
from krea_client.sandbox import Sandbox

from ...page_output import update

PAGE = cli_docs.PAGE.read_text("utf-8")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"\$ (?:echo (?P<input>'.*') \| )?(?P<words>krea-client .*)")


def test_every_command_is_documented_as_it_is() -> None:
    new, faults = cli_docs.filled(PAGE)
    assert faults == []
    assert new == PAGE, "run scripts/cli-docs"


def test_what_is_stale_or_missing_is_told() -> None:
    block = "<!-- help: krea-client {} -->\n```text\nold\n```"
    new, faults = cli_docs.filled(f"Before.\n\n{block.format('spec')}\n\n{block.format('nonsense')}\n\nAfter.\n")
    assert new.startswith("Before.\n\n<!-- help: krea-client spec -->\n```text\nUsage: krea-client spec [OPTIONS]")
    assert new.endswith("\n\nAfter.\n")
    assert "no command is called 'krea-client nonsense': remove its block" in faults
    assert any("'krea-client jobs list' is not documented" in fault for fault in faults)


def session() -> list[tuple[str | None, str, str]]:
    """Return each command line with what is piped into it, and what it prints."""
    steps: list[tuple[str | None, str, str]] = []
    for block in CONSOLE.findall(PAGE):
        head, *parts = re.split(r"^(?=\$ )", block, flags=re.MULTILINE)
        assert head == ""
        for part in parts:
            command, _, output = part.partition("\n")
            if match := LINE.fullmatch(command):
                steps.append((match["input"], match["words"], output))
    return steps


def test_the_session_happens_as_it_is_shown(
    box: Sandbox,
    maker: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clients, "api_client", lambda *how, **more: maker(None, *how, **more))
    steps = session()
    assert len(steps) > 6
    for input_text, line, expected in steps:
        if input_text is not None:
            text = "".join(shlex.split(input_text)) + "\n"
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        newest = box.jobs[-1]["job_id"] if box.jobs else ""
        commands.run(shlex.split(line.replace("ID", newest))[1:])
        output = "".join(capsys.readouterr())
        printed = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda _: "ID", output)
        assert printed.split() == expected.split() or update(cli_docs.PAGE, line, expected, printed, pytestconfig)


def test_the_manual_pages_have_the_help_texts() -> None:
    present = {file.name: file.read_text("utf-8") for file in man_pages.FOLDER.glob("*.1")}
    assert present == man_pages.pages(), "run scripts/man-pages"


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff, of Debian's package groff")
def test_the_manual_pages_are_read_without_a_warning() -> None:
    pages = sorted(map(str, man_pages.FOLDER.glob("*.1")))
    completed = subprocess.run(["groff", "-man", "-ww", "-z", *pages], capture_output=True, text=True, check=True)
    assert completed.stderr == ""


def test_a_manual_page_says_all_of_a_command() -> None:
    page = man_pages.pages()["krea-client-jobs.1"]
    for text in (".SS krea\\-client jobs wait", "\\fB\\-\\-deadline SECONDS\\fR", "\\fBkrea\\-client\\fR(1)"):
        assert text in page
    assert "\\fB141\\fR" in man_pages.pages()["krea-client.1"]


def test_a_manual_page_has_no_links_of_markdown() -> None:
    assert [name for name, page in man_pages.pages().items() if "](" in page] == []
