"""Files that .gitignore, .git/info/exclude, and `exclude` in pyproject.toml leave out, by git's own rules.

Git matches bytes: `?` stands for one byte of a name, so all patterns and paths are bytes here too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_BOM = b"\xef\xbb\xbf"
_LITERAL = re.compile(rb"[^*?\[\\]*")
_CLASSES = {
    b"alnum": rb"0-9A-Za-z",
    b"alpha": rb"A-Za-z",
    b"blank": rb"\x20\t",
    b"cntrl": rb"\x00-\x1f\x7f",
    b"digit": rb"0-9",
    b"graph": rb"\x21-\x7e",
    b"lower": rb"a-z",
    b"print": rb"\x20-\x7e",
    b"punct": rb"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    b"space": rb"\x20\t\n\r\v\f",
    b"upper": rb"A-Z",
    b"xdigit": rb"0-9A-Fa-f",
}


class _NeverMatches(ValueError):
    """The pattern is malformed; git lets it match nothing."""


class _Line(NamedTuple):
    number: int
    prefix: bytes  # compared as it is
    glob: re.Pattern[bytes] | None  # what follows the prefix; None: nothing
    excludes: bool
    folders_only: bool

    def matches(self, path: bytes) -> bool:
        """Tell whether the line names this very path, which ends with a slash for a folder."""
        if path.endswith(b"/"):
            path = path[:-1]
        elif self.folders_only:
            return False
        if self.glob is None:
            return path == self.prefix
        return path.startswith(self.prefix) and self.glob.fullmatch(path, len(self.prefix)) is not None


class Ignored:
    """The lines of one file, relative to the folder it stands in. The last line that matches decides, as in git.

    Args:
        lines: the lines without their ends.
        base: the folder of the file as seen from the top of the walk, with a slash at its end.
        below: for a file above the top of the walk: the way from its folder down to the top.

    A line without a slash looks at names only, and a large tree has few different names: what such lines say of a name is cached.
    """

    def __init__(self, lines: Iterable[bytes], base: str = "", below: str = "") -> None:
        self._base, self._below = len(base), os.fsencode(below)
        self._names: list[_Line] = []
        self._paths: list[_Line] = []
        for number, line in enumerate(lines):
            _add(number, line, self._names, self._paths)
        self._names.reverse()
        self._paths.reverse()
        self._by_name: dict[str, _Line | None] = {}

    def __bool__(self) -> bool:
        return bool(self._names or self._paths)

    def verdict(self, path: str) -> bool | None:
        """Return True for left out, False for kept in spite of another line, None for neither. A folder's path ends with a slash."""
        name = path[path.rfind("/", 0, -1) + 1 :]
        if name not in self._by_name:
            encoded = os.fsencode(name)
            self._by_name[name] = next((line for line in self._names if line.matches(encoded)), None)
        last = self._by_name[name]
        if self._paths:
            full_path = self._below + os.fsencode(path[self._base :])
            for line in self._paths:
                if last is not None and line.number < last.number:
                    break
                if line.matches(full_path):
                    last = line
                    break
        return None if last is None else last.excludes


def _add(number: int, line: bytes, names: list[_Line], paths: list[_Line]) -> None:
    pattern = _without_trailing_spaces(line)
    if not pattern or line.startswith(b"#"):
        return
    excludes = not pattern.startswith(b"!")
    pattern = pattern if excludes else pattern[1:]
    folders_only = pattern.endswith(b"/")
    pattern = pattern[:-1] if folders_only else pattern
    by_name = b"/" not in pattern
    pattern = pattern.removeprefix(b"/")
    if not pattern:
        return
    prefix = _prefix(pattern)
    suffix = pattern[len(prefix) :]
    try:
        glob = re.compile(_expression(suffix, slashes=not by_name), re.DOTALL) if suffix else None
    except _NeverMatches:
        return
    (names if by_name else paths).append(_Line(number, prefix, glob, excludes, folders_only))


def _without_trailing_spaces(line: bytes) -> bytes:
    end = len(line.rstrip(b" "))
    escapes = len(line[:end]) - len(line[:end].rstrip(b"\\"))
    return line[: end + 1] if escapes % 2 and end < len(line) else line[:end]


def _prefix(pattern: bytes) -> bytes:
    """Return what stands before the first sign that means something."""
    literal = _LITERAL.match(pattern)
    return literal[0] if literal is not None else b""


