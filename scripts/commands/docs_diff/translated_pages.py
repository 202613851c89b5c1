"""Reference pages in other languages, copied as text: headings and labels are put back into English by where they stand.

Names, types, values and the order of things are the same in every language; only words differ. Few words are known (largest, smallest,
length, deprecated), as nothing else tells those apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docs_diff.attributes import TYPE

from .lines import Line

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_CONTENT = re.compile(r"(?:\d{3}\s*[-–·]?\s*)?(?:application|multipart)/[\w.+-]+")
_NAME = re.compile(r"[A-Za-z_][\w.-]*(?:\[\])*")
_LABELLED = re.compile(r"(?P<label>[^:\uff1a<>]{1,40}?)\s*[:\uff1a]\s*(?P<value>\S.*)")
_ENDS_WITH_COLON = re.compile(r"[^:\uff1a]{1,40}[:\uff1a]")
_RANGE = re.compile(r"(?:-?[\d.e+-]+\s*<=?\s*)?\bx\s*[<>]=?\s*-?[\d.e+-]+")
_COUNT = re.compile(r"(?P<count>\d+(?:\s*-\s*\d+)?)(?:\s*[^\d\s]\S*)?")
_ALIAS_ROW = re.compile(r"\|?\s*[A-Za-z]\w*[\s|]*[a-z]\w*[\s|]*\d{4}-\d{2}-\d{2}\s*\|?")
_PLACES = frozenset({"header", "query", "path", "cookie", "body"})
_LARGEST = re.compile(r"max|maks|最大|最长|最長|최대|अधिकतम|höchst|máx", re.IGNORECASE)
_SMALLEST = re.compile(r"min|最小|最短|최소|न्यूनतम|mín", re.IGNORECASE)
_LENGTH = re.compile(r"len|läng|長|长|길이|लंबाई|panjang|long", re.IGNORECASE)
_DEPRECATED = re.compile(
    r"deprec|veralt|obsol|usang|非推奨|廃止|弃用|지원 중단|사용 중단|अप्रचलित|पदावनत", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.\u3002!?\uff01\uff1f\u0964]$")
_SHORT = 24  # characters of a heading or a mark such as "required"
_FIRST_OF_A_JOB = "job_id"
_CHOICES = "Available options:"


def is_translated(lines: Sequence[Line]) -> bool:
    """Return whether a text is a reference page without any of the English headings."""
    texts = {line.text for line in lines}
    return not texts.isdisjoint(_METHODS) and texts.isdisjoint({"Response", "Authorizations"})


def in_english(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page with headings and labels in English, under their own numbers."""
    page = _Page(lines)
    page.name_sections()
    page.name_place_of_token()
    page.name_labels()
    page.name_alias_table()
    return [Line(line.number, text) for line, text in zip(lines, page.texts, strict=True)]


