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
    """Return the requests of a file."""
    created = View(text)
    for match in _SET.finditer(text):
        created.mark(f'{match["name"]}="', match.start())
        _filled(created, match.start("value"), match.end("value"))
        created.mark('"\n', match.end())
    requests = list(_REQUEST.finditer(text))
    ends = [*(request.start() for request in requests[1:]), len(text)]
    for match, end in zip(requests, ends, strict=False):
        _request(created, match, end)
    return created


def _request(output: View, match: re.Match[str], limit: int) -> None:
    end = _END.search(output.source, match.end(), limit)
    stop = end.start() if end else limit
    output.mark(f'curl -X {match["method"]} "', match.start())
    _filled(output, match.start("address"), match.end("address"))
    body = _BODY.search(output.source, match.end(), stop)
    if body is None:
        file = _FILE.match(output.source, stop, limit)
        output.mark(f'" -d @{file[1]}\n' if file else '"\n', match.end())
        return
    output.mark(f"\" -d @- <<'{_TAG}'\n", match.end())
    output.copy(body.end(), stop)
    output.mark(f"\n{_TAG}\n", stop)


def _filled(output: View, start: int, end: int) -> None:
    for match in _FILLED.finditer(output.source, start, end):
        output.copy(start, match.start())
        output.mark("${" + match[1] + "}", match.start())
        start = match.end()
    output.copy(start, end)
