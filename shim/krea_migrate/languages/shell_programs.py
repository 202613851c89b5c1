"""Programs of another language inside a shell program: python3 -c "...", node -e '...', python3 - <<PY."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from krea_migrate import ir
from krea_migrate.languages import python
from krea_migrate.languages.dialects import DIALECTS, PYTHON
from krea_migrate.languages.shell_files import ShellFiles
from krea_migrate.languages.shell_words import ShellWord

_PYTHON = re.compile(r"python(?:\d(?:\.\d+)?)?|pypy3?|uv")
_SCRIPT = frozenset({"node", "bun", "deno"})
_CODE = frozenset({"-c", "-e", "-p", "-pe", "--eval", "--print"})
_FILLED = re.compile(rb"\\([\"$`\\])|\$(?:\{[^}]*\}|\([^()]*\)|\w+)")
_PRINTS = frozenset({"print", "log", "write", "dump"})


def language_of(name: str) -> str | None:
    """Return the language of the programs that a command runs."""
    return "python" if _PYTHON.fullmatch(name) else "script" if name in _SCRIPT else None


def output(shell: ShellFiles, language: str, words: Sequence[ShellWord], fed: ir.Node | None) -> ir.Node:
    """Read the program that a command is given; gives what it prints, as far as that is one value."""
    code = next((after for word, after in pairwise(words) if word.raw in _CODE), None)
    if code is not None:
        start, end, quoted = code.start + 1, code.end - 1, code.raw[:1] in ("'", '"')
        if not quoted or code.raw[-1:] != code.raw[:1]:
            return shell.scopes.opaque(code.start)
        first, last, filled = shell.scopes.place(start), shell.scopes.place(end), code.raw[0] == '"'
    elif isinstance(fed, (ir.Str, ir.Text)) and not any(word.raw.endswith((".py", ".js", ".mjs")) for word in words):
        first, last, filled = fed.start, fed.end, isinstance(fed, ir.Text)
    else:
        return shell.scopes.opaque()
    outer = shell.scopes.module
    inside = outer.source[first:last]
    module = ir.Module(outer.file, f"{outer.dotted}#{first}", DIALECTS[language], outer.source)
    if _read(module, _plain(inside) if filled else inside, first):
        outer.inner.append(module)
        calls = [site.call for site in module.calls]
        outputs = [call.args[0] for call in calls if ir.tail(call.of) in _PRINTS and call.args]
        if len(outputs) == 1:
            return outputs[0]
    return shell.scopes.opaque()


def _plain(inside: bytes) -> bytes:
    """Return the program in as many letters: escaped ones by themselves, a name for what is filled in."""
    quotes = 0

    def blank(match: re.Match[bytes]) -> bytes:
        nonlocal quotes
        quotes += match[1] == b'"'
        if match[1] == b'"' and quotes % 2 == 0:
            return b'" '  # the closing one: nothing comes into the string
        return b" " + match[1] if match[1] else b"_" * len(match[0])

    return _FILLED.sub(blank, inside)


def _read(module: ir.Module, inside: bytes, shift: int) -> bool:
    try:
        if module.dialect is PYTHON:
            python.add(module, inside, shift)
        else:
            from krea_migrate.languages import script

            script.add(module, inside, shift, "js")
    except (SyntaxError, ValueError, RecursionError, ModuleNotFoundError):
        return False
    return True
