"""Statements of JavaScript and TypeScript into the common tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_expressions import required
from krea_migrate.languages.script_imports import ScriptImports
from krea_migrate.languages.script_scopes import ScriptReader
from krea_migrate.languages.syntax import children, field
from krea_migrate.limits import PRECISION

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


class ScriptStatements:
    """Reads blocks, branches, loops and declarations.

    Args:
        reader: reads what is inside.
        imports: reads what a declaration requires.
    """

    def __init__(self, reader: ScriptReader, imports: ScriptImports) -> None:
        self._reader = reader
        self._imports = imports
        self._scopes = reader.scopes

    def block(self, body: list[Syntax]) -> None:
        """Read statements; behind one that leaves, the rest runs only where it is not taken."""
        path = self._scopes.path
        for statement in body:
            self._scopes.order += 1
            self._reader.statement(statement)
            condition = field(statement, "condition") if statement.type == "if_statement" else None
            if condition is not None and field(statement, "alternative") is None and _leaves(statement):
                name, first = self._scopes.branch(condition)
                self._scopes.path = self.into(name, 1 - first)
        self._scopes.path = path

    def arm(self, name: str, number: int, body: Syntax | None) -> None:
        if body is not None:
            with self._scopes.on(self.into(name, number)):
                self._reader.statement(body)

    def into(self, name: str, number: int) -> ir.Path:
        """Return the path into an arm of a block. Below `PRECISION.blocks` blocks only the innermost is told, under a name of its own."""
        if len(self._scopes.path) < PRECISION.blocks:
            return (*self._scopes.path, (name, number))
        self._scopes.arms += 1
        return (*self._scopes.path[: PRECISION.blocks - 1], (f"deep:{self._scopes.shift}:{self._scopes.arms}", 0))

    def on_if_statement(self, node: Syntax) -> None:
        path = self._scopes.path
        conditional: Syntax | None = node
        while conditional is not None:  # else if: a loop, since there may be thousands
            condition = field(conditional, "condition")
            if condition is None:
                break
            self._reader.value(condition)
            name, first = self._scopes.branch(condition)
            self.arm(name, first, field(conditional, "consequence"))
            alternative = field(conditional, "alternative")
            inner = children(alternative)
            conditional = inner[0] if len(inner) == 1 and inner[0].type == "if_statement" else None
            if conditional is not None:
                self._scopes.path = self.into(name, 1 - first)
                self._scopes.order += 1
            else:
                self.arm(name, 1 - first, alternative)
        self._scopes.path = path

    def on_switch_statement(self, node: Syntax) -> None:
        subject, body = field(node, "value"), field(node, "body")
        if subject is None or body is None:
            return
        by = self._reader.value(subject)
        for value in (field(case, "value") for case in children(body)):
            if value is not None:
                self._scopes.module.compared.append((by, self._reader.value(value), self._scopes.scope))
        cases = list(self._cases(body))
        # Two switches choose alike only when they tell the same cases apart.
        labels = sorted(label for label, _, _ in cases)
        name = f"{self._scopes.branch(subject)[0]}:{labels}"
        if not all(ends for _, _, ends in cases[:-1]):
            name = f"loop:{name}"  # one case runs into the next
        for label, lines, _ in cases:
            with self._scopes.on(self.into(name, labels.index(label))):
                self._reader.block(lines)

    def _cases(self, body: Syntax) -> Iterator[tuple[str, list[Syntax], bool]]:
        """Yield the cases of a switch: their labels, lines, and whether they end by leaving."""
        label = ""
        for case in children(body):
            value = field(case, "value")
            label += f"|{self._scopes.source(value)}" if value is not None else "|default"
            lines = [child for child in children(case) if value is None or child.id != value.id]
            if lines:
                yield label, lines, _ends(lines[-1])
                label = ""

    def on_for_in_statement(self, node: Syntax) -> None:
        lefthand, right, body = field(node, "left"), field(node, "right"), field(node, "body")
        if lefthand is not None and right is not None:
            self._reader.bind(lefthand, ir.Element(*self._scopes.span(right), self._reader.value(right)))
        self.inside(node, body)

    def inside(self, node: Syntax, body: Syntax | None) -> None:
        self.arm(f"loop:{node.start_byte}", 0, body)

    def on_while_statement(self, node: Syntax) -> None:
        self.inside(node, field(node, "body"))

    on_do_statement = on_catch_clause = on_while_statement

    def on_for_statement(self, node: Syntax) -> None:
        start = field(node, "initializer")
        if start is not None:
            self._reader.statement(start)
        self.inside(node, field(node, "body"))

    def on_return_statement(self, node: Syntax) -> None:
        for child in children(node):
            self._scopes.scope.returns.append(self._reader.value(child))

    def on_lexical_declaration(self, node: Syntax) -> None:
        for child in children(node):
            name, argument = field(child, "name"), field(child, "value")
            if name is None or argument is None:
                continue
            module = required(argument)
            if module is not None and module.endswith(".json"):
                self._reader.bind(name, self._imports.loaded(name, module))
            elif module is not None:
                self._imports.imported(name, module)
            else:
                annotation = self._scopes.annotation(field(child, "type") or _said(argument))
                self._reader.bind(name, self._reader.value(argument), annotation)

    on_variable_declaration = on_lexical_declaration

    def on_function_declaration(self, node: Syntax) -> None:
        function = self._reader.function(node)
        self._scopes.define(function.name, function)

    on_generator_function_declaration = on_function_declaration

    def on_expression_statement(self, node: Syntax) -> None:
        for child in children(node):
            for part in children(child) if child.type == "sequence_expression" else [child]:
                if part.type != "assignment_expression" or not self._imports.exported(part):
                    self._reader.value(part)


def _leaves(node: Syntax) -> bool:
    body = field(node, "consequence")
    return body is not None and _ends(body)


def _ends(last: Syntax) -> bool:
    """Return whether nothing of its block runs after this statement."""
    while last.type == "statement_block" and children(last):
        last = children(last)[-1]
    return last.type in ("return_statement", "throw_statement", "continue_statement", "break_statement")


def _said(node: Syntax) -> Syntax | None:
    """Return the type that a value is said to have: {...} satisfies Body, {...} as Body."""
    return children(node)[-1] if node.type in ("as_expression", "satisfies_expression") else None
