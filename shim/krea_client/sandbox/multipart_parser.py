"""The parts of a multipart form (RFC 7578). Contents are cut out of the body as they are, each copied once."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from typing import NamedTuple

MOST_PARTS = 20
MOST_HEAD = 8 << 10


class FormPart(NamedTuple):
    """One field of a form; `filename` and `content_type` are None where it does not tell them."""

    name: str
    content: bytes
    filename: str | None
    content_type: str | None


def parts(content_type: str, body: bytes) -> list[FormPart]:
    """Read a form; raises ValueError when it is none."""
    head = _head(f"Content-Type: {content_type}")
    boundary = head.get_boundary()
    if head.get_content_type() != "multipart/form-data" or not boundary:
        raise ValueError("The body is not multipart/form-data with a boundary.")
    form_parts: list[FormPart] = []
    begins: int | None = None
    for ends, following, is_last in _borders(body, b"--" + boundary.encode("utf-8", "replace")):
        if begins is not None:
            form_parts.append(_part(body, begins, ends))
        if is_last:
            return form_parts
        if len(form_parts) == MOST_PARTS:
            raise ValueError(f"The form has more than {MOST_PARTS} parts.")
        begins = following
    raise ValueError("The form does not end with its boundary.")


def _borders(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Return the lines between the parts: where the part before one ends, where the next begins, and whether it is the last."""
    at = 0 if body.startswith(mark) else body.find(b"\r\n" + mark)
    while at >= 0:
        position = at + len(mark) + (0 if body.startswith(mark, at) else 2)
        line = body[position : position + 100].partition(b"\r\n")[0]
        # A longer word that begins like the boundary is none.
        if line.startswith(b"--") or not line.strip():
            yield at, position + len(line) + 2, line.startswith(b"--")
        at = body.find(b"\r\n" + mark, position)


def _part(body: bytes, start: int, end: int) -> FormPart:
    border = body.find(b"\r\n\r\n", start, min(end, start + MOST_HEAD))
    header = _head(body[start : max(border, start)].decode("utf-8", "replace"))
    name = header.get_param("name", header="content-disposition")
    if border < 0 or not isinstance(name, str):
        raise ValueError("A part of the form has no name.")
    kind = header.get_content_type() if "content-type" in header else None
    return FormPart(name, body[border + 4 : end], header.get_filename(), kind)


def _head(text: str) -> Message:
    return message_from_string(text + "\r\n\r\n")
