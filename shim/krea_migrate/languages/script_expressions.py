"""Expressions of JavaScript and TypeScript into the common tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_callbacks import Callbacks
from krea_migrate.languages.script_patterns import MEMBERS, Patterns
from krea_migrate.languages.script_scopes import ScriptReader
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

_LINKS = MEMBERS | {"call_expression"}


def required(node: Syntax) -> str | None:
    """Return the module of require("x") or await import("x")."""
    inner = children(node)[0] if node.type == "await_expression" and children(node) else node
    if inner.type == "call_expression":
        of, args = field(inner, "function"), field(inner, "arguments")
        if (
            of is not None
            and of.type in ("identifier", "import")
            and of.text in (b"require", b"import")
            and args is not None
            and children(args)
        ):
            first = children(args)[0]
            return (first.text or b"").decode().strip("\"'`") if first.type == "string" else None
    return None


def map_pairs(call: ir.Node) -> list[ir.Entry] | None:
    """Return the members of new Map([["key", value], ...])."""
    if not isinstance(call, ir.Call) or not isinstance(call.of, ir.Name) or call.of.id != "Map":
        return None
    if not call.args:
        return []
    rows = call.args[0].items if isinstance(call.args[0], ir.Seq) else [call.args[0]]
    pairs = [row.items for row in rows if isinstance(row, ir.Seq) and len(row.items) == 2]
    return [ir.Entry(key, value) for key, value in pairs] if len(pairs) == len(rows) else None


class ScriptExpressions:
    """Reads expressions, and notes every call, object and member on the way.

    Args:
        reader: reads what is inside.
        patterns: knows the state of a page.
    """

    def __init__(self, reader: ScriptReader, patterns: Patterns) -> None:
        self._reader = reader
        self._patterns = patterns
        self._scopes = reader.scopes
        self._module = reader.scopes.module
        self._callbacks = Callbacks(reader.scopes)

    def of_identifier(self, node: Syntax) -> ir.Node:
        return self._scopes.name(node)

    of_this = of_super = of_identifier

    def of_string(self, node: Syntax) -> ir.Node:
        start, end = self._scopes.span(node)
        raw = self._scopes.source(node)[1:-1]
        plain = re.sub(r"\\(.)", lambda entry: {"n": "\n", "t": "\t"}.get(entry[1], entry[1]), raw, flags=re.DOTALL)
        token = ir.Str(start, end, plain, start + 1 if plain == raw else -1)
        self._module.texts.append(token)
        return token

    def of_template_string(self, node: Syntax) -> ir.Node:
        holes = [child for child in children(node) if child.type == "template_substitution"]
        if not holes:
            return self.of_string(node)
        parts: list[ir.Node] = []
        at = node.start_byte + 1
        for hole in [*holes, None]:
            end = hole.start_byte if hole is not None else node.end_byte - 1
            if end > at:
                letters = self._scopes.text[at:end].decode("utf-8", "replace")
                piece = ir.Str(at + self._scopes.shift, end + self._scopes.shift, letters, at + self._scopes.shift)
                self._module.texts.append(piece)
                parts.append(piece)
            if hole is not None:
                inner = children(hole)
                parts.append(self._reader.value(inner[0]) if inner else ir.Opaque(*self._scopes.span(hole)))
                at = hole.end_byte
        return ir.Text(*self._scopes.span(node), parts)

    def of_member_expression(self, node: Syntax) -> ir.Node:
        return self._chain(node)

    of_subscript_expression = of_call_expression = of_member_expression

    def _chain(self, node: Syntax) -> ir.Node:
        """Read a().b[c].d(): as a loop, since a chain may have thousands of links."""
        links: list[tuple[Syntax, list[ir.Node]]] = []
        inner: Syntax | None = node
        while inner is not None and inner.type in _LINKS:
            if inner.type == "call_expression":
                if self._required(inner) is not None:
                    break
                listed = field(inner, "arguments")
                links.append(
                    (inner, [self._reader.value(child) for child in children(listed)] if listed is not None else [])
                )
                inner = field(inner, "function")
            else:
                index = field(inner, "index") if inner.type == "subscript_expression" else None
                links.append((inner, [self._reader.value(index)] if index is not None else []))
                inner = field(inner, "object")
        if inner is not None and inner.type == "call_expression":
            value = self._imported_value(inner)
        else:
            value = self._reader.value(inner) if inner is not None else ir.Opaque(*self._scopes.span(node))
        for link, arguments in reversed(links):
            value = self._linked(link, arguments, value)
        return value

    def _required(self, call: Syntax) -> str | None:
        module = required(call)
        return module if module is not None and module.startswith(".") else None

    def _imported_value(self, call: Syntax) -> ir.Node:
        module = self._required(call)
        name = f"require:{module}"
        self._module.top.defs.setdefault(name, [ir.Def(ir.Import(module or "", None), 0, ())])
        return ir.Name(*self._scopes.span(call), name, self._scopes.scope, self._scopes.order, self._scopes.path)

    def _linked(self, node: Syntax, arguments: list[ir.Node], value: ir.Node) -> ir.Node:
        """Return one link of a chain, applied to what stands before it."""
        if node.type == "call_expression":
            return self._called(node, value, arguments)
        if node.type == "subscript_expression":
            key = arguments[0] if arguments else ir.Opaque(*self._scopes.span(node))
            member: ir.Attr | ir.Item = ir.Item(*self._scopes.span(node), value, key)
        else:
            name = field(node, "property")
            if name is None:
                return ir.Opaque(*self._scopes.span(node))
            member = ir.Attr(*self._scopes.span(node), value, self._scopes.source(name), self._scopes.span(name)[0])
        self._module.reads.append(member)
        return member

    def _called(self, node: Syntax, target: ir.Node, arguments: list[ir.Node]) -> ir.Node:
        call = ir.Call(*self._scopes.span(node), target, arguments, [])
        self._module.calls.append(ir.CallSite(call, self._scopes.scope, self._scopes.path))
        self._patterns.states.set_by(call, self._scopes.scope)
        return self._callbacks.called_back(call) or call

    def of_new_expression(self, node: Syntax) -> ir.Node:
        of, listed = field(node, "constructor"), field(node, "arguments")
        arguments = [self._reader.value(child) for child in children(listed)] if listed is not None else []
        target = self._reader.value(of) if of is not None else ir.Opaque(*self._scopes.span(node))
        created = self._called(node, target, arguments)
        if (
            isinstance(created, ir.Call)
            and isinstance(created.of, ir.Name)
            and created.of.id == "Blob"
            and created.args
        ):
            return (
                created.args[0].items[0]
                if isinstance(created.args[0], ir.Seq) and len(created.args[0].items) == 1
                else created
            )
        pairs = map_pairs(created)
        if pairs is None:
            return created
        literal = ir.Dict(*self._scopes.span(node), pairs)
        self._module.dicts.append((literal, self._scopes.scope, self._scopes.path))
        return literal

    def of_spread_element(self, node: Syntax) -> ir.Node:
        inner = children(node)
        return ir.Spread(
            *self._scopes.span(node), self._reader.value(inner[0]) if inner else ir.Opaque(*self._scopes.span(node))
        )

    def of_array(self, node: Syntax) -> ir.Node:
        return ir.Seq(*self._scopes.span(node), [self._reader.value(child) for child in children(node)])

    def of_object(self, node: Syntax) -> ir.Node:
        entries = [entry for child in children(node) if (entry := self._entry(child)) is not None]
        literal = ir.Dict(*self._scopes.span(node), entries)
        self._module.dicts.append((literal, self._scopes.scope, self._scopes.path))
        return literal

    def _entry(self, syntax: Syntax) -> ir.Entry | None:
        if syntax.type == "spread_element":
            inner = children(syntax)
            return ir.Entry(None, self._reader.value(inner[0])) if inner else None
        if syntax.type == "shorthand_property_identifier":
            name = self._scopes.source(syntax)
            return ir.Entry(
                ir.Str(*self._scopes.span(syntax), name), self.of_identifier(syntax), bare=True, shorthand=True
            )
        if syntax.type == "method_definition":
            function = self._reader.function(syntax)
            return ir.Entry(
                ir.Str(*self._scopes.span(syntax), function.name),
                ir.Closure(*self._scopes.span(syntax), function),
                bare=True,
            )
        key, value = field(syntax, "key"), field(syntax, "value")
        if key is None or value is None:
            return None
        read = self._reader.value(value)
        if key.type == "computed_property_name":
            inner = children(key)
            return ir.Entry(self._reader.value(inner[0]), read) if inner else None
        if isinstance(read, ir.Closure) and read.function.name == "<lambda>":
            read.function.name = self._scopes.source(key)
        if key.type == "string":
            return ir.Entry(self.of_string(key), read)
        return ir.Entry(ir.Str(*self._scopes.span(key), self._scopes.source(key)), read, bare=True)
