"""KREA401: files that name Krea and a deprecated field name, in a language or form that no reader follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from krea_migrate import names, profile, walk
from krea_migrate.findings import Certainty, Finding
from krea_migrate.limits import READING
from krea_migrate.report import UNREAD_CODE, Report
from krea_migrate.source import Source

CODE, TITLE = UNREAD_CODE, "Files and blocks that are not read"
PLACES = 20  # of one name in one file that are listed; the last of them says how many follow
KINDS = {
    "c": "C",
    "cc": "C++",
    "clj": "Clojure",
    "cpp": "C++",
    "cs": "C#",
    "dart": "Dart",
    "erb": "ERB",
    "ex": "Elixir",
    "exs": "Elixir",
    "fs": "F#",
    "go": "Go",
    "gradle": "Gradle",
    "groovy": "Groovy",
    "h": "C",
    "hs": "Haskell",
    "java": "Java",
    "jl": "Julia",
    "kt": "Kotlin",
    "kts": "Kotlin",
    "lua": "Lua",
    "m": "Objective-C",
    "php": "PHP",
    "pl": "Perl",
    "ps1": "PowerShell",
    "psm1": "PowerShell",
    "r": "R",
    "rb": "Ruby",
    "rs": "Rust",
    "rst": "reStructuredText",
    "scala": "Scala",
    "sql": "SQL",
    "swift": "Swift",
    "tf": "Terraform",
    "toml": "TOML",
    "txt": "plain text",
}
_NULS_IN = 8192  # bytes at the beginning of a file; a NUL among them says that it is no text


@profile.for_each_api
def deprecated() -> re.Pattern[bytes]:
    """Return the expression of all names that no operation takes any more; `image_url` is current for some, so it is not among them."""
    table = names.table()
    current = {name for operation in table.by_path.values() for name in operation.fields}
    words = {name for name in table.interesting if name not in current and (name in table.old or not name.islower())}
    return re.compile(rb"(?<![A-Za-z0-9_])(?:" + "|".join(sorted(words)).encode() + rb")(?![A-Za-z0-9_])")


def search_files(files: Mapping[str, bytes], report: Report) -> Iterator[Finding]:
    """Yield what is found in files of other languages, and add those files to a report."""
    for path, data in files.items():
        utf_16 = walk.is_utf_16(data)
        text = data.decode("utf-16", "replace").encode() if utf_16 else data
        if b"\0" in text[:_NULS_IN] or not walk.speaks(text):
            continue
        source = Source(path, text)
        kind = "UTF-16 text" if utf_16 else kind_of(path)
        result = list(search_source(source, f"{kind} is not read"))
        if result:
            report.sources[path] = source
            yield from result


def kind_of(path: str) -> str:
    """Return what a file is called by its suffix, or by its whole name where it has none."""
    name = path.rsplit("/", 1)[-1]
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        return f"the file type of {name}"
    return KINDS.get(suffix.lower(), f"the file type .{suffix}")


def search_source(source: Source, why: str = "the file could not be read") -> Iterator[Finding]:
    """Yield the deprecated names of a whole file."""
    yield from search_parts(source, [(0, len(source.text))], frozenset(), why)


def search_parts(
    source: Source, parts: Iterable[tuple[int, int]], reported: AbstractSet[int], why: str
) -> Iterator[Finding]:
    """Yield the deprecated names in parts of a text, at most `PLACES` of each, but for the places that other rules report."""
    places: dict[str, list[int]] = {}
    for start, end in parts:
        for word in deprecated().finditer(source.text, start, end):
            if not {word.start(), word.start() - 1} & reported:
                places.setdefault(word[0].decode(), []).append(word.start())
    for name, starts in places.items():
        for number, at in enumerate(starts[:PLACES], 1):
            more = len(starts) - PLACES if number == PLACES else 0
            yield finding(source.path, name, at, f"{why}{f' ({more} more below)' if more > 0 else ''}")


def finding(path: str, name: str, at: int, why: str, code: str = CODE) -> Finding:
    """Return the finding of one name that is to be looked at by hand."""
    new = names.table().only_new(name)
    title = profile.active().title
    advice = f"if it names a field of a request to {title}, the name is now {new!r}" if new else "look at it by hand"
    return Finding(code, path, at, at + len(name), name, new, Certainty.UNSURE, f"{why}; {advice}")


def search_large(path: str) -> str | None:
    """Return why a file that is too large to be read is a problem: it names Krea and a deprecated name; None where it does not."""
    speaks, name, line, lines, nuls = False, "", 0, 1, False
    for at, data in walk.chunks(path):
        nuls = nuls or (at == 0 and b"\0" in data[:_NULS_IN])
        if nuls:
            return None
        speaks = speaks or walk.speaks(data)
        word = deprecated().search(data) if not name else None
        if word is not None:
            name, line = word[0].decode(), lines + data.count(b"\n", 0, word.start())
        if speaks and name:
            limit = READING.bytes.value // 1_000_000
            return f"has more than {limit} MB, so it was not read; it names {profile.active().title}, and {name!r} in line {line}"
        lines += data.count(b"\n", 0, max(0, len(data) - walk.OVERLAP))
    return None
