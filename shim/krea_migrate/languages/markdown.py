"""Markdown: its code blocks, each by the reader of its language; blocks of one language know each other's names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir, names, profile, time_limit
from krea_migrate.holes import HOLE
from krea_migrate.languages import json_text, python
from krea_migrate.languages.dialects import DIALECTS

_FENCE = re.compile(rb"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<name>[\w+#.-]*)[^\n`]*\r?\n", re.MULTILINE)
PYTHON = frozenset({b"python", b"py", b"python3", b"pycon", b"doctest", b"ipython"})
SHELL = frozenset({b"bash", b"sh", b"shell", b"zsh", b"curl", b"console", b"shell-session", b"terminal"})
SCRIPT = frozenset({b"js", b"javascript", b"ts", b"typescript", b"jsx", b"tsx", b"mjs", b"node", b"nodejs"})
DATA = frozenset({b"json", b"jsonc", b"json5", b"http"})
_PROMPT = re.compile(rb"^[ \t]*>>>(?: |$)", re.MULTILINE)
_QUOTED = re.compile(rb"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_INDENTED = re.compile(rb"(?:\A|\n[ \t]*\r?\n)(?P<inside>(?:(?: {4}|\t)[^\n]*(?:\n|\Z)(?:[ \t]*\n)*)+)")
_LEFT_OPEN = re.compile(r"\{\w+\}|<[\w-]+>")
HEADING = re.compile(rb"^#{1,6}[ \t]", re.MULTILINE)
_ANSWER = re.compile(rb"respon|answer|result|return|output|\b20[0-2]\b", re.IGNORECASE)
_BEFORE = 2000  # bytes before a block in which the line that calls it an answer stands


class Block(NamedTuple):
    """A code block: its language, where its lines begin and end, and where its fence begins."""

    name: bytes
    start: int
    end: int
    fence: int


def blocks(text: bytes) -> Iterator[Block]:
    """Yield the fenced blocks of a document."""
    at = 0
    while opening := _FENCE.search(text, at):
        closing = re.compile(rb"^[ \t>]*" + re.escape(opening["fence"]) + rb"[`~]*[ \t]*\r?$", re.MULTILINE)
        end = closing.search(text, opening.end())
        stop = end.start() if end else len(text)
        yield Block(opening["name"].lower(), opening.end(), stop, opening.start())
        at = end.end() if end else len(text)


def indented(text: bytes, start: int, end: int) -> Iterator[Block]:
    """Yield the indented blocks between two places that no fence encloses."""
    if text.find(b"\n    ", start, end) < 0 and text.find(b"\n\t", start, end) < 0:
        return
    for match in _INDENTED.finditer(text, start, end):
        yield Block(b"", match.start("inside"), match.end("inside"), match.start("inside"))


def kind_of(block: Block, inside: bytes) -> str:
    """Return the language of a block as its fence names it, or as its text shows it; "" where nothing reads it."""
    languages = {**dict.fromkeys(PYTHON, "python"), **dict.fromkeys(SHELL, "shell"), **dict.fromkeys(SCRIPT, "script")}
    if block.name:
        return "data" if block.name in DATA else languages.get(block.name, "")
    if _PROMPT.search(inside):
        return "python"
    return "shell" if b"curl" in inside else ""


def read(text: bytes, file: str, problems: dict[str, str]) -> Iterator[ir.Module]:
    """Yield one module for each language of the document; blocks of one language know each other's names."""
    reader = _Document(text, file, problems)
    at = 0
    for block in blocks(text):
        time_limit.check()
        reader.prose(at, block.fence)
        reader.block(block)
        at = block.end
    reader.prose(at, len(text))
    yield from reader.modules.values()


