"""Large files of which only the first part is followed, because following all of it would take too long: where that part ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from krea_migrate import names, profile
from krea_migrate.languages import pages
from krea_migrate.limits import READING

PROGRAMS = frozenset({"python", "shell", "make", "http", "notebook", "script"})
_PART, _PROGRAM_PART = 256, 400  # bytes that count as one: around a name or address, and of any program
_NEAR = 64_000  # bytes in front of the limit, a quarter at most, in which a good place to end is looked for
_STARTS = re.compile(rb"^[ ]*(?![\s)\]}]|(?:else|elif|except|finally|then|fi|done|esac)\b)", re.MULTILINE)
_MARGIN = re.compile(rb"^[A-Za-z_@]", re.MULTILINE)
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_CLOSING = {b"{": b"}", b"[": b"]"}
_CONNECTIONS = b'"connections"'  # behind the nodes of a workflow of n8n; it is none without them
_DEFINED = re.compile(rb"^[ \t]*(?:(?:async )?def|(?:export )?(?:async )?function) +(\w+)", re.MULTILINE)


class FirstPart(NamedTuple):
    """The part of a text that is followed.

    Attributes:
        end: where it ends.
        closing: the brackets that it leaves open, closed.
        is_whole: what is behind it has no part in what stands in it.
    """

    end: int
    closing: bytes = b""
    is_whole: bool = False


def first_part(text: bytes, path: str, language: str) -> FirstPart | None:
    """Return the part of a text that is followed; None where that is all of it.

    Args:
        text: in UTF-8.
        path: of the file; its suffix tells pages from scripts.
        language: as `walk` calls it.
    """
    is_page = path.rsplit(".", 1)[-1].lower() in pages.ENDINGS
    if language == "script" and not is_page:  # a larger one is a bundle, which has a limit of its own
        return None
    limit = _limit(text, is_program=language in PROGRAMS)
    if limit is None:
        return None
    if language in ("json", "notebook"):
        return _end_of_json(text, limit)
    if is_page:
        script = text.rfind(b"</script>", 0, limit)
        return FirstPart(script + len(b"</script>")) if script >= 0 else FirstPart(limit)
    return FirstPart(_end_of_lines(text, limit, language))


def _limit(text: bytes, *, is_program: bool) -> int | None:
    """Return where a text has more parts than are followed."""
    functions = set(_DEFINED.findall(text)) if is_program else set[bytes]()
    parts, last, at = 0.0, -1, 0
    most = READING.followed.value
    for word in _counted(profile.active()).finditer(text):
        start = word.start()
        if is_program:
            parts += (start - at - text.count(b"\n", at, start)) / _PROGRAM_PART
        at = start
        if word["call"] is None:
            parts += start // _PART != last
            last = start // _PART
        elif word["call"] in functions:
            parts += 1
        if parts > most:
            return start
    rest = (len(text) - at - text.count(b"\n", at)) / _PROGRAM_PART if is_program else 0
    return max(at, len(text) - round((parts + rest - most) * _PROGRAM_PART)) if parts + rest > most else None


@profile.for_each_api
def _names() -> bytes:
    return "|".join(map(re.escape, sorted(names.table().interesting))).encode()


def _counted(api: profile.Profile) -> re.Pattern[bytes]:
    """Return the expression of addresses, names of fields that were renamed, and calls."""
    return re.compile(
        rb"%b|(?<!\w)(?:%b)(?!\w)|(?<![\w.])(?P<call>[A-Za-z_]\w*)\(" % (api.host_or_operation.pattern, _names())
    )


def _end_of_json(text: bytes, limit: int) -> FirstPart:
    """Return the part that ends behind the value of the least depth near the limit."""
    last: dict[int, FirstPart] = {}
    begin = limit - min(_NEAR, limit // 4)
    is_open: list[bytes] = []
    for token in _JSON.finditer(text, 0, limit):
        mark = token[0]
        if mark in _CLOSING:
            is_open.append(mark)
        elif mark in (b"}", b"]") and is_open:
            is_open.pop()
            if token.end() > begin:
                closing = b"".join(_CLOSING[opened] for opened in reversed(is_open))
                last[len(is_open)] = FirstPart(token.end(), closing, is_whole=not is_open)
    part = last[min(last)] if last else FirstPart(0)
    if part.closing.endswith(b"}") and _CONNECTIONS in text:
        return part._replace(closing=part.closing[:-1] + b"," + _CONNECTIONS + b":{}}")
    return part


def _end_of_lines(text: bytes, limit: int, language: str) -> int:
    """Return where the last line near the limit begins that is among those of the least indentation."""
    best = (1 << 30, 0)
    for line in _STARTS.finditer(text, limit - min(_NEAR, limit // 4), limit):
        start, before = line.start(), text.rfind(b"\n", 0, max(0, line.start() - 1)) + 1
        previous = text[before:start].strip()
        if language == "markdown" and not text.startswith(b"#", line.end()):
            continue
        if previous.startswith(b"@") or previous.endswith(b"\\"):
            continue
        best = min(best, (len(line[0]), -start))
    indentation, end = best[0], -best[1]
    if language != "python" or not indentation:
        return end
    *_, statement = (0, *(line.start() for line in _MARGIN.finditer(text, 0, end)))
    is_block = text[statement : text.find(b"\n", statement)].rstrip().endswith(b":")
    return end if is_block else statement  # a list or dict that is cut off is no Python
