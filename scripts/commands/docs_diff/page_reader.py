"""Reads a reference page that was saved or copied as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from docs_diff import page_fields, remarks
from krea_client.cli.document_diff.operation_facts import DocumentedAlias, FieldFacts, Statement, Unreadable

from .lines import Line, numbered

START = "Skip to main content"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PARAMETERS = {
    "Authorizations": "",
    "Headers": "header",
    "Path Parameters": "",
    "Query Parameters": "query",
    "Cookies": "cookie",
}
_SECTIONS = (*_PARAMETERS, "Body", "Response")
_END = ("Was this page helpful?", "Yes", "Suggest edits", "Raise issue")
_CONTENT = re.compile(r"(?:application|multipart|text|image|audio|video)/[\w.+-]+")
# A status with what it means, above the answer's fields.
_STATUS = re.compile(r"(\d{3})(?:\s*[-–·]?\s*(?:application/[\w.+-]+)?)?")
Ours = Callable[[str, str], Collection[DocumentedAlias]]


def split(text: str) -> list[list[Line]]:
    """Return the pages in a text, which may be several one after the other; lines keep their numbers."""
    lines = numbered(text)
    starts = [at for at, line in enumerate(lines) if line.text.endswith(START)]
    pages = [lines[first:last] for first, last in pairwise([*starts, len(lines)])]
    for at, page in zip(starts, pages, strict=True):
        page[0] = Line(at + 1, "")
        # Pages without a line break at their end, joined: the first line of one hangs on the last of the other.
        if at and (tail := lines[at].text.removesuffix(START)):
            pages[starts.index(at) - 1].append(Line(at + 1, tail))
    return pages


def read(lines: Sequence[Line], aliases_of: Ours) -> Statement:
    """Return what a page says; `ours` gives the rows of deprecated names that we have for a method and path.

    Raises:
        Unreadable: the page, or a line of it, cannot be understood.
    """
    lines = _without_end(lines)
    method, path, at = _address(lines)
    cuts = _cuts(lines, at)
    if "Response" not in cuts:
        raise Unreadable("the page has no section Response; was it copied whole?", lines[-1].number if lines else 1)
    first = min(begin for begin, _ in cuts.values()) - 1
    sections = {name: list(lines[begin:end]) for name, (begin, end) in cuts.items()}
    unclear: list[Unreadable] = []
    content_type, body, where = _body(sections, unclear)
    parameters: dict[str, FieldFacts] = {}
    for name, place in _PARAMETERS.items():
        for field, node in page_fields.read(sections.get(name, []), unclear)[0].items() if place else ():
            parameters[f"{place} {field}"] = node
    answer, statuses = _answer(sections["Response"], unclear)
    above = list(lines[at:first])
    keys = page_fields.read(sections.get("Authorizations", []), unclear, places=True)[0]
    remark = remarks.read(_below_samples(above, method, path), set(body or ()), aliases_of(method, path))
    return Statement(
        method, path, body=body, content_type=content_type, parameters=parameters, answer=answer, statuses=statuses,
        aliases=tuple(remark.aliases), prices=tuple(remark.prices), deprecated=remark.deprecated, full=False, lines=where,
        keys=frozenset(keys), unclear=(*unclear, *remark.unclear), sunset=remark.sunset,
    )  # fmt: skip  # one fact on each line would be a page


def _without_end(lines: Sequence[Line]) -> list[Line]:
    end = next((at for at, line in enumerate(lines) if line.text == _END[0]), len(lines))
    return list(lines[:end])


def _address(lines: Sequence[Line]) -> tuple[str, str, int]:
    """Return method and path, which stand in pieces, a line each; and where they end."""
    at = next((at for at, line in enumerate(lines) if line.text in _METHODS), None)
    if at is None:
        number = lines[0].number if lines else 1
        raise Unreadable("no method (GET, POST ...) stands on a line of its own; is this a reference page?", number)
    method, path = lines[at].text, ""
    at += 1
    while at + 1 < len(lines) and lines[at].text == "/":
        path += f"/{lines[at + 1].text}"
        at += 2
    if not path:
        raise Unreadable(f"below {method} the path was expected, in pieces", lines[min(at, len(lines) - 1)].number)
    return method, path, at


def _cuts(lines: Sequence[Line], start: int) -> dict[str, tuple[int, int]]:
    heads = [
        (at, lines[at].text) for at in range(start, len(lines)) if lines[at].text in _SECTIONS and _is_head(lines, at)
    ]
    cuts: dict[str, tuple[int, int]] = {}
    for (at, name), (end, _) in pairwise([*heads, (len(lines), "")]):
        if name in cuts:
            raise Unreadable(f"the section {name} stands twice", lines[at].number)
        cuts[name] = (at + 1, end)
    return cuts


def _is_head(lines: Sequence[Line], at: int) -> bool:
    return not lines[at - 1].text or at + 1 >= len(lines) or not lines[at + 1].text


def _body(
    sections: dict[str, list[Line]], unclear: list[Unreadable]
) -> tuple[str | None, dict[str, FieldFacts] | None, dict[str, int]]:
    if "Body" not in sections:
        return None, None, {}
    lines = sections["Body"]
    first = next((at for at, line in enumerate(lines) if line.text), None)
    if first is None or not _CONTENT.fullmatch(lines[first].text):
        number = lines[first or 0].number if lines else 1
        raise Unreadable("below Body its media type was expected, such as application/json", number)
    match, where = page_fields.read(lines[first + 1 :], unclear)
    return lines[first].text, match, where


def _answer(lines: list[Line], unclear: list[Unreadable]) -> tuple[dict[str, FieldFacts], frozenset[str] | None]:
    statuses = {match[1] for line in lines if (match := _STATUS.fullmatch(line.text))}
    plain = [
        Line(line.number, "") if _STATUS.fullmatch(line.text) or _CONTENT.fullmatch(line.text) else line
        for line in lines
    ]
    plain_fields, _ = page_fields.read(plain, unclear)
    return {"": FieldFacts({}), **plain_fields}, frozenset(statuses) or None


def _below_samples(lines: list[Line], method: str, path: str) -> list[Line]:
    """Return the remarks without the samples of a call and its answers; the sample's address must be that of the page."""
    call = next((at for at, line in enumerate(lines) if line.text.startswith("curl ")), None)
    if call is None:
        return lines
    for line in lines[call : call + 4]:
        match = re.search(r"--url\s+'?https?://[^/\s']+([^\s'?]*)", line.text)
        if match and Statement(method, match[1]).key != Statement(method, path).key:
            raise Unreadable(f"the sample calls {match[1]}, the page is about {method} {path}", line.number)
    last = max((at for at, line in enumerate(lines) if line.text in ("}", "]", "'", "EOF", "}'")), default=call)
    return [*lines[:call], *lines[last + 1 :]]