class _Page:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.texts = [line.text for line in lines]
        self._first_field = len(lines)

    def name_sections(self) -> None:
        """Find each heading by what stands below it."""
        content = next((at for at, text in enumerate(self.texts) if _CONTENT.fullmatch(text)), None)
        token = next((at for at in self._fields() if self.texts[at] == "Authorization"), None)
        answers = [at for at in self._fields() if self.texts[at] == _FIRST_OF_A_JOB and at > (content or 0)]
        for at in self._fields():
            heading = self._before(at)
            if at == token and heading is not None:
                self._rename(heading, "Authorizations")
            elif token is not None and token < at < (content or len(self.texts)) and self._is_heading(heading):
                self._rename(heading, "Headers" if self.texts[at][:1].isupper() else "Query Parameters")
        if content is not None:
            self._rename(self._before(content), "Body")
        if answers:
            self._rename(self._response_heading(answers[0]), "Response")

    def _response_heading(self, answer: int) -> int | None:
        """Return the heading above the first field of an answer: below it may stand a status, and a sentence."""
        heading = self._before(answer)
        while heading is not None and (
            _SENTENCE.search(self.texts[heading])
            or len(self.texts[heading]) > _SHORT
            or _CONTENT.fullmatch(self.texts[heading])
            or re.fullmatch(r"\d{3}.*", self.texts[heading])
        ):
            heading = self._before(heading)
        return heading

    def name_place_of_token(self) -> None:
        """Rename where the token goes, which stands below its type: in a header, as nothing else has this name."""
        token = next((at for at in self._fields() if self.texts[at] == "Authorization"), None)
        if token is not None and token + 3 < len(self.texts) and self.texts[token + 3]:
            place = self.texts[token + 2]
            if place and place not in _PLACES and len(place) <= _SHORT:
                self.texts[token + 2] = "header"

    def name_labels(self) -> None:
        """Rename what is said below the type of each field."""
        fields = list(self._fields())
        for at, end in zip(fields, [*fields[1:], len(self.texts)], strict=True):
            kind = _kind(self.texts[self._after(at)])
            is_adjacent, in_choices = True, False
            for place in range(self._after(at) + 1, end):
                text = self.texts[place]
                if text in _HEADINGS:
                    break
                if not text:
                    is_adjacent = False
                elif in_choices:
                    in_choices = text.endswith(",")
                else:
                    self.texts[place] = self._label(place, kind, is_adjacent=is_adjacent)
                    in_choices = self.texts[place] == _CHOICES

    def _label(self, place: int, kind: str, *, is_adjacent: bool) -> str:
        text = self.texts[place]
        following = self._after(place)
        if _ENDS_WITH_COLON.fullmatch(text) and following < len(self.texts):
            is_choice = kind == "enum" or self.texts[following].endswith(",")
            return _CHOICES if is_choice else "Example:"
        if text in _PLACES:
            return text
        if match := _RANGE.search(text):
            return f"Required range: {match[0]}" if len(text) - len(match[0]) <= _SHORT else text
        if (match := _LABELLED.fullmatch(text)) and not _SENTENCE.search(match["label"]):
            return _fact(kind, match["label"], match["value"], is_adjacent=is_adjacent) or text
        if is_adjacent and len(text) <= _SHORT and not _SENTENCE.search(text) and "," not in text:
            return "deprecated" if _DEPRECATED.search(text) else "required"
        if kind in ("array", "object") and not is_adjacent and not _SENTENCE.search(text):
            return "Show child attributes"  # or a description; neither states a fact
        return text

    def name_alias_table(self) -> None:
        """Rename the head of the table of deprecated names: the line above the first row of two names and a day."""
        row = next((at for at, text in enumerate(self.texts) if _ALIAS_ROW.fullmatch(text)), None)
        head = None if row is None else self._before(row)
        while head is not None and re.fullmatch(r"[\s|:-]+", self.texts[head]):
            head = self._before(head)
        self._rename(head, "DeprecatedUse insteadAccepted until")

    def _fields(self) -> list[int]:
        """Return where the fields stand: a name, and its type on the next line."""
        return [
            at
            for at in range(len(self.texts) - 1)
            if _NAME.fullmatch(self.texts[at])
            and TYPE.fullmatch(self.texts[at + 1])
            and not TYPE.fullmatch(self.texts[at])
        ]

    def _before(self, at: int) -> int | None:
        return next((place for place in range(at - 1, -1, -1) if self.texts[place]), None)

    def _after(self, at: int) -> int:
        return next((place for place in range(at + 1, len(self.texts)) if self.texts[place]), len(self.texts))

    def _is_heading(self, at: int | None) -> bool:
        return (
            at is not None
            and len(self.texts[at]) <= _SHORT
            and not self.texts[at - 1]
            and not self.texts[at + 1]
            and not _SENTENCE.search(self.texts[at])
        )

    def _rename(self, at: int | None, text: str) -> None:
        if at is not None:
            self.texts[at] = text


_HEADINGS = frozenset({"Authorizations", "Headers", "Query Parameters", "Body", "Response"})


def _kind(type_line: str) -> str:
    first = type_line.partition("|")[0].strip()
    if first.endswith("[]") or first == "array":
        return "array"
    return "enum" if first.startswith("enum") else re.split(r"[<\s]", first)[0]


def _fact(kind: str, label: str, value: str, *, is_adjacent: bool) -> str | None:
    """Return a labelled value as an English page has it; None for a sentence that has a colon."""
    count = _COUNT.fullmatch(value)
    if count and kind in ("array", "string"):
        if "-" in count["count"]:
            return f"Required {kind} length: {count['count']}"
        for word, pattern in (("Maximum", _LARGEST), ("Minimum", _SMALLEST), ("Required", _LENGTH)):
            if pattern.search(label):
                return f"{word} {kind} length: {count['count']}"
    if re.fullmatch(r"`[^`]+`", value):
        return f"Allowed value: {value}"
    if is_adjacent:
        return f"default:{value}"
    return f"Must be a multiple of: {value}" if count and kind in ("number", "integer") else None
