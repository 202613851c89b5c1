"""Markdown pages as programs: their blocks, the output shown under each, and the way to run one against a sandbox."""

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
NAMED = re.compile(r"# (\w+\.py)\n")
OPENING = "<!-- opening -->"  # stands before the block that every later one of the page goes on from
CLIENT = re.compile(r"\b((?:Async)?Krea)\((?![\"'])")
SEEDED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LINK = re.compile(r"\]\((?!https?://)([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page, and the output shown under it, if any."""

    line: int
    text: str
    shown: str | None


class Step(NamedTuple):
    """A command line of a console block, and what is shown to come of it; nothing where the page does not tell."""

    words: list[str]
    shown: str


def blocks(page: Path, language: str) -> list[Block]:
    text = page.read_text("utf-8")
    found = list(FENCE.finditer(text))
    following = {one.end(): two for one, two in pairwise(found) if not text[one.end() : two.start()].strip()}
    shown = {end: block["text"] for end, block in following.items() if block["language"] == "text"}
    return [
        Block(text[: block.start()].count("\n") + 1, block["text"], shown.get(block.end()))
        for block in found
        if block["language"] == language
    ]


def opening(page: Path, block: Block) -> str:
    """The block that this one goes on from; empty where it stands for itself."""
    text = page.read_text("utf-8")
    if OPENING not in text:
        return ""
    start = text[: text.index(OPENING)].count("\n") + 1
    first = next(one for one in blocks(page, "python") if one.line > start)
    return first.text if block.line > first.line else ""


def played(page: Path, block: Block, box: Sandbox) -> str:
    """What a Python block says when it runs: what it prints, then its warnings, each with its line.

    `Krea(...)` and `AsyncKrea(...)` without a token of their own find the sandbox in the API's place.
    """
    here = {"token": "sandbox", "transport": box.transport(), "clock": box.clock}
    scope: dict[str, Any] = {"__name__": "__main__", "HERE": here}
    named = NAMED.match(block.text)
    said = StringIO()
    with redirect_stdout(said), warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        for name, code in ("opening.py", opening(page, block)), (named[1] if named else "example.py", block.text):
            exec(compile(CLIENT.sub(r"\1(**HERE, ", code), name, "exec"), scope)
    told = [f"{one.filename}:{one.lineno}: {one.category.__name__}: {one.message}" for one in raised]
    return " ".join([said.getvalue(), *told])


def comes_to(said: str, shown: str) -> bool:
    """Whether a page shows what was said: word by word, any job id for another, and `...` for any words that come between."""
    words, pattern = (" ".join(SEEDED.sub("ID", text).split()) for text in (said, shown))
    return re.fullmatch(re.escape(pattern).replace(re.escape(" ... "), " .*"), words) is not None


def steps(page: Path) -> list[Step]:
    found: list[Step] = []
    for block in blocks(page, "console"):
        head, *parts = re.split(r"^\$ ", block.text.replace("\\\n", " "), flags=re.MULTILINE)
        assert head == "", f"{page.name}:{block.line}: a console block begins with a command"
        for part in parts:
            line, _, shown = part.partition("\n")
            found.append(Step(shlex.split(line, comments=True), shown))
    return found


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings can be linked to, as GitHub makes them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    broken: list[str] = []
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    return broken
