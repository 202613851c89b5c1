"""Workflows of n8n: the code of their nodes, and the nodes behind them that send what the code returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.languages import json_text, script
from krea_migrate.languages.dialects import SCRIPT
from krea_migrate.languages.json_text import Member, Value
from krea_migrate.languages.view import View

_CODE = frozenset({"jsCode", "functionCode"})
_WHOLE = re.compile(
    r"^=?\s*\{\{\s*(?:JSON\.stringify\(\s*)?"
    r"(?:\$json|\$input\.(?:item|first\(\))\.json|\$\(\s*(?P<q>['\"])(?P<one>.+?)(?P=q)\s*\)\.(?:item|first\(\)|last\(\))\.json"
    r"|\$node\[\s*(?P<r>['\"])(?P<other>.+?)(?P=r)\s*\]\.json)(?P<path>(?:\.\w+)*)\s*\)?\s*\}\}\s*$"
)
_FILLED = re.compile(r"\{\{.{0,1000}?\}\}", re.DOTALL)
_ELSEWHERE = "https://another node of the workflow/"  # as messages say it; nothing is asked there
# Nodes that hand on what they are given.
_PASSES = ("if", "filter", "wait", "noop", "limit", "merge", "switch", "splitinbatches", "stopanderror")


class _Node(NamedTuple):
    name: str
    kind: str
    given: Value | None
    strings: dict[str, Value]


def modules(text: str, file: str, values: list[Value]) -> tuple[View, list[ir.Module]]:
    """Return the code of a workflow: one module for each node that has some."""
    view, result = View(text), list[ir.Module]()
    for flow in values:
        nodes = {entry.name: entry for entry in map(_node, _items(flow, "nodes"))}
        before = _before(flow)
        coded: dict[str, ir.Module] = {}
        for node in nodes.values():
            code = next((value for name, value in node.strings.items() if name in _CODE), None)
            if code is not None:
                coded[node.name] = ir.Module(file, f"{file}#{len(result)}", SCRIPT)
                result.append(coded[node.name])
                letters, places = json_text.decoded(text[code.start : code.stop], code.start)
                shift = view.size
                view.add(letters, places)
                view.mark("\n", places[-1])
                script.add(coded[node.name], letters.encode("utf-8", "surrogateescape"), shift, "js")
        for node in nodes.values():
            _sent(node, nodes, before, coded, text)
    source = view.text
    for module in result:
        module.source = source
    return view, result


def _items(value: Value, name: str) -> list[Value]:
    return next((member.value.items for member in value.members if member.name == name), list[Value]())


def _node(value: Value) -> _Node:
    contents = {member.name: member.value for member in value.members}
    argument = contents.get("parameters")
    strings = (
        {entry.name: entry.value for entry in argument.members if entry.value.text is not None}
        if argument is not None
        else {}
    )
    kind = (contents["type"].text or "") if "type" in contents else ""
    return _Node(
        (contents["name"].text or "") if "name" in contents else "", kind.rsplit(".", 1)[-1].lower(), argument, strings
    )


def _before(flow: Value) -> dict[str, list[str]]:
    """Return the nodes that lead to each node."""
    result: dict[str, list[str]] = {}
    for source in next(
        (member.value.members for member in flow.members if member.name == "connections"), list[Member]()
    ):
        for output in _items(source.value, "main"):
            for link in output.items:
                to = next((entry.value.text for entry in link.members if entry.name == "node"), None)
                if to:
                    result.setdefault(to, []).append(source.name)
    return result


def _sent(
    node: _Node, nodes: dict[str, _Node], before: dict[str, list[str]], coded: dict[str, ir.Module], text: str
) -> None:
    """Add to the code of a node the request that a later node makes of what it returns."""
    address = node.strings.get("url")
    string = next((match for value in node.strings.values() if (match := _WHOLE.match(value.text or ""))), None)
    if (
        address is None
        or string is None
        or (node.strings["method"].text if "method" in node.strings else "POST") == "GET"
    ):
        return
    node_name = string["one"] or string["other"]
    sources = {node_name} if node_name else set(_sources(node.name, nodes, before, coded, set()))
    for name in sources & set(coded):
        read = [
            entry
            for entry in nodes.values()
            if entry.name != node.name and _is_given(entry, name, nodes, before, coded)
        ]
        repeated = text.count(f"'{name}'") + text.count(f'\\"{name}\\"') > (node_name is not None)
        url = (address.text or "").removeprefix("=")
        for candidate in [url, _ELSEWHERE] if read or repeated else [url]:
            _request(coded[name], candidate, string["path"])


def _is_given(
    node: _Node, name: str, nodes: dict[str, _Node], before: dict[str, list[str]], coded: dict[str, ir.Module]
) -> bool:
    """Return whether a node, other than one that hands it on, is given what another one returns."""
    if node.kind in _PASSES and node.name not in coded:
        return False
    return name in _sources(node.name, nodes, before, coded, set())


def _sources(
    name: str, nodes: dict[str, _Node], before: dict[str, list[str]], coded: dict[str, ir.Module], visited: set[str]
) -> Iterator[str]:
    for entry in before.get(name, ()):
        if entry in nodes and entry not in visited:
            visited.add(entry)
            if nodes[entry].kind in _PASSES and entry not in coded:
                yield from _sources(entry, nodes, before, coded, visited)
            else:
                yield entry


def _request(module: ir.Module, url: str, path: str) -> None:
    top, position = module.top, 0
    parts: list[ir.Node] = []
    for match in _FILLED.finditer(url):
        parts += [ir.Str(0, 0, url[position : match.start()]), ir.Opaque(0, 0)]
        position = match.end()
    address = ir.Text(0, 0, [*parts, ir.Str(0, 0, url[position:])])
    for item in [result for node in top.returns for result in _results(node, top, set())]:
        member, start = item, item.start
        for step in path.split(".")[1:]:
            member = ir.Attr(start, item.end, member, step, -1)
        module.requests.append(ir.RequestSite(ir.RequestNode(start, item.end, address, [member]), top, ()))


def _results(node: ir.Node, top: ir.Function, visited: set[str]) -> Iterator[ir.Node]:
    """Yield what a node of code hands on as $json: the member json of what it returns, or all of it without such a member."""
    if isinstance(node, ir.Seq):
        for item in node.items:
            yield from _results(item, top, visited)
    elif isinstance(node, ir.Dict):
        keys = {entry.key.value for entry in node.entries if isinstance(entry.key, ir.Str)}
        yield ir.Attr(node.start, node.end, node, "json", -1) if "json" in keys else node
    elif isinstance(node, ir.Spread):
        yield from _results(node.value, top, visited)
    elif isinstance(node, ir.Call):  # of a function that map() is given, or one of the code
        yield ir.Attr(node.start, node.end, node, "json", -1)
    elif isinstance(node, ir.Name) and node.id not in visited:
        visited.add(node.id)
        for bound in top.defs.get(node.id, ()):
            if isinstance(bound.value, ir.Node):
                yield from _results(bound.value, top, visited)
