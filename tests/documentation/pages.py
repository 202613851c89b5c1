"""Markdown pages as programs: their blocks, the output shown under each, and how to run one against a sandbox."""

import re
import shlex
import warnings
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from krea_client.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"# (\w+\.py)\n")
OPENING = "<!-- opening -->"  # marks the block that every later one of the page continues
CLIENT = re.compile(r"\b((?:Async)?Krea)\((?![\"'])")
SEEDED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LINK = re.compile(r"\]\((?!https?://)([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page, and the output shown under it, if any."""

    line: int
    text: str
    output: str | None


class Step(NamedTuple):
    """A command line of a console block, and the output shown for it; empty where the page shows none."""

    words: list[str]
    output: str


def blocks(page: Path, language: str) -> list[Block]:
    text = page.read_text("utf-8")
    fences = list(FENCE.finditer(text))
    adjacent = {
        first.end(): second for first, second in pairwise(fences) if not text[first.end() : second.start()].strip()
    }
    outputs = {end: fence["text"] for end, fence in adjacent.items() if fence["language"] == "text"}
    return [
        Block(text[: fence.start()].count("\n") + 1, fence["text"], outputs.get(fence.end()))
        for fence in fences
        if fence["language"] == language
    ]


def opening(page: Path, block: Block) -> str:
    """Return the block that this one continues; empty where it stands for itself."""
    text = page.read_text("utf-8")
    if OPENING not in text:
        return ""
    start = text[: text.index(OPENING)].count("\n") + 1
    first = next(candidate for candidate in blocks(page, "python") if candidate.line > start)
    return first.text if block.line > first.line else ""


def run(page: Path, block: Block, box: Sandbox) -> str:
    """Run a Python block and return its output: what it prints, then its warnings, each with its line.

    `Krea(...)` and `AsyncKrea(...)` without a token of their own use the sandbox instead of the API.
    """
    client_arguments = {"token": "sandbox", "transport": box.transport(), "clock": box.clock}
    scope: dict[str, Any] = {"__name__": "__main__", "HERE": client_arguments}
    file_name = FILE_NAME.match(block.text)
    printed = StringIO()
    with redirect_stdout(printed), warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        programs = (("opening.py", opening(page, block)), (file_name[1] if file_name else "example.py", block.text))
        for name, code in programs:
            exec(compile(CLIENT.sub(r"\1(**HERE, ", code), name, "exec"), scope)
    lines = [
        f"{entry.filename}:{entry.lineno}: {entry.category.__name__}: {entry.message}" for entry in recorded_warnings
    ]
    return " ".join([printed.getvalue(), *lines])


def matches(output: str, expected: str) -> bool:
    """Return whether output is what a page shows: word by word, any job id for another, and `...` for any words between."""
    words, pattern = (" ".join(SEEDED.sub("ID", text).split()) for text in (output, expected))
    return re.fullmatch(re.escape(pattern).replace(re.escape(" ... "), " .*"), words) is not None


def steps(page: Path) -> list[Step]:
    commands: list[Step] = []
    for block in blocks(page, "console"):
        head, *parts = re.split(r"^\$ ", block.text.replace("\\\n", " "), flags=re.MULTILINE)
        assert head == "", f"{page.name}:{block.line}: a console block begins with a command"
        for part in parts:
            line, _, output = part.partition("\n")
            commands.append(Step(shlex.split(line, comments=True), output))
    return commands


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    targets = LINK.findall(FENCE.sub("", page.read_text("utf-8")))
    return [target for target in targets if not resolves(page, target)]


def resolves(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    return file.exists() and (not anchor or file.suffix != ".md" or anchor in anchors(file))
