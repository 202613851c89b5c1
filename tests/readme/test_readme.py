"""What README.md shows is what happens: its Python runs against the sandbox, its output is compared, its commands exist."""

import re
import shlex
import warnings
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from krea_client.cli import commands
from krea_client.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\w+\.py)\n")


class Block(NamedTuple):
    """A fenced block of the README, and the output shown under it, if any."""

    line: int
    text: str
    shown: str | None


def blocks(language: str) -> list[Block]:
    found = list(FENCE.finditer(README))
    following = {one.end(): two for one, two in pairwise(found) if not README[one.end() : two.start()].strip()}
    shown = {end: block["text"] for end, block in following.items() if block["language"] == "text"}
    return [
        Block(README[: block.start()].count("\n") + 1, block["text"], shown.get(block.end()))
        for block in found
        if block["language"] == language
    ]


@pytest.mark.parametrize("block", [pytest.param(block, id=f"line {block.line}") for block in blocks("python")])
def test_python_runs_and_prints_what_is_shown(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    box = Sandbox(time_scale=0, date="2026-11-20")
    source = re.sub(
        r"\b((?:Async)?Krea)\(\)", r"\1(token='sandbox', transport=BOX.transport(), clock=BOX.clock)", block.text
    )
    assert source != block.text, "a block that makes no client would reach for the real API"
    named = NAMED.match(source)
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        exec(compile(source, named[1] if named else "example.py", "exec"), {"__name__": "__main__", "BOX": box})
    told = [f"{one.filename}:{one.lineno}: {one.category.__name__}: {one.message}" for one in raised]
    said = " ".join([capsys.readouterr().out, *told])
    assert said.split() == (block.shown or "").split()
    for picture in re.findall(r'"(\w+\.png)"', block.text):
        assert Path(picture).read_bytes().startswith(b"\x89PNG")


def command_lines() -> list[list[str]]:
    text = "".join(block.text for block in blocks("console")).replace("\\\n", " ")
    return [shlex.split(line[2:], comments=True) for line in text.splitlines() if line.startswith("$ ")]


def test_commands_exist() -> None:
    lines = command_lines()
    assert ["scripts/demo"] in lines
    assert ["scripts/test"] in lines
    for program, *arguments in lines:
        if program.startswith("scripts/"):
            assert (ROOT / program).is_file()
        elif program == "krea-client":
            name, *options = arguments
            command = commands.cli.commands[name]
            command.make_context(name, options)  # raises on an option that does not exist


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
