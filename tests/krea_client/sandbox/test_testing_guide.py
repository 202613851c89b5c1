"""docs/testing.md and the suite beside it are what a user would run, so they are run."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from krea_client.cli import commands
from krea_client.sandbox import Request, Sandbox
from krea_client.sandbox.control_api import READS, WRITES, control

pytest_plugins = ["pytester"]
Run = Callable[..., pytest.RunResult]

DOCS = Path(__file__).resolve().parents[3] / "docs"
GUIDE = (DOCS / "testing.md").read_text("utf-8")
BLOCKS = {
    language: re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    for language in ("python", "console")
}


def test_every_block_is_a_test_that_passes(pytester: pytest.Pytester, their_pytest: Run) -> None:
    pytester.makepyfile(**{f"test_block_{number}": block for number, block in enumerate(BLOCKS["python"])})
    tests = sum(block.count("def test_") for block in BLOCKS["python"])
    assert all("def test_" in block for block in BLOCKS["python"])
    their_pytest().assert_outcomes(passed=tests)


def test_the_suite_to_copy_passes(pytester: pytest.Pytester, their_pytest: Run) -> None:
    for file in (DOCS / "examples" / "testing").iterdir():
        if file.is_file():
            (pytester.path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    their_pytest().assert_outcomes(passed=6)


def console() -> list[list[str]]:
    lines = [line[2:] for block in BLOCKS["console"] for line in block.splitlines() if line.startswith("$ ")]
    return [shlex.split(line) for line in lines]


def test_commands_are_understood(box: Sandbox) -> None:
    programs = [line[0] for line in console()]
    assert {"krea-client", "curl"} <= set(programs)
    for program, *arguments in console():
        if program == "krea-client":
            commands.command(arguments[0]).make_context(arguments[0], arguments[1:])
        elif program == "curl":
            assert control(box, request_of(arguments)).status == 200


def request_of(curl: list[str]) -> Request:
    address = urlsplit(next(word for word in curl if word.startswith("http")))
    method = curl[curl.index("-X") + 1] if "-X" in curl else "GET"
    return Request(method, address.path, body=curl[curl.index("-d") + 1].encode() if "-d" in curl else b"")


def test_every_control_call_is_in_the_table() -> None:
    documented = {name: method for method, name in re.findall(r"`(GET|POST) /__sandbox__/(\w+)`", GUIDE)}
    assert documented == {**dict.fromkeys(READS, "GET"), **dict.fromkeys(WRITES, "POST")}


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", GUIDE)
    assert targets
    assert [target for target in targets if not (DOCS / target).exists()] == []