class _Document:
    """A document that is read from its top: the addresses that its section has named so far, and a module for each language."""

    def __init__(self, text: bytes, file: str, problems: dict[str, str]) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self.modules: dict[str, ir.Module] = {}
        self.names_api = profile.active().spellings[0] in text.lower()
        self.before = 0  # where the text before the next block begins
        self.addresses: dict[bytes, bytes] = {}  # of the section, by what stands behind the prefix

    def module(self, language: str) -> ir.Module:
        return self.modules.setdefault(
            language, ir.Module(self.file, f"{self.file}#{language}", DIALECTS[language], self.text)
        )

    def prose(self, start: int, end: int) -> None:
        """Note the addresses between two blocks, and read the indented blocks there."""
        self.before = start
        headings = [heading.start() for heading in HEADING.finditer(self.text, start, end)]
        if headings:
            self.addresses.clear()
        self._note(headings[-1] if headings else start, end)
        for block in indented(self.text, start, end):
            kind = kind_of(block, self.text[block.start : block.end])
            if kind:
                self._read(block, kind)

    def _note(self, start: int, end: int) -> None:
        for key, address in _addresses(self.text, start, end).items():
            self.addresses.setdefault(key, address)

    def block(self, block: Block) -> None:
        """Read a fenced block."""
        kind = kind_of(block, self.text[block.start : block.end])
        if kind:
            self._read(block, kind)
        self._note(block.start, block.end)

    def _read(self, block: Block, kind: str) -> None:
        inside = self.text[block.start : block.end]
        if b">" in self.text[block.fence : block.start].partition(b"`")[0].partition(b"~")[0]:
            inside = _QUOTED.sub(lambda marks: b" " * len(marks[0]), inside)
        if kind == "python":
            read_python(self.module("python"), inside, block.start)
        elif kind == "shell":
            from krea_migrate.languages import shell

            shell.add(self.module("shell"), re.sub(rb"(?m)^([ \t]*)[$%] ", rb"\1  ", inside), block.start)
        elif kind == "script":
            _script(self.module("script"), inside, block, self.problems)
        else:
            self._json(inside, block)

    def _json(self, inside: bytes, block: Block) -> None:
        """Read a body that stands alone; it belongs to the one address that its first line, the lines before it or its section name."""
        brace = inside.find(b"{")
        head = inside[: max(brace, 0)]
        if brace < 0 or is_answer(self.text, block.fence) or b"HTTP/" in head[:12]:
            return
        addresses = _addresses(head) or _addresses(self.text[self.before : block.fence])
        near = addresses or self.addresses
        if len(near) != 1:
            return
        start = block.start + brace
        body = inside[brace:].decode("utf-8", "replace")
        keys = {member.name for member in json_text.members(body)}
        address = _LEFT_OPEN.sub(HOLE, next(iter(near.values())).decode())
        if not keys or ((not addresses or HOLE in address) and not _fits(keys, address)):
            return
        if HOLE in address and address.startswith("/") and self.names_api:
            address = f"https://{profile.active().host}{address}"
        module = self.module("shell")
        token = ir.Str(start, block.end, body, start)
        module.texts.append(token)
        request = ir.RequestNode(start, block.end, ir.Str(start, start, address), [token])
        module.requests.append(ir.RequestSite(request, module.top, (), weak=True))


def _addresses(text: bytes, start: int = 0, end: int | None = None) -> dict[bytes, bytes]:
    """Return the addresses in a part of a text by what stands behind the prefix, each as it is written first."""
    api = profile.active()
    matches = reversed(list(api.written_address.finditer(text, start, len(text) if end is None else end)))
    return {match[0].rsplit(api.prefix_bytes, 1)[1]: match[0] for match in matches}


def is_answer(text: bytes, end: int) -> bool:
    """Tell whether the line before a block calls it an answer."""
    lines = text[max(0, end - _BEFORE) : end].strip().splitlines()
    return bool(lines and _ANSWER.search(lines[-1]))


def read_python(module: ir.Module, inside: bytes, start: int) -> None:
    """Add a block of Python that begins `start` bytes into the file; of an interactive session what was typed."""
    if _PROMPT.search(inside) is None:
        _python(module, inside, start)
        return
    for at, typed in typed_lines(inside):
        _python(module, typed, start + at)


def typed_lines(session: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what was typed at the prompts of an interactive session, with its place: the same bytes, all others blank.

    Lines of one indentation are one program.
    """
    program: list[bytes] = []
    begin = at = 0
    indent = b""
    for line in session.splitlines(keepends=True):
        stripped = line.lstrip(b" \t")
        lead = line[: len(line) - len(stripped)]
        prompt = stripped[:3] in (b">>>", b"...") and stripped[3:4] in (b" ", b"\n", b"\r", b"")
        if prompt and stripped[:3] == b">>>" and program and lead != indent:
            yield begin, b"".join(program)
            program, begin = [], at
        if prompt:
            indent = lead if stripped[:3] == b">>>" else indent
            program.append(lead + b" " * 3 + stripped[3:])
        else:
            body = line.rstrip(b"\r\n")
            program.append(b" " * len(body) + line[len(body) :])
        at += len(line)
    if program:
        yield begin, b"".join(program)


def _python(module: ir.Module, inside: bytes, start: int) -> None:
    first = re.search(rb"^([ \t]*)[^ \t\r\n]", inside, re.MULTILINE)
    try:
        if first is not None and first[1]:  # in a list: the same bytes, as the lines of a block
            python.add(module, b"if 1:\n" + inside, start - 6)
        else:
            python.add(module, inside, start)
    except (SyntaxError, ValueError, RecursionError):
        from krea_migrate.languages import python_tokens

        python_tokens.add(module, inside, start)


def _script(module: ir.Module, inside: bytes, block: Block, problems: dict[str, str]) -> None:
    try:
        from krea_migrate.languages import script
    except ModuleNotFoundError as missing:
        problems[module.file] = (
            f"has blocks that need {missing.name}; in a checkout of krea-client, run: pip install '.[migrate]'"
        )
        return
    script.add(module, inside, block.start, "tsx")


def _fits(keys: set[str], address: str) -> bool:
    """Tell whether all keys are fields of the operations that an address may lead to, under their names of today or earlier ones."""
    prefix = profile.active().prefix
    return keys <= _fields(prefix + address.rsplit(prefix, 1)[1])


@profile.for_each_api
def _fields(address: str) -> frozenset[str]:
    pattern = re.compile(".*".join(map(re.escape, address.split(HOLE))))
    operations = [entry for path, entry in names.table().by_path.items() if pattern.fullmatch(path)]
    return frozenset(
        name for operation in operations for name in (*operation.fields, *operation.aliases, *operation.retired)
    )
