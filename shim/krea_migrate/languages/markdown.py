"""Markdown: its code blocks, each by the reader of its language; blocks of one language know each other's names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir, names
from krea_migrate.holes import HOLE
from krea_migrate.languages import json_text, python, shell

_FENCE = re.compile(rb"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<name>[\w+-]*)[^\n`]*\r?\n", re.MULTILINE)
_PYTHON = frozenset({b"python", b"py", b"python3", b"pycon"})
_SHELL = frozenset({b"bash", b"sh", b"shell", b"zsh", b"curl", b"console", b"shell-session"})
_SCRIPT = frozenset({b"js", b"javascript", b"ts", b"typescript", b"jsx", b"tsx", b"mjs", b"node", b"nodejs"})
_DATA = frozenset({b"json", b"jsonc", b"json5", b"http"})
_STEP = rb"(?:[\w.-]*\w|\{\w+\}|<[\w-]+>)"
_ADDRESS = re.compile(rb"(?:https?://[\w.:-]+)?/generate/" + _STEP + rb"(?:/" + _STEP + rb")*")
_LEFT_OPEN = re.compile(r"\{\w+\}|<[\w-]+>")
_HEADING = re.compile(rb"^#{1,6}[ \t]", re.MULTILINE)
_ANSWER = re.compile(rb"respon|answer|result|return|output|\b20[0-2]\b", re.IGNORECASE)


class Block(NamedTuple):
    """A code block: its language and where its lines begin and end."""

    name: bytes
    start: int
    end: int
    fence: int


def blocks(text: bytes) -> Iterator[Block]:
    """The fenced blocks of a document."""
    at = 0
    while found := _FENCE.search(text, at):
        closing = re.compile(rb"^[ \t>]*" + re.escape(found["fence"]) + rb"[`~]*[ \t]*\r?$", re.MULTILINE)
        end = closing.search(text, found.end())
        stop = end.start() if end else len(text)
        yield Block(found["name"].lower(), found.end(), stop, found.start())
        at = end.end() if end else len(text)


def read(text: bytes, file: str, problems: dict[str, str]) -> Iterator[ir.Module]:
    """One module for each language of the document."""
    modules: dict[str, ir.Module] = {}

    def module(language: str) -> ir.Module:
        return modules.setdefault(language, ir.Module(file, f"{file}#{language}", language, text))

    above = section = 0
    for block in blocks(text):
        inside = text[block.start : block.end]
        before = text[above : block.fence]
        section = max([section, *(above + found.start() for found in _HEADING.finditer(before))])
        above = block.end
        if b">" in text[block.fence : block.fence + 2]:
            continue  # a quotation: its marks stand in every line
        if block.name in _PYTHON:
            _python(module("python"), inside, block)
        elif block.name in _SHELL:
            shell.add(module("shell"), re.sub(rb"(?m)^\$ ", b"  ", inside), block.start)
        elif block.name in _SCRIPT:
            _script(module("script"), inside, block, problems)
        elif block.name in _DATA:
            _json(module("shell"), inside, block, before, text[section : block.fence])
        elif not block.name and b"curl" in inside:
            shell.add(module("shell"), inside, block.start)
    yield from modules.values()


def is_answer(before: bytes) -> bool:
    """The line before a block calls it an answer."""
    lines = before[-2000:].strip().splitlines()
    return bool(lines and _ANSWER.search(lines[-1]))


def _python(module: ir.Module, inside: bytes, block: Block) -> None:
    first = re.match(rb"[ \t]*", inside)
    indent = first[0] if first else b""
    try:
        if indent:  # in a list: the same bytes, as the lines of a block
            python.add(module, b"if 1:\n" + inside, block.start - 6)
        else:
            python.add(module, inside, block.start)
    except (SyntaxError, ValueError, RecursionError):
        from krea_migrate.languages import python_tokens

        python_tokens.add(module, inside, block.start)


def _script(module: ir.Module, inside: bytes, block: Block, problems: dict[str, str]) -> None:
    try:
        from krea_migrate.languages import script
    except ModuleNotFoundError as missing:
        problems[module.file] = (
            f"has blocks that need {missing.name}; in a checkout of krea-client, run: pip install '.[migrate]'"
        )
        return
    script.add(module, inside, block.start, "tsx")


def _json(module: ir.Module, inside: bytes, block: Block, before: bytes, section: bytes) -> None:
    """A body that stands alone: it belongs to the one address that its own first line, the lines before it or the section name."""
    brace = inside.find(b"{")
    head = inside[: max(brace, 0)]
    if brace < 0 or is_answer(before) or b"HTTP/" in head[:12]:
        return
    found = list(_ADDRESS.finditer(head)) or list(_ADDRESS.finditer(before))
    near = found or list(_ADDRESS.finditer(section))
    if len({one[0].rsplit(b"/generate/", 1)[1] for one in near}) != 1:
        return
    start = block.start + brace
    body = inside[brace:].decode("utf-8", "replace")
    keys = {one.name for one in json_text.members(body)}
    address = _LEFT_OPEN.sub(HOLE, near[0][0].decode())
    if not keys or ((not found or HOLE in address) and not _fits(keys, address)):
        return
    if HOLE in address and address.startswith("/") and b"krea" in module.source.lower():
        address = "https://api.krea.ai" + address
    token = ir.Str(start, block.end, body, start)
    module.texts.append(token)
    call = ir.Call(start, block.end, ir.Name(start, start, "curl", module.top, 0, ()), [], [])
    call.words = [ir.Word("url", ir.Str(start, start, address), -1), ir.Word("data", token, -1)]
    module.calls.append(ir.CallSite(call, module.top, (), weak=True))


def _fits(keys: set[str], address: str) -> bool:
    """All keys are fields of the operations that an address may lead to, under the names of today or earlier ones."""
    pattern = re.compile(".*".join(map(re.escape, ("/generate/" + address.rsplit("/generate/", 1)[1]).split(HOLE))))
    operations = [one for path, one in names.table().by_path.items() if pattern.fullmatch(path)]
    return keys <= {name for one in operations for name in (*one.fields, *one.aliases, *one.retired)}
