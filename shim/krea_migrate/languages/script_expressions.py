"""Expressions of JavaScript and TypeScript into the common tree: members, calls, literals, and what operators make of them."""

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
    of = field(inner, "function") if inner.type == "call_expression" else None
    if of is None or of.type not in ("identifier", "import") or of.text not in (b"require", b"import"):
        return None
    first = next(iter(children(field(inner, "arguments"))), None)
    return (first.text or b"").decode().strip("\"'`") if first is not None and first.type == "string" else None


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
        self._callbacks = Callbacks(reader.scopes)

    def of_identifier(self, node: Syntax) -> ir.Node:
        return self._scopes.name(node)

    of_this = of_super = of_identifier

    def of_string(self, node: Syntax) -> ir.Node:
        start, end = self._scopes.span(node)
        raw = self._scopes.source(node)[1:-1]
        plain = re.sub(r"\\(.)", lambda entry: {"n": "\n", "t": "\t"}.get(entry[1], entry[1]), raw, flags=re.DOTALL)
        token = ir.Str(start, end, plain, start + 1 if plain == raw else -1)
        self._scopes.module.texts.append(token)
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
                self._scopes.module.texts.append(piece)
                parts.append(piece)
            if hole is not None:
                parts.append(self._inside(hole))
                at = hole.end_byte
        return ir.Text(*self._scopes.span(node), parts)

    def _inside(self, node: Syntax) -> ir.Node:
        """Return what stands in ${...}, behind three dots or between brackets."""
        return self._reader.value_of(next(iter(children(node)), None), node)

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
                links.append((inner, [self._reader.value(child) for child in children(field(inner, "arguments"))]))
                inner = field(inner, "function")
            else:
                index = field(inner, "index") if inner.type == "subscript_expression" else None
                links.append((inner, [self._reader.value(index)] if index is not None else []))
                inner = field(inner, "object")
        is_import = inner is not None and inner.type == "call_expression"
        value = self._imported_value(inner) if inner is not None and is_import else self._reader.value_of(inner, node)
        for link, arguments in reversed(links):
            value = self._linked(link, arguments, value)
        return value

    def _required(self, call: Syntax) -> str | None:
        module = required(call)
        return module if module is not None and module.startswith(".") else None

    def _imported_value(self, call: Syntax) -> ir.Node:
        module = self._required(call)
        name = f"require:{module}"
        self._scopes.module.top.defs.setdefault(name, [ir.Def(ir.Import(module or "", None), 0, ())])
        return self._scopes.name_of(call, name)

    def _linked(self, node: Syntax, arguments: list[ir.Node], value: ir.Node) -> ir.Node:
        """Return one link of a chain, applied to what stands before it."""
        if node.type == "call_expression":
            return self._called(node, value, arguments)
        if node.type == "subscript_expression":
            key = arguments[0] if arguments else self._scopes.opaque(node)
            member: ir.Attr | ir.Item = ir.Item(*self._scopes.span(node), value, key)
        else:
            name = field(node, "property")
            if name is None:
                return self._scopes.opaque(node)
            member = ir.Attr(*self._scopes.span(node), value, self._scopes.source(name), self._scopes.span(name)[0])
        self._scopes.module.reads.append(member)
        return member

    def _called(self, node: Syntax, target: ir.Node, arguments: list[ir.Node]) -> ir.Node:
        call = self._scopes.called(ir.Call(*self._scopes.span(node), target, arguments, []))
        self._patterns.states.set_by(call, self._scopes.scope)
        return self._callbacks.called_back(call) or call

    def of_new_expression(self, node: Syntax) -> ir.Node:
        arguments = [self._reader.value(child) for child in children(field(node, "arguments"))]
        target = self._reader.value_of(field(node, "constructor"), node)
        created = self._called(node, target, arguments)
        if isinstance(target, ir.Name) and target.id == "Blob" and arguments:
            pieces = arguments[0].items if isinstance(arguments[0], ir.Seq) else []
            return pieces[0] if len(pieces) == 1 else created
        pairs = map_pairs(created)
        return self._scopes.literal(self._scopes.span(node), pairs) if pairs is not None else created

    def of_spread_element(self, node: Syntax) -> ir.Node:
        return ir.Spread(*self._scopes.span(node), self._inside(node))

    def of_array(self, node: Syntax) -> ir.Node:
        return ir.Seq(*self._scopes.span(node), [self._reader.value(child) for child in children(node)])

    def of_object(self, node: Syntax) -> ir.Node:
        entries = [entry for child in children(node) if (entry := self._entry(child)) is not None]
        return self._scopes.literal(self._scopes.span(node), entries)

    def _entry(self, syntax: Syntax) -> ir.Entry | None:
        span = self._scopes.span(syntax)
        if syntax.type == "spread_element":
            return ir.Entry(None, self._inside(syntax)) if children(syntax) else None
        if syntax.type == "shorthand_property_identifier":
            name = ir.Str(*span, self._scopes.source(syntax))
            return ir.Entry(name, self.of_identifier(syntax), bare=True, shorthand=True)
        if syntax.type == "method_definition":
            function = self._reader.function(syntax)
            return ir.Entry(ir.Str(*span, function.name), ir.Closure(*span, function), bare=True)
        key, value = field(syntax, "key"), field(syntax, "value")
        if key is None or value is None:
            return None
        read = self._reader.value(value)
        if key.type == "computed_property_name":
            return ir.Entry(self._inside(key), read) if children(key) else None
        if isinstance(read, ir.Closure) and read.function.name == "<lambda>":
            read.function.name = self._scopes.source(key)
        if key.type == "string":
            return ir.Entry(self.of_string(key), read)
        return ir.Entry(ir.Str(*self._scopes.span(key), self._scopes.source(key)), read, bare=True)

    def of_ternary_expression(self, node: Syntax) -> ir.Node:
        arms: list[tuple[Syntax, Syntax, ir.Node]] = []
        inner: Syntax | None = node
        while inner is not None and inner.type == "ternary_expression":
            condition, consequence = field(inner, "condition"), field(inner, "consequence")
            if condition is None or consequence is None:
                break
            self._reader.value(condition)
            arms.append((inner, condition, self._reader.value(consequence)))
            inner = field(inner, "alternative")
        value = self._reader.value_of(inner if arms else None, node)
        for ternary, condition, consequence_value in reversed(arms):
            value = ir.Phi(*self._scopes.span(ternary), [consequence_value, value], *self._scopes.branch(condition))
        return value

    def of_binary_expression(self, node: Syntax) -> ir.Node:
        """Read a chain of operators as a loop: a sum may have thousands of terms, each of which is one part of one text."""
        steps: list[tuple[Syntax, Syntax, Syntax, str]] = []
        inner = node
        while inner.type == "binary_expression":
            target, right = field(inner, "left"), field(inner, "right")
            if target is None or right is None:
                break
            steps.append((inner, target, right, self._scopes.source(field(inner, "operator"))))
            inner = target
        value = self._reader.value_of(inner if inner.type != "binary_expression" else None, inner)
        joined: ir.Text | ir.Phi | None = None  # what this chain has made so far, and may grow
        by_before = ""
        for step, target, right, by in reversed(steps):
            second = self._reader.value(right)
            if joined is not None and by == by_before:
                (joined.parts if isinstance(joined, ir.Text) else joined.options).append(second)
                joined.end = self._scopes.span(step)[1]
            elif by == "+":
                value = joined = ir.Text(*self._scopes.span(step), [value, second])
            elif by in ("||", "??"):
                value = joined = ir.Phi(*self._scopes.span(step), [value, second])
            else:
                value, joined = self._compared(step, target, by, value, second), None
            by_before = by
        return value

    def _compared(self, node: Syntax, condition: Syntax, by: str, value: ir.Node, second: ir.Node) -> ir.Node:
        if by == "&&":
            return ir.Phi(*self._scopes.span(node), [second], *self._scopes.branch(condition))
        if by == "in":
            self._scopes.module.tests.append(ir.Test(value, second))
        elif by in ("==", "===", "!=", "!=="):
            self._scopes.module.compared.append((value, second, self._scopes.scope))
        return self._scopes.opaque(node)

    def of_assignment_expression(self, node: Syntax) -> ir.Node:
        target, value = field(node, "left"), self._reader.value_of(field(node, "right"), node)
        if target is not None:
            self._reader.bind(target, value)
        return value

    def of_augmented_assignment_expression(self, node: Syntax) -> ir.Node:
        target, value = field(node, "left"), self._reader.value_of(field(node, "right"), node)
        if target is not None and target.type != "identifier":
            self._reader.bind(target, value)
        elif target is not None:
            old = self._reader.value(target)
            adds = self._scopes.source(node)[len(self._scopes.source(target)) :].lstrip().startswith("+=")
            joined = (ir.Text if adds else ir.Phi)(*self._scopes.span(node), [old, value])
            self._scopes.define(self._scopes.source(target), joined)
        return value

    def of_yield_expression(self, node: Syntax) -> ir.Node:
        for child in children(node):
            self._scopes.scope.yielded.items.append(self._reader.value(child))
        return self._scopes.opaque(node)

    def of_unary_expression(self, node: Syntax) -> ir.Node:
        inner = field(node, "argument")
        if inner is not None and self._scopes.source(node).startswith("delete") and inner.type in MEMBERS:
            member = self._patterns.member(inner)
            if member is not None:
                self._scopes.assign(member, None)
        elif inner is not None:
            self._reader.value(inner)
        return self._scopes.opaque(node)
