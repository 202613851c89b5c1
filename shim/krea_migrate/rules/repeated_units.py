"""Lines of one large file that the rules cannot tell apart, such as requests with another prompt each: a few are read for all.

A text that is the same unit again and again means the same with fewer of them: what stands in front of each one in the middle, and
behind it, is such a unit. Two of them are kept at each end, and one in the middle, whose findings are those of all that are left out.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from krea_migrate import names, profile
from krea_migrate.findings import Finding
from krea_migrate.flow.callees import OTHERS
from krea_migrate.limits import PRECISION
from krea_migrate.rules.refused_values import free_texts
from krea_migrate.rules.repeated_values import read_names

_EDGE = 2  # units at each end
# Texts of more than one word; one that stands there twice may be a key of a table.
_SAID = re.compile(
    rb"(?:(?<=[\"'>])|(?<=: )|^[ \t-]*)([A-Za-z][^\"'\\\n<>{}$%=`/:\0 ]* [^\"'\\\n<>{}$%=`/:\0]*)(?=[\"'<:\r]|$)",
    re.MULTILINE,
)
_SAID_ONCE = frozenset({"title", "bare_title", "sentence"})
_TITLES = frozenset({"name", "title", "label", "description", "comment", "summary"})
_DEFINED = re.compile(
    rb"^(?:(?:export|default|async|const|let|var|def|class|function)[ \t]+)*([A-Za-z_]\w*?)((?<!\d)\d+)[ \t]*(?:=(?!=)|[({:]|extends\b)",
    re.MULTILINE,
)
# No statement at the top of a program: perhaps an element of a list.
_ELEMENT = re.compile(rb"[^\w@#$]|.*[,(\[{\\]\s*\Z", re.DOTALL)
# What takes one element of a list by its place, or gives each a name of its own.
_PICKS = re.compile(
    rb"\[\s*-?\d+\s*\]|\[[\s\d-]*:[\s\d-]*\]|\b(?:at|pop|slice|splice|shift|zip|enumerate|entries|islice)\(|(?<!\w)(?:\w+\s*,\s*){8}\w"
    rb"|^[ \t]*(?:const|let|var)?[ \t]*[\[(]?[ \t]*\w+(?:[ \t]*,[ \t]*[*.]*\w+)+[ \t]*[\])]?[ \t]*=[^=]",
    re.MULTILINE,
)
_ANCHOR = re.compile(rb"[&*]\w")
_NUMBERED = rb"(?<!\w)(?P<name>[A-Za-z_]\w*?)(?P<counter>(?<!\d)\d+)\b"
# A heading with 200 to 202 is that of an answer.
_COMMENT = rb"^[ \t]*(?:\#+|//)[ \t][^\d\n]*(?P<remark>(?!20[0-2]\b)\d+)[^\d\n]*$"


class _RepeatedLines(NamedTuple):
    """Equal units: the number of the first line, the lines of each, and how many there are."""

    first: int
    period: int
    units: int

    def lines(self, unit: int) -> tuple[int, int]:
        """Return the first line of a unit, and the one behind it."""
        return self.first + unit * self.period, self.first + (unit + 1) * self.period


class CondensedText:
    """A text without the units that are like others; their lines are empty, so that the numbers of all lines are the same.

    Args:
        text: the whole text.
        language: of it.
        context: the texts that may use its names.

    Attributes:
        text: what is to be read.
    """

    def __init__(self, text: bytes, language: str, context: Sequence[bytes] = ()) -> None:
        self._whole = text
        self._language = language
        self._starts = array("I", [0, *(line.end() for line in re.finditer(rb"\n", text)), len(text)])
        self._stems = _stems(text, context) if language in ("python", "script", "shell", "make") else frozenset[bytes]()
        self._counts = Counter(said for said_in in (text, *context) for said in _SAID.findall(said_in))
        runs = [run for run in _runs(self._shown().split(b"\n")) if self._may_be_left_out(run)]
        self._runs = self._distinct(runs)
        self.text = self._without(self._runs)
        if self._picks_elements(context):
            self._runs = []
            self.text = text
        pieces = list(self._places(self._runs))
        self._begins, self._wholes = ([piece[side] for piece in pieces] for side in (0, 1))

    def _shown(self) -> bytes:
        """Return the text with a mark for everything that differs from unit to unit and that no rule looks at."""

        def mark(part: re.Match[bytes]) -> bytes:
            if part["name"] is not None and part["name"] not in self._stems:
                return part[0]
            start, end = _span(part)
            if part.lastgroup in _SAID_ONCE and self._counts[part[part.lastgroup]] > 1:
                return part[0]
            if _telling(profile.active()).search(self._whole, start, end):
                return part[0]
            return self._whole[part.start() : start] + b"\0" + self._whole[end : part.end()]

        return self._varying.sub(mark, self._whole)

    @property
    def _varying(self) -> re.Pattern[bytes]:
        return _varying(profile.active(), self._language, bool(self._stems))

    def _unit(self, run: _RepeatedLines, unit: int) -> tuple[int, int]:
        """Return where a unit begins and ends in the whole text."""
        first, behind = run.lines(unit)
        return self._starts[first], self._starts[behind]

    def _may_be_left_out(self, run: _RepeatedLines) -> bool:
        start, end = self._unit(run, _EDGE)
        unit = self._whole[start:end]
        if not _interesting(profile.active()).search(unit):
            return False
        return self._language != "yaml" or not _ANCHOR.search(unit)

    def _distinct(self, runs: list[_RepeatedLines]) -> list[_RepeatedLines]:
        """Return the runs in which no unit uses a name that another unit has, or what is around them."""
        if not self._stems:
            return runs
        counts = Counter(self._numbered(0, len(self._whole)))
        return [
            run
            for run in runs
            if all(
                counts[name] == count
                for unit in range(run.units)
                for name, count in Counter(self._numbered(*self._unit(run, unit))).items()
            )
        ]

    def _numbered(self, start: int, end: int) -> Iterator[bytes]:
        for name in re.compile(_NUMBERED).finditer(self._whole, start, end):
            if name["name"] in self._stems:
                yield name[0]

    def _without(self, runs: list[_RepeatedLines]) -> bytes:
        pieces: list[bytes] = []
        position = 0
        for run in runs:
            start, end = self._unit(run, _EDGE + 1)[0], self._unit(run, run.units - _EDGE)[0]
            pieces += [self._whole[position:start], b"\n" * ((run.units - 2 * _EDGE - 1) * run.period)]
            position = end
        return b"".join([*pieces, self._whole[position:]])

    def _places(self, runs: list[_RepeatedLines]) -> Iterator[tuple[int, int]]:
        """Yield where each piece that is kept begins: in what is read, and in the whole text."""
        yield 0, 0
        removed = 0
        for run in runs:
            start, end = self._unit(run, _EDGE + 1)[0], self._unit(run, run.units - _EDGE)[0]
            removed += end - start - (run.units - 2 * _EDGE - 1) * run.period
            yield end - removed, end

    def _picks_elements(self, context: Sequence[bytes]) -> bool:
        """Return whether units may be elements of a list of which something is taken by its place."""
        firsts = [self._whole[slice(*self._unit(run, _EDGE))] for run in self._runs]
        if self._language in ("json", "yaml", "http") or not any(map(_ELEMENT.match, firsts)):
            return False
        return any(_PICKS.search(text) for text in (self.text, *context))

    def all(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings in the places of the whole text, and what was found in a unit again for each that was left out."""
        by_run: dict[int, list[Finding]] = defaultdict(list)
        spans = [self._unit(run, _EDGE) for run in self._runs]
        starts = [start for start, _ in spans]
        for finding in map(self._placed, findings):
            yield finding
            number = bisect_right(starts, finding.start) - 1
            if number >= 0 and finding.start < spans[number][1]:
                by_run[number].append(finding)
        for number, of_unit in by_run.items():
            run = self._runs[number]
            parts = self._parts(*spans[number])
            for unit in range(_EDGE + 1, run.units - _EDGE):
                copy_parts = self._parts(*self._unit(run, unit))
                yield from (self._in_copy(finding, parts, copy_parts) for finding in of_unit)

    def place(self, at: int) -> int:
        """Return where a place of what is read stands in the whole text."""
        piece = bisect_right(self._begins, at) - 1
        return at + self._wholes[piece] - self._begins[piece]

    def _placed(self, finding: Finding) -> Finding:
        """Return a finding in the places of the whole text."""
        by = self.place(finding.start) - finding.start
        return _moved(finding, finding.start + by, finding.end + by, by)

    def _parts(self, start: int, end: int) -> list[int]:
        """Return where the parts of a unit begin that are the same in all, or that differ."""
        parts = [start]
        for part in self._varying.finditer(self._whole, start, end):
            if part["name"] is None or part["name"] in self._stems:
                parts += _span(part)
        return parts

    def _in_copy(self, finding: Finding, parts: list[int], copy_parts: list[int]) -> Finding:
        """Return a finding of one unit in another one, given where the parts of both begin."""
        first = bisect_right(parts, finding.start) - 1
        last = bisect_right(parts, max(finding.end - 1, finding.start)) - 1
        by = copy_parts[first] - parts[first]
        copy = _moved(finding, finding.start + by, finding.end + copy_parts[last] - parts[last], by)
        if not self._stems:
            return copy
        reason, names_there = copy.reason, {name["name"]: name[0].decode() for name in self._named_in(copy_parts)}
        for name in self._named_in(parts):
            reason = re.sub(rf"\b{name[0].decode()}\b", names_there[name["name"]], reason)
        return copy._replace(reason=reason)

    def _named_in(self, parts: list[int]) -> Iterator[re.Match[bytes]]:
        end = self._starts[bisect_right(self._starts, parts[-1])]
        for name in re.compile(_NUMBERED).finditer(self._whole, parts[0], end):
            if name["name"] in self._stems:
                yield name


