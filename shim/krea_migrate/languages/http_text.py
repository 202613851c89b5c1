"""Requests that stand in a file as they are sent (.http, .rest, .hurl), as a shell program of the same requests."""

from __future__ import annotations

import re

from krea_migrate.languages.view import View

_REQUEST = re.compile(
    r"^(?P<method>POST|PUT|PATCH|GET|DELETE|HEAD|OPTIONS)[ \t]+(?P<address>\S.*?)(?:[ \t]{1,20}HTTP/\S{1,20})?[ \t]{0,20}\r?$",
    re.MULTILINE,
)
_SET = re.compile(r"^@(?P<name>\w+)[ \t]*=[ \t]*(?P<value>\S*)[ \t]*\r?$", re.MULTILINE)
_END = re.compile(r"^(?:###|HTTP(?:/[\d.]+)?[ \t]|[<>][ \t]|\[\w+\])", re.MULTILINE)
_BODY = re.compile(r"^\s*(?=\{)", re.MULTILINE)
_FILLED = re.compile(r"\{\{[ \t]*\$?(?:\w+[. ])*(\w+)[ \t]*\}\}")
_FILE = re.compile(r"^<@?[ \t]+([\w./-]+)[ \t]*\r?$", re.MULTILINE)
_TAG = "END_OF_THE_BODY"


def view(text: str) -> View:
    """The requests of a file."""
    made = View(text)
    for found in _SET.finditer(text):
        made.mark(f'{found["name"]}="', found.start())
        _filled(made, found.start("value"), found.end("value"))
        made.mark('"\n', found.end())
    requests = list(_REQUEST.finditer(text))
    ends = [*(found.start() for found in requests[1:]), len(text)]
    for found, end in zip(requests, ends, strict=False):
        _request(made, found, end)
    return made


def _request(made: View, found: re.Match[str], limit: int) -> None:
    end = _END.search(made.source, found.end(), limit)
    stop = end.start() if end else limit
    made.mark(f'curl -X {found["method"]} "', found.start())
    _filled(made, found.start("address"), found.end("address"))
    body = _BODY.search(made.source, found.end(), stop)
    if body is None:
        file = _FILE.match(made.source, stop, limit)
        made.mark(f'" -d @{file[1]}\n' if file else '"\n', found.end())
        return
    made.mark(f"\" -d @- <<'{_TAG}'\n", found.end())
    made.copy(body.end(), stop)
    made.mark(f"\n{_TAG}\n", stop)


def _filled(made: View, start: int, end: int) -> None:
    for found in _FILLED.finditer(made.source, start, end):
        made.copy(start, found.start())
        made.mark("${" + found[1] + "}", found.start())
        start = found.end()
    made.copy(start, end)
