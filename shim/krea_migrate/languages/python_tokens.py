"""Python that the running Python does not parse: other versions' syntax is mended where it stands, or only tokens are read."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from itertools import pairwise

from krea_migrate import ir, profile, time_limit
from krea_migrate.languages import python
from krea_migrate.languages.dialects import PYTHON
from krea_migrate.limits import READING

MENDED = "is not Python {version}'s syntax: {lines} read by tokens, nothing in the file counts as certain"
TOKENS = "is not Python {version}'s syntax: it was read by tokens, nothing in it counts as certain"

_EXCEPT = re.compile(rb"^(\s*except\*?\s+[\w.]+)(\s*,[^:(]*)(:.*)$")
_PRINT = re.compile(rb"^(\s*)print(\s+[^(=\s>].*|\s*>>.*)$")
_GENERIC = re.compile(rb"^(\s*(?:async\s+)?(?:def|class)\s+\w+)(\[[^\]]*\])(.*)$")
_TEMPLATE = re.compile(rb"(?<![\w'\"])[tT](?=[\"'])")
_STRING = re.compile(
    rb"#[^\n]*|(?P<text>(?i:[rbu]{0,2})(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'))",
    re.DOTALL,
)


def read(text: bytes, file: str) -> tuple[ir.Module, str]:
    """Return the module, and what to say of how it was read."""
    from platform import python_version

    version = python_version().rpartition(".")[0]
    mended, lines = _mended(text.replace(b"\0", b" "))
    if mended is not None:
        module = ir.Module(file, file, PYTHON, text)
        with suppress(RecursionError):  # a sum of a thousand terms is no deeper than one for tokens
            python.add(module, mended, 0)
            return module, MENDED.format(version=version, lines=_counted(lines))
    return _by_tokens(text, file), TOKENS.format(version=version)


def _counted(lines: list[int]) -> str:
    first = min(lines, default=1)
    more = len(set(lines)) - 1
    return f"line {first} was" if more < 1 else f"line {first} and {more} more were"


def _mended(text: bytes) -> tuple[bytes | None, list[int]]:
    """Return the text with every line that does not parse put into other words of the same length."""
    lines = re.split(rb"(?<=\n)", text)
    changed: list[int] = []
    for _ in range(READING.mended.value):
        try:
            ast.parse(b"".join(lines))
        except SyntaxError as error:
            number = (error.lineno or 1) - 1
            if number >= len(lines):
                return None, changed
            line = _in_other_words(lines[number], again=number + 1 in changed)
            if line is None or line == lines[number]:
                return None, changed
            lines[number] = line
            changed.append(number + 1)
        except (ValueError, RecursionError, MemoryError):
            return None, changed
        else:
            return b"".join(lines), changed
    return None, changed


def _in_other_words(line: bytes, *, again: bool) -> bytes | None:
    body = line.rstrip(b"\r\n")
    end = line[len(body) :]
    if match := _EXCEPT.match(body):
        return match[1] + b" " * len(match[2]) + match[3] + end
    if match := _GENERIC.match(body):
        return match[1] + b" " * len(match[2]) + match[3] + end
    if not again and (match := _PRINT.match(body)) and not match[2].lstrip().startswith(b">>"):
        return match[1] + b"0,   " + match[2] + end
    if not again and _TEMPLATE.search(body):
        return _TEMPLATE.sub(b"f", body) + end
    indent = len(body) - len(body.lstrip())
    word = b"if 1:" if body.rstrip().endswith(b":") else b"pass"
    if len(body) - indent < len(word) or body.strip() in (b"pass", b"if 1:"):
        return None
    return body[:indent] + word + b" " * (len(body) - indent - len(word)) + end


def add(module: ir.Module, text: bytes, shift: int) -> None:
    """Add a text that does not parse and begins `shift` bytes into the file."""
    mended, _ = _mended(text)
    if mended is not None:
        python.add(module, mended, shift)
    else:
        _blocks(module, text, shift)


def _by_tokens(text: bytes, file: str) -> ir.Module:
    module = ir.Module(file, file, PYTHON, text)
    _blocks(module, text, 0)
    return module


def _blocks(module: ir.Module, text: bytes, shift: int) -> None:
    """Read the lines from one at the margin to the next as one block."""
    margins = re.compile(rb"^(?=def |class |async def )", re.MULTILINE)
    starts = [0, *(margin.start() for margin in margins.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        time_limit.check()
        _block(module, text, start, end, shift)


def _block(module: ir.Module, text: bytes, start: int, end: int, shift: int) -> None:
    entries: list[ir.Entry] = []
    address: ir.Node | None = None
    prefix = profile.active().prefix
    for literal in _STRING.finditer(text, start, end):
        raw = literal["text"]
        if raw is None:
            continue
        letters = re.sub(rb"^\w*(\"\"\"|'''|\"|')(.*)\1$", rb"\2", raw, flags=re.DOTALL)
        first, last = literal.start() + shift, literal.end() + shift
        token = ir.Str(first, last, letters.decode("utf-8", "replace"), first + raw.find(letters))
        module.texts.append(token)
        after = text[literal.end() : literal.end() + 2].lstrip()
        behind = text[literal.end() + 1 : literal.end() + 100].lstrip()
        if prefix in token.value:
            address = ir.Str(token.start, token.end, token.value[token.value.index(prefix) :])
        elif after.startswith(b":") or (after.startswith(b"]") and behind.startswith(b"=")):
            entries.append(ir.Entry(token, ir.Opaque(last, last)))
    if address is not None and entries:
        begin = start + shift
        body = ir.Dict(begin, end + shift, entries)
        module.dicts.append((body, module.top, ()))
        module.requests.append(ir.RequestSite(ir.RequestNode(begin, end + shift, address, [body]), module.top, ()))
