"""Expressions of JavaScript and TypeScript into the common tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from krea_migrate import ir, time_limit
from krea_migrate.languages.script_callbacks import Callbacks
from krea_migrate.languages.script_scopes import MEMBERS
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

_WRAPS = frozenset(
    {"parenthesized_expression", "await_expression", "as_expression", "satisfies_expression"}
    | {"non_null_expression", "type_assertion", "sequence_expression", "expression_statement"}
)
_LINKS = MEMBERS | {"call_expression"}
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function", "generator_function"})


def required(node: Syntax) -> str | None:
    """The module of require("x") or await import("x")."""
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


def map_pairs(made: ir.Node) -> list[ir.Entry] | None:
    """The members of new Map([["key", value], ...])."""
    if not isinstance(made, ir.Call) or not isinstance(made.of, ir.Name) or made.of.id != "Map":
        return None
    if not made.args:
        return []
    rows = made.args[0].items if isinstance(made.args[0], ir.Seq) else [made.args[0]]
    pairs = [row.items for row in rows if isinstance(row, ir.Seq) and len(row.items) == 2]
    return [ir.Entry(key, value) for key, value in pairs] if len(pairs) == len(rows) else None


class ScriptValues(Callbacks):
    """Reads expressions, and notes every call, object and member on the way."""

    def value(self, node: Syntax) -> ir.Node:
        """Read an expression."""
        time_limit.check()
        while node.type in _WRAPS:
            inner = children(node)
            if not inner:
                return ir.Opaque(*self.span(node))
            if node.type == "sequence_expression":
                for part in inner[:-1]:
                    self.value(part)
            node = inner[-1] if node.type in ("sequence_expression", "type_assertion") else inner[0]
        kind = node.type
        if kind in _FUNCTIONS:
            return ir.Closure(*self.span(node), self.function(node))
        reader = getattr(self, "of_" + kind, None)
        if reader is not None:
            read: ir.Node = reader(node)
            return read
        for child in children(node):
            self.value(child)
        return ir.Opaque(*self.span(node))

    def of_identifier(self, node: Syntax) -> ir.Node:
        name = ir.Name(*self.span(node), self.source(node), self.scope, self.order, self.path)
        self.module.names.append(name)
        return name

    of_this = of_super = of_identifier

    def of_string(self, node: Syntax) -> ir.Node:
        start, end = self.span(node)
        raw = self.source(node)[1:-1]
        plain = re.sub(r"\\(.)", lambda entry: {"n": "\n", "t": "\t"}.get(entry[1], entry[1]), raw, flags=re.DOTALL)
        token = ir.Str(start, end, plain, start + 1 if plain == raw else -1)
        self.module.texts.append(token)
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
                letters = self.text[at:end].decode("utf-8", "replace")
                piece = ir.Str(at + self.shift, end + self.shift, letters, at + self.shift)
                self.module.texts.append(piece)
                parts.append(piece)
            if hole is not None:
                inner = children(hole)
                parts.append(self.value(inner[0]) if inner else ir.Opaque(*self.span(hole)))
                at = hole.end_byte
        return ir.Text(*self.span(node), parts)

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
                links.append((inner, [self.value(child) for child in children(listed)] if listed is not None else []))
                inner = field(inner, "function")
            else:
                index = field(inner, "index") if inner.type == "subscript_expression" else None
                links.append((inner, [self.value(index)] if index is not None else []))
                inner = field(inner, "object")
        if inner is not None and inner.type == "call_expression":
            value = self._imported_value(inner)
        else:
            value = self.value(inner) if inner is not None else ir.Opaque(*self.span(node))
        for link, arguments in reversed(links):
            value = self._linked(link, arguments, value)
        return value

    def _required(self, call: Syntax) -> str | None:
        module = required(call)
        return module if module is not None and module.startswith(".") else None

    def _imported_value(self, call: Syntax) -> ir.Node:
        module = self._required(call)
        name = f"require:{module}"
        self.module.top.defs.setdefault(name, [ir.Def(ir.Import(module or "", None), 0, ())])
        return ir.Name(*self.span(call), name, self.scope, self.order, self.path)

    def _linked(self, node: Syntax, arguments: list[ir.Node], value: ir.Node) -> ir.Node:
        """Return one link of a chain, applied to what stands before it."""
        if node.type == "call_expression":
            return self._called(node, value, arguments)
        if node.type == "subscript_expression":
            key = arguments[0] if arguments else ir.Opaque(*self.span(node))
            member: ir.Attr | ir.Item = ir.Item(*self.span(node), value, key)
        else:
            name = field(node, "property")
            if name is None:
                return ir.Opaque(*self.span(node))
            member = ir.Attr(*self.span(node), value, self.source(name), self.span(name)[0])
        self.module.reads.append(member)
        return member

    def _called(self, node: Syntax, target: ir.Node, arguments: list[ir.Node]) -> ir.Node:
        call = ir.Call(*self.span(node), target, arguments, [])
        self.module.calls.append(ir.CallSite(call, self.scope, self.path))
        self.states.set_by(call, self.scope)
        return self.called_back(call) or call

    def of_new_expression(self, node: Syntax) -> ir.Node:
        of, listed = field(node, "constructor"), field(node, "arguments")
        arguments = [self.value(child) for child in children(listed)] if listed is not None else []
        target = self.value(of) if of is not None else ir.Opaque(*self.span(node))
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
        literal = ir.Dict(*self.span(node), pairs)
        self.module.dicts.append((literal, self.scope, self.path))
        return literal

    def of_spread_element(self, node: Syntax) -> ir.Node:
        inner = children(node)
        return ir.Spread(*self.span(node), self.value(inner[0]) if inner else ir.Opaque(*self.span(node)))

    def of_array(self, node: Syntax) -> ir.Node:
        return ir.Seq(*self.span(node), [self.value(child) for child in children(node)])

    def of_object(self, node: Syntax) -> ir.Node:
        entries = [entry for child in children(node) if (entry := self._entry(child)) is not None]
        literal = ir.Dict(*self.span(node), entries)
        self.module.dicts.append((literal, self.scope, self.path))
        return literal

    def _entry(self, syntax: Syntax) -> ir.Entry | None:
        if syntax.type == "spread_element":
            inner = children(syntax)
            return ir.Entry(None, self.value(inner[0])) if inner else None
        if syntax.type == "shorthand_property_identifier":
            name = self.source(syntax)
            return ir.Entry(ir.Str(*self.span(syntax), name), self.of_identifier(syntax), bare=True, shorthand=True)
        if syntax.type == "method_definition":
            function = self.function(syntax)
            return ir.Entry(
                ir.Str(*self.span(syntax), function.name), ir.Closure(*self.span(syntax), function), bare=True
            )
        key, value = field(syntax, "key"), field(syntax, "value")
        if key is None or value is None:
            return None
        read = self.value(value)
        if key.type == "computed_property_name":
            inner = children(key)
            return ir.Entry(self.value(inner[0]), read) if inner else None
        if isinstance(read, ir.Closure) and read.function.name == "<lambda>":
            read.function.name = self.source(key)
        if key.type == "string":
            return ir.Entry(self.of_string(key), read)
        return ir.Entry(ir.Str(*self.span(key), self.source(key)), read, bare=True)

    def of_ternary_expression(self, node: Syntax) -> ir.Node:
        arms: list[tuple[Syntax, Syntax, ir.Node]] = []
        inner: Syntax | None = node
        while inner is not None and inner.type == "ternary_expression":
            condition, consequence = field(inner, "condition"), field(inner, "consequence")
            if condition is None or consequence is None:
                break
            self.value(condition)
            arms.append((inner, condition, self.value(consequence)))
            inner = field(inner, "alternative")
        value = self.value(inner) if inner is not None and inner.id != node.id else ir.Opaque(*self.span(node))
        for ternary, condition, consequence_value in reversed(arms):
            value = ir.Phi(*self.span(ternary), [consequence_value, value], *self.branch(condition))
        return value

    def of_binary_expression(self, node: Syntax) -> ir.Node:
        """Read a chain of operators as a loop: a sum may have thousands of terms, each of which is one part of one text."""
        steps: list[tuple[Syntax, Syntax, Syntax, str]] = []
        inner = node
        while inner.type == "binary_expression":
            target, right, sign = field(inner, "left"), field(inner, "right"), field(inner, "operator")
            if target is None or right is None:
                break
            steps.append((inner, target, right, self.source(sign) if sign is not None else ""))
            inner = target
        if not steps:
            return ir.Opaque(*self.span(node))
        value = self.value(inner) if inner.type != "binary_expression" else ir.Opaque(*self.span(inner))
        joined: ir.Text | ir.Phi | None = None  # what this chain has made so far, and may grow
        by_before = ""
        for step, target, right, by in reversed(steps):
            second = self.value(right)
            if joined is not None and by == by_before:
                (joined.parts if isinstance(joined, ir.Text) else joined.options).append(second)
                joined.end = self.span(step)[1]
            elif by == "+":
                value = joined = ir.Text(*self.span(step), [value, second])
            elif by in ("||", "??"):
                value = joined = ir.Phi(*self.span(step), [value, second])
            else:
                value, joined = self._compared(step, target, by, value, second), None
            by_before = by
        return value

    def _compared(self, node: Syntax, left: Syntax, by: str, value: ir.Node, second: ir.Node) -> ir.Node:
        if by == "&&":
            return ir.Phi(*self.span(node), [second], *self.branch(left))
        if by == "in":
            self.module.tests.append(ir.Test(value, second))
        elif by in ("==", "===", "!=", "!=="):
            self.module.compared.append((value, second, self.scope))
        return ir.Opaque(*self.span(node))

    def of_assignment_expression(self, node: Syntax) -> ir.Node:
        target, right = field(node, "left"), field(node, "right")
        value = self.value(right) if right is not None else ir.Opaque(*self.span(node))
        if target is not None:
            self.bind(target, value)
        return value

    def of_augmented_assignment_expression(self, node: Syntax) -> ir.Node:
        target, right = field(node, "left"), field(node, "right")
        value = self.value(right) if right is not None else ir.Opaque(*self.span(node))
        if target is not None and target.type != "identifier":
            self.bind(target, value)
        elif target is not None:
            old = self.value(target)
            adds = self.source(node)[len(self.source(target)) :].lstrip().startswith("+=")
            joined: ir.Node = (
                ir.Text(*self.span(node), [old, value]) if adds else ir.Phi(*self.span(node), [old, value])
            )
            self.define(self.source(target), joined)
        return value

    def of_yield_expression(self, node: Syntax) -> ir.Node:
        for child in children(node):
            self.scope.yielded.items.append(self.value(child))
        return ir.Opaque(*self.span(node))

    def of_unary_expression(self, node: Syntax) -> ir.Node:
        inner = field(node, "argument")
        if inner is not None and self.source(node).startswith("delete") and inner.type in MEMBERS:
            member = self.member(inner)
            if member is not None:
                self.module.stores.append(ir.Assignment(member, ir.Opaque(0, 0), self.path, self.scope, drops=True))
        elif inner is not None:
            self.value(inner)
        return ir.Opaque(*self.span(node))
