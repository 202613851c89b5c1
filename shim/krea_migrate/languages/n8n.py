"""Workflows of n8n: the code of their nodes, and the nodes behind them that send what the code returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir
from krea_migrate.languages import json_text, script
from krea_migrate.languages.dialects import SCRIPT
from krea_migrate.languages.json_text import Value
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
    strings: dict[str, Value]


def modules(text: str, file: str, values: list[Value]) -> tuple[View, list[ir.Module]]:
    """Return the code of a workflow: one module for each node that has some."""
    view, result = View(text), list[ir.Module]()
    for workflow in map(_Workflow, values):
        for node in workflow.nodes.values():
            code = next((value for name, value in node.strings.items() if name in _CODE), None)
            if code is not None:
                module = workflow.coded[node.name] = ir.Module(file, f"{file}#{len(result)}", SCRIPT)
                result.append(module)
                letters, places = json_text.decoded(text[code.start : code.stop], code.start)
                shift = view.size
                view.add(letters, places)
                view.mark("\n", places[-1])
                script.add(module, letters.encode("utf-8", "surrogateescape"), shift, "js")
        for node in workflow.nodes.values():
            workflow.send(node, text)
    source = view.text
    for module in result:
        module.source = source
    return view, result


def _node(value: Value) -> _Node:
    strings = {entry.name: entry.value for entry in value.get("parameters").members if entry.value.text is not None}
    kind = (value.get("type").text or "").rsplit(".", 1)[-1].lower()
    return _Node(value.get("name").text or "", kind, strings)


class _Workflow:
    """The nodes of one workflow, those that lead to each, and the code of those that have some."""

    def __init__(self, flow: Value) -> None:
        self.nodes = {node.name: node for node in map(_node, flow.get("nodes").items)}
        self.coded: dict[str, ir.Module] = {}
        self.before: dict[str, list[str]] = {}
        for source in flow.get("connections").members:
            for link in (link for output in source.value.get("main").items for link in output.items):
                if to := link.get("node").text:
                    self.before.setdefault(to, []).append(source.name)

    def send(self, node: _Node, text: str) -> None:
        """Add to the code of a node the request that a later node makes of what it returns."""
        address = node.strings.get("url")
        string = next((match for value in node.strings.values() if (match := _WHOLE.match(value.text or ""))), None)
        is_read = "method" in node.strings and node.strings["method"].text == "GET"
        if address is None or string is None or is_read:
            return
        node_name = string["one"] or string["other"]
        sources = {node_name} if node_name else set(self._sources(node.name, set()))
        for name in sources & set(self.coded):
            is_given = any(self._is_given(entry, name) for entry in self.nodes if entry != node.name)
            repeated = text.count(f"'{name}'") + text.count(f'\\"{name}\\"') > (node_name is not None)
            url = (address.text or "").removeprefix("=")
            for candidate in [url, _ELSEWHERE] if is_given or repeated else [url]:
                _request(self.coded[name], candidate, string["path"])

    def _passes(self, name: str) -> bool:
        return self.nodes[name].kind in _PASSES and name not in self.coded

    def _is_given(self, name: str, source: str) -> bool:
        """Return whether a node, other than one that hands it on, is given what another one returns."""
        return not self._passes(name) and source in self._sources(name, set())

    def _sources(self, name: str, visited: set[str]) -> Iterator[str]:
        for entry in self.before.get(name, ()):
            if entry in self.nodes and entry not in visited:
                visited.add(entry)
                if self._passes(entry):
                    yield from self._sources(entry, visited)
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
        for bound in top.bound(node.id):
            yield from _results(bound, top, visited)
