"""The letters of a YAML scalar, and where each of them stands in the file."""

from __future__ import annotations

from krea_migrate.languages.json_text import Value, decoded


def letters(source: str, value: Value) -> tuple[str, list[int]] | None:
    """Return what a scalar says, with a place for each letter and one for its end; None when it is not known how it is written."""
    raw = source[value.start : value.stop]
    if raw[:1] in "|>" and value.text is not None:
        return _block(raw, value.start, folded=raw[0] == ">")
    if raw[:1] == '"':
        result = decoded(raw, value.start)
    elif raw[:1] == "'":
        result = _single(raw, value.start)
    else:
        result = raw, list(range(value.start, value.stop + 1))
    result = _folded(*result)
    return result if result[0] == value.text else None


def _block(raw: str, start: int, *, folded: bool) -> tuple[str, list[int]]:
    head = raw.find("\n") + 1
    first = next((line for line in raw[head:].splitlines() if line.strip()), "")
    indent, at = len(first) - len(first.lstrip(" ")), start + head
    text, places = "", list[int]()
    for line in raw[head:].splitlines(keepends=True):
        plain = line.rstrip("\r\n")
        begin = min(indent, len(plain))
        inside = line[begin:]
        if folded and inside.strip():
            further = inside[0] in " \t"
            if text.endswith(" ") and further:
                text = text[:-1] + "\n"
            inside = plain[begin:] + ("\n" if further else " ")
        text += inside
        places += [min(at + begin + number, at + len(line) - 1) for number in range(len(inside))]
        at += len(line)
    return text, [*places, at]


def _single(raw: str, start: int) -> tuple[str, list[int]]:
    text, places = "", list[int]()
    at = 1
    while at < len(raw) - 1:
        text += raw[at]
        places.append(start + at)
        at += 2 if raw.startswith("''", at) else 1
    return text, [*places, start + at]


def _folded(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Return a scalar on several lines: their ends are spaces."""
    if "\n" not in text:
        return text, places
    created, before = "", list[int]()
    at = 0
    for line in text.split("\n"):
        begin = at + len(line) - len(line.lstrip()) if at else at
        inside = line.strip() if at else line.rstrip()
        created += (" " if created and inside else "") + inside
        before += ([places[begin]] if before and inside else []) + places[begin : begin + len(inside)]
        at += len(line) + 1
    return created, [*before, places[-1]]
