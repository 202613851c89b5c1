"""Operators of JavaScript and TypeScript: conditions, sums, assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_patterns import MEMBERS, Patterns
from krea_migrate.languages.script_scopes import ScriptReader
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


class Operators:
    """Reads what operators make of their operands.

    Args:
        reader: reads what is inside.
        patterns: reads members.
    """

    def __init__(self, reader: ScriptReader, patterns: Patterns) -> None:
        self._reader = reader
        self._patterns = patterns
        self._scopes = reader.scopes

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
