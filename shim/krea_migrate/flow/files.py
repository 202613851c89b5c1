"""Files that a program loads, by names that only the run completes, and what of them it takes."""

from __future__ import annotations

import re
from functools import cache

from krea_migrate.flow.values import Ext
from krea_migrate.holes import HOLE

_ENDINGS = (".json", ".yaml", ".yml", ".jsonl", ".ndjson", ".json5")
_OPEN = re.compile(f"[{HOLE}*]")
_STEP = "#"
ANY = "*"


def named(text: str) -> str | None:
    """Return the part of a path that tells which file it is; None when that may be any."""
    parts = text.split("/")
    while len(parts) > 1 and (_OPEN.search(parts[0]) or parts[0] in ("", ".", "..")):
        del parts[0]
    path = "/".join(parts)
    if not _OPEN.search(path):
        return path if path.endswith(_ENDINGS) else None
    plain, _, ending = path.rpartition(".")
    stem = plain if "." + ending in _ENDINGS else path if path.endswith(HOLE) and len(parts) > 1 else ""
    return path if len(re.findall(r"\w", stem)) > (2 if len(parts) == 1 else 0) else None


def is_open(path: str) -> bool:
    """Return whether several files may be meant."""
    return _OPEN.search(path.split(_STEP, maxsplit=1)[0]) is not None


def steps(path: str) -> tuple[str, ...]:
    """Return what of the file is taken: names of members, and ANY."""
    return tuple(path.split(_STEP)[1:])


def is_meant(pattern: str, path: str) -> bool:
    """Return whether a file of the tree is, or may be, the one that is asked for."""
    plain = pattern.split(_STEP, maxsplit=1)[0]
    if not is_open(plain):
        return bool(plain) and (path == plain or path.endswith("/" + plain))
    return _pattern(plain).search(path) is not None


@cache
def _pattern(plain: str) -> re.Pattern[str]:
    marks = {HOLE: ".+", "*": "[^/]*"}
    return re.compile("(?:^|/)" + "".join(marks.get(letter) or re.escape(letter) for letter in plain) + "$")


def member(of: Ext, key: str) -> Ext:
    """Return a part of what stands in a file."""
    return Ext(f"{of.dotted}{_STEP}{key}")


def is_file(value: object) -> bool:
    """Return whether a value is what stands in a file, or a part of it."""
    return isinstance(value, Ext) and value.dotted.startswith("file:")


def attribute(of: Ext, name: str) -> Ext:
    """Return `of.name`: of a file its member, of a library its function."""
    return member(of, name) if is_file(of) else Ext(f"{of.dotted}.{name}", of.made, of.frame)
