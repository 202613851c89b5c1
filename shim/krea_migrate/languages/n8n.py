"""Workflows of n8n: the code of their nodes, and the nodes behind them that send what the code returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.languages import json_text, script
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
    """The code of a workflow: one module for each node that has some."""
    view, found = View(text), list[ir.Module]()
    for flow in values:
        nodes = {one.name: one for one in map(_node, _items(flow, "nodes"))}
        before = _before(flow)
        coded: dict[str, ir.Module] = {}
        for node in nodes.values():
            code = next((value for name, value in node.strings.items() if name in _CODE), None)
            if code is not None:
                coded[node.name] = ir.Module(file, f"{file}#{len(found)}", "script")
                found.append(coded[node.name])
                letters, places = json_text.decoded(text[code.start : code.stop], code.start)
                shift = view.size
                view.add(letters, places)
                view.mark("\n", places[-1])
                script.add(coded[node.name], letters.encode("utf-8", "surrogateescape"), shift, "js")
        for node in nodes.values():
            _sent(node, nodes, before, coded, text)
    for module in found:
        module.source = view.text
    return view, found


def _items(value: Value, name: str) -> list[Value]:
    return next((one.value.items for one in value.members if one.name == name), list[Value]())


def _node(value: Value) -> _Node:
    held = {one.name: one.value for one in value.members}
    given = held.get("parameters")
    strings = {one.name: one.value for one in given.members if one.value.text is not None} if given is not None else {}
    kind = (held["type"].text or "") if "type" in held else ""
    return _Node((held["name"].text or "") if "name" in held else "", kind.rsplit(".", 1)[-1].lower(), given, strings)


def _before(flow: Value) -> dict[str, list[str]]:
    """The nodes that lead to each node."""
    found: dict[str, list[str]] = {}
    for source in next((one.value.members for one in flow.members if one.name == "connections"), list[Member]()):
        for output in _items(source.value, "main"):
            for link in output.items:
                to = next((one.value.text for one in link.members if one.name == "node"), None)
                if to:
                    found.setdefault(to, []).append(source.name)
    return found


def _sent(
    node: _Node, nodes: dict[str, _Node], before: dict[str, list[str]], coded: dict[str, ir.Module], text: str
) -> None:
    """Adds to the code of a node the request that a later node makes of what it returns."""
    address = node.strings.get("url")
    whole = next((found for value in node.strings.values() if (found := _WHOLE.match(value.text or ""))), None)
    if (
        address is None
        or whole is None
        or (node.strings["method"].text if "method" in node.strings else "POST") == "GET"
    ):
        return
    named = whole["one"] or whole["other"]
    sources = {named} if named else set(_sources(node.name, nodes, before, coded, set()))
    for name in sources & set(coded):
        read = [one for one in nodes.values() if one.name != node.name and _is_given(one, name, nodes, before, coded)]
        asked = text.count(f"'{name}'") + text.count(f'\\"{name}\\"') > (named is not None)
        url = (address.text or "").removeprefix("=")
        for one in [url, _ELSEWHERE] if read or asked else [url]:
            _request(coded[name], one, whole["path"])


def _is_given(
    node: _Node, name: str, nodes: dict[str, _Node], before: dict[str, list[str]], coded: dict[str, ir.Module]
) -> bool:
    """A node, other than one that hands it on, is given what another one returns."""
    if node.kind in _PASSES and node.name not in coded:
        return False
    return name in _sources(node.name, nodes, before, coded, set())


def _sources(
    name: str, nodes: dict[str, _Node], before: dict[str, list[str]], coded: dict[str, ir.Module], seen: set[str]
) -> Iterator[str]:
    for one in before.get(name, ()):
        if one in nodes and one not in seen:
            seen.add(one)
            if nodes[one].kind in _PASSES and one not in coded:
                yield from _sources(one, nodes, before, coded, seen)
            else:
                yield one


def _request(module: ir.Module, url: str, path: str) -> None:
    top, done = module.top, 0
    parts: list[ir.Node] = []
    for found in _FILLED.finditer(url):
        parts += [ir.Str(0, 0, url[done : found.start()]), ir.Opaque(0, 0)]
        done = found.end()
    address = ir.Text(0, 0, [*parts, ir.Str(0, 0, url[done:])])
    for returned in [one for node in top.returns for one in _results(node, top, 0)]:
        sent, start = returned, returned.start
        for step in path.split(".")[1:]:
            sent = ir.Attr(start, returned.end, sent, step, -1)
        of = ir.Name(start, start, "curl", top, 1 << 40, ())  # behind everything
        call = ir.Call(start, returned.end, of, [], [ir.Word("url", address, -1), ir.Word("data", sent, -1)])
        module.calls.append(ir.CallSite(call, top, ()))


def _results(node: ir.Node, top: ir.Function, depth: int) -> Iterator[ir.Node]:
    """What a node of code hands on as $json: the member json of what it returns, or all of it without such a member."""
    if isinstance(node, ir.Seq):
        for one in node.items:
            yield from _results(one, top, depth)
    elif isinstance(node, ir.Dict):
        keys = {one.key.value for one in node.entries if isinstance(one.key, ir.Str)}
        yield ir.Attr(node.start, node.end, node, "json", -1) if "json" in keys else node
    elif isinstance(node, ir.Spread):
        yield from _results(node.value, top, depth)
    elif isinstance(node, ir.Call):  # of a function that map() is given, or one of the code
        yield ir.Attr(node.start, node.end, node, "json", -1)
    elif isinstance(node, ir.Name) and depth < 4:
        for bound in top.defs.get(node.id, ()):
            if isinstance(bound.value, ir.Node):
                yield from _results(bound.value, top, depth + 1)