def _span(part: re.Match[bytes]) -> tuple[int, int]:
    """Return where the part that differs begins and ends."""
    return part.span(part.lastgroup or 0)


def _stems(text: bytes, context: Sequence[bytes]) -> frozenset[bytes]:
    """Return what the names begin with that a program defines with many numbers, each beside its uses: body_1, body_2."""
    counts = Counter(stem for stem, _ in set(_DEFINED.findall(text)))
    stems = frozenset(stem for stem, count in counts.items() if count >= PRECISION.units)
    if not stems:
        return stems
    uses = re.compile(rb"\b(?:" + b"|".join(map(re.escape, sorted(stems))) + rb")\d")
    return frozenset[bytes]() if any(uses.search(program) for program in context) else stems


def _runs(lines: list[bytes]) -> Iterator[_RepeatedLines]:
    """Yield the units that stand behind one another, as often as the limit says at least."""
    behind = array("I", bytes(4 * len(lines)))
    places: dict[bytes, int] = {}
    for number in range(len(lines) - 1, -1, -1):
        behind[number] = places.get(lines[number], len(lines))
        places[lines[number]] = number
    ends: dict[int, int] = {}  # where units of so many lines stop being the same
    at = 0
    while at < len(lines):
        period = behind[at] - at
        if period <= PRECISION.unit and at + period > ends.get(period, 0):
            end = at + period
            while end < len(lines) and lines[end] == lines[end - period]:
                end += 1
            count = (end - at) // period
            if count >= PRECISION.units:
                yield _RepeatedLines(at, period, count)
                at += period * count
                continue
            ends[period] = end
        at += 1


