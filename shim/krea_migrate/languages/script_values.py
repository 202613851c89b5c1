"""Expressions of JavaScript and TypeScript into the common tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_callbacks import Callbacks
from krea_migrate.languages.script_scopes import MEMBERS
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

_WRAPS = frozenset(
    {"parenthesized_expression", "await_expression", "as_expression", "satisfies_expression"}
    | {"non_null_expression", "type_assertion", "sequence_expression", "expression_statement"}
)
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function", "generator_function"})


def required(node: Syntax) -> str | None:
    """The module of require("x") or await import("x")."""
    inner = children(node)[0] if node.type == "await_expression" and children(node) else node
    if inner.type == "call_expression":
        of, args = field(inner, "function"), field(inner, "arguments")
        if of is not None and of.text in (b"require", b"import") and args is not None and children(args):
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
    pairs = [one.items for one in rows if isinstance(one, ir.Seq) and len(one.items) == 2]
    return [ir.Entry(key, value) for key, value in pairs] if len(pairs) == len(rows) else None


class Values(Callbacks):
    """Reads expressions, and notes every call, object and member on the way."""

    def value(self, node: Syntax) -> ir.Node:
        """An expression."""
        kind = node.type
        if kind in _WRAPS:
            inner = children(node)
            last = inner[-1] if kind in ("sequence_expression", "type_assertion") else inner[0] if inner else None
            return self.value(last) if last is not None else ir.Opaque(*self.span(node))
        if kind in _FUNCTIONS:
            return ir.Closure(*self.span(node), self.function(node))
        reader = getattr(self, "of_" + kind, None)
        if reader is not None:
            read: ir.Node = reader(node)
            return read
        for one in children(node):
            self.value(one)
        return ir.Opaque(*self.span(node))

    def of_identifier(self, node: Syntax) -> ir.Node:
        found = ir.Name(*self.span(node), self.source(node), self.scope, self.order, self.path)
        self.module.names.append(found)
        return found

    of_this = of_super = of_identifier

    def of_string(self, node: Syntax) -> ir.Node:
        start, end = self.span(node)
        raw = self.source(node)[1:-1]
        plain = re.sub(r"\\(.)", lambda one: {"n": "\n", "t": "\t"}.get(one[1], one[1]), raw, flags=re.DOTALL)
        found = ir.Str(start, end, plain, start + 1 if plain == raw else -1)
        self.module.texts.append(found)
        return found

    def of_template_string(self, node: Syntax) -> ir.Node:
        holes = [one for one in children(node) if one.type == "template_substitution"]
        if not holes:
            return self.of_string(node)
        parts: list[ir.Node] = []
        at = node.start_byte + 1
        for one in [*holes, None]:
            end = one.start_byte if one is not None else node.end_byte - 1
            if end > at:
                letters = self.text[at:end].decode("utf-8", "replace")
                piece = ir.Str(at + self.shift, end + self.shift, letters, at + self.shift)
                self.module.texts.append(piece)
                parts.append(piece)
            if one is not None:
                inner = children(one)
                parts.append(self.value(inner[0]) if inner else ir.Opaque(*self.span(one)))
                at = one.end_byte
        return ir.Text(*self.span(node), parts)

    def of_member_expression(self, node: Syntax) -> ir.Node:
        found = self.member(node)
        if found is None:
            return ir.Opaque(*self.span(node))
        self.module.reads.append(found)
        return found

    of_subscript_expression = of_member_expression

    def of_call_expression(self, node: Syntax) -> ir.Node:
        asked = required(node)
        if asked is not None and asked.startswith("."):
            name = f"require:{asked}"
            self.module.top.defs.setdefault(name, [ir.Def(ir.Import(asked, None), 0, ())])
            return ir.Name(*self.span(node), name, self.scope, self.order, self.path)
        of = field(node, "function") or field(node, "constructor")
        listed = field(node, "arguments")
        args = [self.value(one) for one in children(listed)] if listed is not None else []
        target = self.value(of) if of is not None else ir.Opaque(*self.span(node))
        call = ir.Call(*self.span(node), target, args, [])
        self.module.calls.append(ir.CallSite(call, self.scope, self.path))
        self.states.set_by(call, self.scope)
        return self.called_back(call) or call

    def of_new_expression(self, node: Syntax) -> ir.Node:
        made = self.of_call_expression(node)
        if isinstance(made, ir.Call) and isinstance(made.of, ir.Name) and made.of.id == "Blob" and made.args:
            return made.args[0].items[0] if isinstance(made.args[0], ir.Seq) and len(made.args[0].items) == 1 else made
        pairs = map_pairs(made)
        if pairs is None:
            return made
        found = ir.Dict(*self.span(node), pairs)
        self.module.dicts.append((found, self.scope, self.path))
        return found

    def of_spread_element(self, node: Syntax) -> ir.Node:
        inner = children(node)
        return ir.Spread(*self.span(node), self.value(inner[0]) if inner else ir.Opaque(*self.span(node)))

    def of_array(self, node: Syntax) -> ir.Node:
        return ir.Seq(*self.span(node), [self.value(one) for one in children(node)])

    def of_object(self, node: Syntax) -> ir.Node:
        entries = [entry for one in children(node) if (entry := self._entry(one)) is not None]
        found = ir.Dict(*self.span(node), entries)
        self.module.dicts.append((found, self.scope, self.path))
        return found

    def _entry(self, one: Syntax) -> ir.Entry | None:
        if one.type == "spread_element":
            inner = children(one)
            return ir.Entry(None, self.value(inner[0])) if inner else None
        if one.type == "shorthand_property_identifier":
            name = self.source(one)
            return ir.Entry(ir.Str(*self.span(one), name), self.of_identifier(one), bare=True, shorthand=True)
        if one.type == "method_definition":
            function = self.function(one)
            return ir.Entry(ir.Str(*self.span(one), function.name), ir.Closure(*self.span(one), function), bare=True)
        key, value = field(one, "key"), field(one, "value")
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
        parts = {name: field(node, name) for name in ("condition", "consequence", "alternative")}
        values = {name: self.value(one) for name, one in parts.items() if one is not None}
        options = [values[name] for name in ("consequence", "alternative") if name in values]
        return ir.Phi(*self.span(node), options, *self.branch(parts["condition"] or node))

    def of_binary_expression(self, node: Syntax) -> ir.Node:
        left, right, sign = field(node, "left"), field(node, "right"), field(node, "operator")
        if left is None or right is None:
            return ir.Opaque(*self.span(node))
        one, other, by = self.value(left), self.value(right), self.source(sign) if sign is not None else ""
        if by == "+":
            return ir.Text(*self.span(node), [one, other])
        if by in ("||", "??"):
            return ir.Phi(*self.span(node), [one, other])
        if by == "&&":
            return ir.Phi(*self.span(node), [other], *self.branch(left))
        if by == "in":
            self.module.tests.append(ir.Test(one, other))
        elif by in ("==", "===", "!=", "!=="):
            self.module.compared.append((one, other, self.scope))
        return ir.Opaque(*self.span(node))

    def of_assignment_expression(self, node: Syntax) -> ir.Node:
        left, right = field(node, "left"), field(node, "right")
        value = self.value(right) if right is not None else ir.Opaque(*self.span(node))
        if left is not None:
            self.bind(left, value)
        return value

    def of_augmented_assignment_expression(self, node: Syntax) -> ir.Node:
        left, right = field(node, "left"), field(node, "right")
        value = self.value(right) if right is not None else ir.Opaque(*self.span(node))
        if left is not None and left.type != "identifier":
            self.bind(left, value)
        elif left is not None:
            old = self.value(left)
            adds = self.source(node)[len(self.source(left)) :].lstrip().startswith("+=")
            both: ir.Node = ir.Text(*self.span(node), [old, value]) if adds else ir.Phi(*self.span(node), [old, value])
            self.define(self.source(left), both)
        return value

    def of_yield_expression(self, node: Syntax) -> ir.Node:
        for one in children(node):
            self.scope.yielded.items.append(self.value(one))
        return ir.Opaque(*self.span(node))

    def of_unary_expression(self, node: Syntax) -> ir.Node:
        inner = field(node, "argument")
        if inner is not None and self.source(node).startswith("delete") and inner.type in MEMBERS:
            found = self.member(inner)
            if found is not None:
                self.module.stores.append(ir.Assignment(found, ir.Opaque(0, 0), self.path, self.scope, drops=True))
        elif inner is not None:
            self.value(inner)
        return ir.Opaque(*self.span(node))
