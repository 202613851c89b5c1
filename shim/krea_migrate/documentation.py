"""KREA402: tables, lists and texts that tell people or agents the deprecated name of a field."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from krea_migrate import ir, names, profile, unread, walk
from krea_migrate.findings import Finding
from krea_migrate.languages import json_text, markdown
from krea_migrate.source import Source

CODE, TITLE = "KREA402", "Documentation that names deprecated fields"
TOLD = "the documentation names it"
SPEAKS = "a text that speaks of {api} names it"
_DATA = markdown.DATA | {b"jsonl", b"ndjson", b"yaml", b"yml"}
_PLAIN = frozenset({b"", b"text", b"txt", b"plain", b"plaintext", b"markdown", b"md"})
# nothing that is sent
_QUIET = frozenset({b"diff", b"patch", b"mermaid", b"css", b"scss", b"less", b"sql", b"log", b"output"})
_QUOTES = re.compile(rb"[ \t]*(?:>[ \t]?)*")
_ITEM = re.compile(rb"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]|[ \t]*\||.{0,200}<(?:td|th|li|dt)\b")
_FIELD = re.compile(rb"\W{0,6}$")  # what stands before a field that begins its line
_AFTER = re.compile(rb"[\"'`*]{0,4}\??[ \t]*(?:\(|:|=|\xe2\x80\x94|\xe2\x80\x93|- |\|)")
_KEY = re.compile(rb"[\"'`]\s{0,3}:")  # what stands behind the key of an object
_HOST = re.compile(rb"https?://([\w.-]+)")
_WORD = re.compile(rb"(?<![\w$.])[A-Za-z]\w*(?!\w)")
_CODE_WORD = re.compile(rb"`(\w+)`")
_SECTION = 4000  # bytes before a block in which its heading stands
_FIELDS = 3  # names of fields that make a line of prose a list of them
_LONG = 40  # bytes: a shorter text is a name or an address


def in_markdown(source: Source, reported: AbstractSet[int]) -> Iterator[Finding]:
    """Yield the deprecated names in tables, lists and blocks in other languages of a document that speaks of Krea.

    Args:
        source: the document.
        reported: where findings of other rules begin.
    """
    text = source.text
    if not walk.speaks(text) or unread.deprecated().search(text) is None:
        return
    fences = list(markdown.blocks(text))
    starts = [block.fence for block in fences]
    quiet = [(block.start, block.end) for block in _read_blocks(text, fences)]
    quiet_starts = [start for start, _ in quiet]
    counts: dict[bytes, int] = {}
    for word in unread.deprecated().finditer(text):
        at = word.start()
        index = bisect_right(quiet_starts, at) - 1
        if {at, at - 1} & reported or (index >= 0 and at < quiet[index][1]):
            continue
        index = bisect_right(starts, at) - 1
        block = fences[index] if index >= 0 and at < fences[index].end else None
        finding = _judged(source, word, block)
        if finding is not None:
            counts[word[0]] = counts.get(word[0], 0) + 1
            if counts[word[0]] <= unread.PLACES:
                yield finding


def _read_blocks(text: bytes, fences: list[markdown.Block]) -> Iterator[markdown.Block]:
    """Yield the blocks that a reader has followed, fenced or indented."""
    at = 0
    for block in [*fences, None]:
        for inner in markdown.indented(text, at, block.fence if block is not None else len(text)):
            if markdown.kind_of(inner, text[inner.start : inner.end]):
                yield inner
        if block is not None:
            is_data = block.name in _DATA
            if (
                (is_data and not _is_body(text, block))
                or block.name in _QUIET
                or (not is_data and markdown.kind_of(block, text[block.start : block.end]))
            ):
                yield block
            at = block.end


def _is_body(text: bytes, block: markdown.Block) -> bool:
    """Tell whether an object has a prompt and fields only, and neither is called an answer nor stands among other hosts."""
    if block.name not in markdown.DATA or markdown.is_answer(text, block.fence):
        return False
    inside = text[block.start : block.end]
    keys = {member.name for member in json_text.members(inside[max(0, inside.find(b"{")) :].decode("utf-8", "replace"))}
    if "prompt" not in keys or not keys <= names.table().fields | names.table().interesting:
        return False
    headings = list(markdown.HEADING.finditer(text, max(0, block.fence - _SECTION), block.fence))
    begin = headings[-1].start() if headings else max(0, block.fence - _SECTION)
    hosts = {host[1].lower() for host in _HOST.finditer(text, begin, block.fence)}
    return not hosts or any(host.endswith(profile.active().domain.encode()) for host in hosts)


def _judged(source: Source, word: re.Match[bytes], block: markdown.Block | None) -> Finding | None:
    text, name = source.text, word[0].decode()
    if block is not None and block.name not in _PLAIN | _DATA:
        why = f"a block in {block.name.decode('utf-8', 'replace')} is not read"
        return unread.finding(source.path, name, word.start(), why)
    begin = text.rfind(b"\n", 0, word.start()) + 1
    end = text.find(b"\n", word.end())
    line = text[begin : end if end >= 0 else len(text)]
    lead = _QUOTES.match(line)
    body = line[lead.end() :] if lead is not None else line
    before = body[: max(0, len(body) - (len(line) - (word.start() - begin)))]
    message = _ITEM.match(body) is not None or (
        _FIELD.fullmatch(before) is not None and _AFTER.match(text, word.end()) is not None
    )
    is_key = block is not None and _KEY.match(text, word.end()) is not None
    if not (message or is_key or _lists_fields(line, word[0], is_code=block is not None)) or _is_mapped(name, line):
        return None
    return unread.finding(source.path, name, word.start(), TOLD, CODE)


def _lists_fields(line: bytes, name: bytes, *, is_code: bool) -> bool:
    """Tell whether a line gives an address of a model, or names several fields: in prose as code, in a block as words."""
    if profile.active().written_address.search(line) is not None:
        return True
    table = names.table()
    known = table.fields | table.interesting
    if not is_code:
        words = {word.decode() for word in _CODE_WORD.findall(line)}
        return name.decode() in words and len(words & known) >= _FIELDS
    return len({word.decode() for word in _WORD.findall(line)} & known) >= _FIELDS - 1


def _is_mapped(name: str, line: bytes) -> bool:
    """Tell whether a line names the new name too, as a table of both does."""
    return any(re.search(rb"\b" + new.encode() + rb"\b", line) for new in names.table().old.get(name, ()))


def in_texts(source: Source, modules: Iterable[ir.Module], reported: AbstractSet[int]) -> Iterator[Finding]:
    """Yield the deprecated names in docstrings and other long texts of a program that speak of Krea themselves."""
    places: set[int] = set()
    for module in modules:
        for token in module.texts:
            if token.end - token.start < _LONG:
                continue
            raw = source.text[token.start : token.end]
            if (b" " not in raw and b"\n" not in raw) or not walk.speaks(raw):
                continue
            for word in unread.deprecated().finditer(source.text, token.start, token.end):
                at = word.start()
                line = source.text[source.text.rfind(b"\n", 0, at) + 1 : max(at, source.text.find(b"\n", at))]
                if at in places or {at, at - 1} & reported or _is_mapped(word[0].decode(), line):
                    continue
                places.add(at)
                yield unread.finding(source.path, word[0].decode(), at, profile.active().say(SPEAKS), CODE)
