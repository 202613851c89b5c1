"""Notebooks: their cells as one Markdown document, so that the cells of a language know each other's names."""

from __future__ import annotations

import re

from krea_migrate.languages import json_text
from krea_migrate.languages.view import View

_FENCE = "`" * 12
_SHELL = re.compile(r"%%(?:bash|sh|shell|script[ \t]+(?:ba|z)?sh)\b")
_OTHER = re.compile(r"%%(?:html|javascript|js|latex|markdown|svg|writefile|sql|ruby|perl|cmd|R)\b")
_LINE = re.compile(r"^(?P<space>[ \t]*)(?P<mark>[!%?])(?P<rest>.*)$", re.MULTILINE)


def view(text: str) -> View:
    """Return the cells of a notebook as Markdown.

    Raises:
        NotJson: it is no notebook.
    """
    created = View(text)
    for book in json_text.parse(text):
        language = _language(book)
        for cell in book.get("cells").items:
            kind = cell.get("cell_type").text
            letters, places = _source(text, cell.get("source"))
            if kind == "markdown":
                created.add(letters, places)
                created.mark("\n", places[-1])
            elif kind == "code":
                _code(created, letters, places, language)
    return created


def _language(book: json_text.Value) -> str:
    about = book.get("metadata")
    return about.get("language_info").get("name").text or about.get("kernelspec").get("language").text or "python"


def _source(text: str, value: json_text.Value) -> tuple[str, list[int]]:
    """Return the letters of a cell, which is one string or one for each line, and the places of them."""
    letters, places = list[str](), list[int]()
    for line in value.items or [value]:
        if line.text is not None:
            inside, at = json_text.decoded(text[line.start : line.stop], line.start)
            letters.append(inside)
            at.pop()
            places += at
    places.append(value.stop)
    return "".join(letters), places


def _code(output: View, letters: str, places: list[int], language: str) -> None:
    if _OTHER.match(letters):
        return
    if _SHELL.match(letters):
        first = letters.find("\n") + 1 or len(letters)
        _block(output, "bash", letters[first:], places[first:])
        return
    plain, position = list[str](), 0
    for match in _LINE.finditer(letters) if language == "python" else ():
        at = match.start("mark")
        plain += [letters[position:at], "#"]
        position = at + 1
        if match["mark"] == "!":
            _block(output, "bash", match["rest"], places[match.start("rest") : match.end("rest") + 1])
    _block(output, language, "".join([*plain, letters[position:]]), places)


def _block(output: View, language: str, letters: str, places: list[int]) -> None:
    output.mark(f"\n{_FENCE}{language}\n", places[0])
    output.add(letters, places)
    output.mark(f"\n{_FENCE}\n", places[-1])