def _expression(glob: bytes, *, slashes: bool) -> bytes:
    """Return the regular expression of a glob; with `slashes` only `**` crosses them, and only where it stands alone."""
    pieces: list[bytes] = []
    at = 0
    while at < len(glob):
        sign = glob[at : at + 1]
        if sign == b"*":
            end = at + len(glob[at:]) - len(glob[at:].lstrip(b"*"))
            alone = (at == 0 or glob[at - 1 : at] == b"/") and glob[end : end + 1] in (b"", b"/")
            if slashes and end - at > 1 and alone:
                if glob[end : end + 1] == b"/":  # also no folder at all
                    pieces.append(rb"(?:.*/)?")
                    end += 1
                else:
                    pieces.append(rb".*")
            else:
                pieces.append(rb"[^/]*" if slashes else rb".*")
            at = end
        elif sign == b"?":
            pieces.append(rb"[^/]")
            at += 1
        elif sign == b"[":
            members, at = _members(glob, at + 1)
            pieces.append(members)
        elif sign == b"\\":
            if at + 1 == len(glob):
                raise _NeverMatches
            pieces.append(re.escape(glob[at + 1 : at + 2]))
            at += 2
        else:
            pieces.append(re.escape(sign))
            at += 1
    return b"".join(pieces)


def _members(glob: bytes, at: int) -> tuple[bytes, int]:
    """Return the set that begins behind a bracket as an expression, and where the glob goes on."""
    negated = glob[at : at + 1] in (b"!", b"^")
    at += negated
    accepted: set[int] = set()
    before: int | None = None
    first = True
    while first or glob[at : at + 1] != b"]":
        first = False
        if glob.startswith(b"[:", at) and (end := glob.find(b"]", at + 2)) > at + 2 and glob[end - 1 : end] == b":":
            accepted |= _class(glob[at + 2 : end - 1])
            before, at = None, end + 1
        elif glob[at : at + 1] == b"-" and before is not None and glob[at + 1 : at + 2] not in (b"", b"]"):
            last, at = _literal(glob, at + 1)
            accepted |= set(range(before, last + 1))
            before = None
        else:
            before, at = _literal(glob, at)
            accepted.add(before)
    accepted = set(range(256)) - accepted if negated else accepted
    accepted -= {ord("/")}
    if not accepted:
        raise _NeverMatches
    return b"[" + b"".join(rb"\x%02x" % entry for entry in sorted(accepted)) + b"]", at + 1


def _literal(glob: bytes, at: int) -> tuple[int, int]:
    at += glob[at : at + 1] == b"\\"
    if at >= len(glob):
        raise _NeverMatches
    return glob[at], at + 1


@cache
def _class(name: bytes) -> frozenset[int]:
    if name not in _CLASSES:
        raise _NeverMatches
    pattern = re.compile(b"[" + _CLASSES[name] + b"]")
    return frozenset(code for code in range(256) if pattern.match(bytes([code])))


def is_ignored(path: str, rules: Sequence[Ignored], excluded: Ignored | None) -> bool:
    """Tell whether a path is left out: by `exclude`, or by the nearest .gitignore that says anything about it."""
    if excluded is not None and excluded.verdict(path):
        return True
    for rule in reversed(rules):
        if (verdict := rule.verdict(path)) is not None:
            return verdict
    return False


def rules_above(top: str) -> list[Ignored]:
    """Return the rules of the folders above, from the top of the git tree down; none outside of one."""
    folder, rules, below = Path(top).resolve(), list[Ignored](), ""
    while not (folder / ".git").exists():
        if folder.parent == folder:
            return []
        below = f"{folder.name}/{below}"
        folder = folder.parent
        if (above := rules_from(folder / ".gitignore", below=below)) is not None:
            rules.insert(0, above)
    if (shared := rules_from(folder / ".git" / "info" / "exclude", below=below)) is not None:
        rules.insert(0, shared)
    return rules


def rules_from(file: Path, base: str = "", below: str = "") -> Ignored | None:
    """Return the rules of a .gitignore; None where it is no plain file or says nothing. Git does not follow a link there either."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with open(descriptor, "rb") as opened:
            data = opened.read()
    except OSError:
        return None
    return Ignored(_lines(data), base, below) or None


def _lines(data: bytes) -> Iterator[bytes]:
    for line in data.removeprefix(_BOM).split(b"\n"):
        yield line.removesuffix(b"\r")
