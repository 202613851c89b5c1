"""Reads what stands above the fields of a page: prices, deprecated names, and whether the operation is on its way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from krea_client.cli.document_diff.days_in_prose import sunset_in
from krea_client.cli.document_diff.operation_facts import DocumentedAlias, PriceRow, Unreadable

from .lines import Line

_HEAD = re.compile(r"Deprecated\s*\|?\s*Use instead\s*\|?\s*Accepted until", re.IGNORECASE)
# A row of two names and a day is one of deprecated names, in whatever language its head is.
_ALIAS_ROW = re.compile(r"\|\s*[A-Za-z]\w*\s*\|\s*[a-z]\w*\s*\|\s*\d{4}-\d{2}-\d{2}\s*\|?")
_PRICE_HEAD = re.compile(r"price\s*\|?$", re.IGNORECASE)
_DATE = re.compile(r"(.*?)[\s|]*(\d{4}-\d{2}-\d{2})")
_PRICE = re.compile(r"\$\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?:/|per)\s*([A-Za-z]+))?")
# In copied text, a cell stands directly behind the one before it.
_FREE = re.compile(r"(?:\bf|F)ree$")
_UNITS = {"s": "second", "sec": "second", "seconds": "second", "requests": "request", "generation": "request"}
_ENDING = re.compile(r"deprecat|sunset|discontinu|retire|no longer (?:available|supported)", re.IGNORECASE)
_ABOUT_ALIASES = re.compile(r"\balias", re.IGNORECASE)
_TAGS = re.compile(r"</?[A-Z]\w*[^>]*>")


@dataclass
class Remarks:
    """What was read: deprecated names, prices, whether a deprecation is told, and the day of an end in prose."""

    aliases: list[DocumentedAlias] = field(default_factory=list[DocumentedAlias])
    prices: list[PriceRow] = field(default_factory=list[PriceRow])
    deprecated: bool = False
    sunset: str | None = None
    unclear: list[Unreadable] = field(default_factory=list[Unreadable])


def read(lines: Iterable[Line], names: Collection[str], known_aliases: Collection[DocumentedAlias] = ()) -> Remarks:
    """Read the remarks of a page, whether as copied text or as Markdown.

    `names` are the fields of the page and `known` the rows that we have: they tell where in `oldNamenew_name2026-06-19`
    the new name begins. A price or a row that cannot be understood is kept in `Remarks.unclear`.
    """
    reader = _RemarkReader(names, known_aliases)
    for line in lines:
        text = _plain(line.text)
        if text and not re.fullmatch(r"[\s|:-]+", text):
            try:
                reader.take(line, text)
            except Unreadable as problem:
                reader.remarks.unclear.append(problem)
    return reader.remarks


class _RemarkReader:
    """Remembers which table it is in."""

    def __init__(self, names: Collection[str], known_aliases: Collection[DocumentedAlias]) -> None:
        self.remarks = Remarks()
        self._names, self._known = names, known_aliases
        self._in = ""

    def take(self, line: Line, text: str) -> None:
        if _is_index_note(text):
            return
        if _HEAD.search(text):
            self._in = "deprecated names"
            return
        if re.fullmatch(r"#*\s*Pricing", text):
            self._in = "prices"
        elif (self._in == "deprecated names" or _ALIAS_ROW.fullmatch(text)) and (
            row := _DATE.fullmatch(text.strip("| "))
        ):
            self.remarks.aliases.append(_alias(row[1], row[2], line, self._names, self._known))
        elif "$" in text or (self._in == "prices" and _FREE.search(text)):
            self.remarks.prices.append(_price(_FREE.sub("$0", text), line))
        elif self._is_price_head(text):
            pass
        elif problem := self._problem(text):
            raise Unreadable(f"{problem}: {line.text}", line.number)
        elif self._in == "deprecated names":
            self._in = ""
        if not _ABOUT_ALIASES.search(line.text):
            self._take_end(text)

    def _take_end(self, text: str) -> None:
        """Read what a line says of the end of the operation; rows of tables say nothing of it."""
        self.remarks.deprecated |= _ENDING.search(text) is not None
        self.remarks.sunset = self.remarks.sunset or (None if self._in else sunset_in(text))

    def _is_price_head(self, text: str) -> bool:
        """Return whether a line is the head of a table of prices, whatever its cells say."""
        return self._in == "prices" and (_PRICE_HEAD.search(text) is not None or text.startswith("#"))

    def _problem(self, text: str) -> str | None:
        if self._in == "prices" and re.search(r"\d", text):
            return "this price is not understood"
        if self._in == "deprecated names" and (" " not in text or "|" in text):
            return "this row of deprecated names is not understood"
        return None


def _is_index_note(text: str) -> bool:
    """Return whether a line belongs to the note on the index of the documentation that newer pages carry."""
    return (
        "llms.txt" in text
        or "Documentation Index" in text
        or text.startswith(("Use this file to discover", "Fetch the complete"))
    )


def _plain(text: str) -> str:
    return _TAGS.sub("", text).replace("\\$", "$").replace("`", "").replace("*", "").strip()


def _price(text: str, line: Line) -> PriceRow:
    prices = list(_PRICE.finditer(text))
    if len(prices) != 1:
        raise Unreadable(f"this price is not understood: {line.text}", line.number)
    [price] = prices
    label = re.sub(r"[\s|]+", " ", text[: price.start()] + text[price.end() :]).strip().lower()
    label = re.sub(r"^(?:price|from)\b:?\s*|\bfrom\b$", "", label).strip()
    unit = price[2].lower() if price[2] else None
    return PriceRow(label, float(price[1].replace(",", "")), _UNITS.get(unit, unit) if unit else None)


def _alias(
    cells: str, date: str, line: Line, names: Collection[str], known_aliases: Collection[DocumentedAlias]
) -> DocumentedAlias:
    parts = [part for part in re.split(r"[\s|]+", cells) if part]
    if len(parts) == 2:
        return DocumentedAlias(parts[0], parts[1], date)
    if len(parts) == 1 and (split := _split(parts[0], names, known_aliases)):
        return DocumentedAlias(*split, date)
    raise Unreadable(f"where in this row does the new name begin? {line.text}", line.number)


def _split(joined: str, names: Collection[str], known_aliases: Collection[DocumentedAlias]) -> tuple[str, str] | None:
    """Return old and new name, written without anything between them."""
    ways = [(joined[:at], joined[at:]) for at in range(1, len(joined))]
    by_rule = [way for way in ways if _snake(way[0]) == way[1]]
    by_row = [way for way in ways if way in {(row.old, row.new) for row in known_aliases}]
    by_field = [way for way in ways if way[1] in names]
    by_old = [way for way in ways if way[0] in {row.old for row in known_aliases} and re.fullmatch(r"[a-z]\w*", way[1])]
    for fits in (by_row, by_rule, by_field, by_old):
        if fits:
            return fits[0]
    return None


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda match: f"_{match[0]}", name).lower()
