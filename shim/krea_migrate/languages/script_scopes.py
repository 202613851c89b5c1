"""Where a reader of JavaScript and TypeScript stands, and where a node stands in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from krea_migrate import ir
from krea_migrate.languages.scopes import Scopes
from krea_migrate.languages.syntax import children, field
from krea_migrate.limits import PRECISION

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

_WORD = re.compile(r"[A-Za-z_$][\w$]*")


class ScriptScopes(Scopes):
    """Where a reader of JavaScript and TypeScript stands.

    Args:
        module: takes what is read.
        text: the program.
        shift: how many bytes into the file it begins.
    """

    def __init__(self, module: ir.Module, text: bytes, shift: int) -> None:
        super().__init__(module, shift)
        self.text = text
        self.arms = 0  # that have a name of their own

    def span(self, node: Syntax) -> tuple[int, int]:
        """Return where a node stands in the file."""
        return node.start_byte + self.shift, node.end_byte + self.shift

    def opaque(self, node: Syntax) -> ir.Opaque:
        """Return an expression that is not followed."""
        return ir.Opaque(*self.span(node))

    def source(self, node: Syntax | None) -> str:
        """Return the text of a node; "" where there is none."""
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace") if node is not None else ""

    def annotation(self, node: Syntax | None) -> str:
        """Return the type that is said behind a colon."""
        return self.source(node).lstrip(": ")

    def name_of(self, node: Syntax, name: str) -> ir.Name:
        """Return a name that nothing but the reader reads, in the place of a node."""
        return ir.Name(*self.span(node), name, self.scope, self.order, self.path)

    def name(self, node: Syntax) -> ir.Name:
        """Return a name that is read."""
        name = self.name_of(node, self.source(node))
        self.module.names.append(name)
        return name

    def branch(self, condition: Syntax) -> tuple[str, int]:
        """Return the block that a condition chooses an arm of, and the arm that is taken when it holds."""
        while condition.type == "parenthesized_expression" and len(children(condition)) == 1:
            condition = children(condition)[0]
        inner = field(condition, "argument") if condition.type == "unary_expression" else None
        if inner is not None and self.text[condition.start_byte : condition.start_byte + 1] == b"!":
            name, first = self.branch(inner)
            return name, 1 - first
        if condition.end_byte - condition.start_byte > PRECISION.condition:
            return f"condition:{condition.start_byte + self.shift}", 0
        source = self.source(condition)
        if condition.type == "binary_expression":
            by = self.source(field(condition, "operator"))
            if by in ("!==", "!="):
                return self._bound_now(source.replace(by, by.replace("!", "="), 1)), 1
        return self._bound_now(source), 0

    def _bound_now(self, message: str) -> str:
        # a variable that is set again in between makes the same condition another one
        counts = ",".join(str(self._times_bound(word)) for word in _WORD.findall(message))
        return f"{self.scope.number}:{message}:{counts}"

    def _times_bound(self, word: str) -> int:
        scope: ir.Function | None = self.scope
        while scope is not None and word not in scope.defs:
            scope = scope.outer
        return len(scope.defs[word]) if scope is not None else 0


class ScriptReader(Protocol):
    """What each part of the reader asks of the whole."""

    @property
    def scopes(self) -> ScriptScopes:
        """Where the reader stands."""
        ...

    def value(self, node: Syntax) -> ir.Node:
        """Read an expression."""
        ...

    def value_of(self, node: Syntax | None, around: Syntax) -> ir.Node:
        """Read a part of some syntax; where it is missing, nothing is known of that."""
        ...

    def block(self, body: list[Syntax]) -> None:
        """Read statements."""
        ...

    def statement(self, node: Syntax) -> None:
        """Read a statement."""
        ...

    def bind(self, target: Syntax, value: ir.Node, annotation: str = "") -> None:
        """Read `target = value`."""
        ...

    def function(self, node: Syntax, owner: ir.Class | None = None, name: str = "") -> ir.Function:
        """Read a function."""
        ...