@cache
def _varying(_: profile.Profile, language: str, is_numbered: bool) -> re.Pattern[bytes]:
    """Return the expression of what differs from unit to unit: prompts, titles, numbers that nothing asks for, in names and in remarks."""
    rule_names = read_names()
    texts = {field for operation in names.table().by_path.values() for field in free_texts(operation)}
    texts = {name for name in texts - rule_names.fields if name.lower() not in rule_names.places}
    key = rb"(?<![\w.-])(?:%s)(?:\\?[\"'])?[ \t]*[:=][ \t]*"
    letters = rb"[^\"'\\\n/{}$<>%=`\0 ]+ [^\"'\\\n/{}$<>%=`\0]*"
    quoted = key + rb"\\?[\"'](?P<%s>" + letters.replace(b"%", b"%%") + rb")(?=\\?[\"'])"
    number = key % _alternatives(rule_names.numbers) + rb"(?P<number>0|[1-9]\d{0,8})(?![\w.])"
    patterns = [quoted % (_alternatives(texts), b"text"), quoted % (_alternatives(_TITLES), b"title"), number, _COMMENT]
    patterns.append(_NUMBERED if is_numbered else rb"(?!)(?P<name>)(?P<counter>)")
    if language in ("yaml", "markdown"):
        bare = key + rb"(?P<%s>[A-Za-z][\w.,;-]* [\w .,;-]*\w)(?=\r?$)"
        patterns += [bare % (_alternatives(texts), b"bare"), bare % (_alternatives(_TITLES), b"bare_title")]
    if language in ("python", "script", "shell"):  # a sentence that is an argument
        patterns.append(rb"(?<=[( ])[\"'](?P<sentence>[A-Za-z][\w-]*(?: [\w-]+)+)(?=[\"'][,) ])")
    if language in ("python", "script"):  # a number is no value of an address or a body
        patterns += [rb"(?<=\()(?P<argument>\d{1,9})(?=\))", rb"(?<===)[ \t]*(?P<compared>\d{1,9})(?![\w.])"]
    if language == "script":
        patterns.append(rb">(?P<markup>[A-Za-z][\w .,!?-]*)(?=</)")
    return re.compile(b"|".join(patterns), re.MULTILINE)


def _alternatives(words: Iterable[str]) -> bytes:
    return "|".join(map(re.escape, sorted(words))).encode() or rb"(?!)"


@cache
def _telling(_: profile.Profile) -> re.Pattern[bytes]:
    """Return the expression of what rules see in any text: names of bodies, this API and others."""
    vendors = f"{OTHERS.pattern}|{re.escape(profile.active().word)}".encode()
    return re.compile(_interesting(profile.active()).pattern + b"|" + vendors, re.IGNORECASE)


@cache
def _interesting(_: profile.Profile) -> re.Pattern[bytes]:
    return re.compile(rb"(?<!\w)(?:%s)(?!\w)" % _alternatives(names.table().interesting))


def _moved(finding: Finding, start: int, end: int, by: int) -> Finding:
    edits = tuple(edit._replace(start=edit.start + by, end=edit.end + by) for edit in finding.edits)
    return finding._replace(start=start, end=end, edits=edits)
