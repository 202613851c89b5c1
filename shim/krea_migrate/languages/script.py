"""JavaScript and TypeScript by tree-sitter's grammars, into the common tree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript

from krea_migrate import ir, time_limit
from krea_migrate.languages import bundles, pages
from krea_migrate.languages.script_imports import ScriptImports
from krea_migrate.languages.script_values import required
from krea_migrate.languages.syntax import children, field
from krea_migrate.limits import PRECISION

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


@cache
def _parser(kind: str) -> tree_sitter.Parser:
    grammar = {
        "ts": tree_sitter_typescript.language_typescript,
        "tsx": tree_sitter_typescript.language_tsx,
        "js": tree_sitter_javascript.language,
    }[kind]
    return tree_sitter.Parser(tree_sitter.Language(grammar()))


class ReadScript(NamedTuple):
    """A file as it was read.

    Attributes:
        module: its program.
        broken: the line of what could not be parsed, or 0.
        is_bundle: only parts of it were read.
        size: how many bytes were read.
    """

    module: ir.Module
    broken: int
    is_bundle: bool
    size: int


def read(text: bytes, file: str) -> ReadScript:
    """Read one file; of a bundle only what stands around the words that matter."""
    module = ir.Module(file, file, "script", text)
    suffix = file.rsplit(".", 1)[-1].lower()
    if suffix in pages.ENDINGS:
        broken = 0
        for inside, start, kind in pages.scripts(text):
            line = add(module, inside, start, kind)
            broken = broken or (text.count(b"\n", 0, start) + line if line else 0)
        return ReadScript(module, broken, is_bundle=False, size=len(text))
    kind = "ts" if suffix in ("ts", "mts", "cts") else "tsx" if suffix == "tsx" else "js"
    if bundles.is_bundle(text):
        parts = list(bundles.parts(text))
        for start, end in parts:
            add(module, text[start:end], start, kind)
        return ReadScript(module, 0, is_bundle=True, size=sum(end - start for start, end in parts))
    return ReadScript(module, add(module, text, 0, kind), is_bundle=False, size=len(text))


def add(module: ir.Module, text: bytes, shift: int, kind: str) -> int:
    """Add a text that begins `shift` bytes into the file; gives the line of the first thing that could not be parsed."""
    root = _parser(kind).parse(text).root_node
    _ScriptReader(module, text, shift).block(children(root))
    if not root.has_error:
        return 0
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            return node.start_point[0] + 1
        stack += [child for child in reversed(node.children) if child.has_error or child.is_missing]
    return 1


class _ScriptReader(ScriptImports):
    """Statements; expressions are read by Values."""

    def block(self, body: list[Syntax]) -> None:
        path = self.path
        for statement in body:
            self.order += 1
            self.statement(statement)
            condition = field(statement, "condition") if statement.type == "if_statement" else None
            if condition is not None and field(statement, "alternative") is None and _leaves(statement):
                name, first = self.branch(condition)
                self.path = self.into(name, 1 - first)
        self.path = path

    def statement(self, node: Syntax) -> None:
        time_limit.check()
        handler = getattr(self, "on_" + node.type, None)
        if handler is not None:
            handler(node)
        elif node.type.endswith(("_statement", "statement_block", "_clause")) or node.type in (
            "program",
            "ERROR",
            "switch_body",
        ):
            self.block(children(node))
        else:
            self.value(node)

    def arm(self, name: str, number: int, body: Syntax | None) -> None:
        if body is not None:
            path = self.path
            self.path = self.into(name, number)
            self.statement(body)
            self.path = path

    def into(self, name: str, number: int) -> ir.Path:
        """Return the path into an arm of a block. Below `PRECISION.blocks` blocks only the innermost is told, under a name of its own."""
        if len(self.path) < PRECISION.blocks:
            return (*self.path, (name, number))
        self.arms += 1
        return (*self.path[: PRECISION.blocks - 1], (f"deep:{self.shift}:{self.arms}", 0))

    def on_if_statement(self, node: Syntax) -> None:
        path = self.path
        conditional: Syntax | None = node
        while conditional is not None:  # else if: a loop, since there may be thousands
            condition = field(conditional, "condition")
            if condition is None:
                break
            self.value(condition)
            name, first = self.branch(condition)
            self.arm(name, first, field(conditional, "consequence"))
            alternative = field(conditional, "alternative")
            inner = children(alternative) if alternative is not None else []
            conditional = inner[0] if len(inner) == 1 and inner[0].type == "if_statement" else None
            if conditional is not None:
                self.path = self.into(name, 1 - first)
                self.order += 1
            else:
                self.arm(name, 1 - first, alternative)
        self.path = path

    def on_switch_statement(self, node: Syntax) -> None:
        chosen, body = field(node, "value"), field(node, "body")
        if chosen is None or body is None:
            return
        by = self.value(chosen)
        for value in (field(case, "value") for case in children(body)):
            if value is not None:
                self.module.compared.append((by, self.value(value), self.scope))
        cases = list(self._cases(body))
        # Two switches choose alike only when they tell the same cases apart.
        labels = sorted(label for label, _, _ in cases)
        name = f"{self.branch(chosen)[0]}:{labels}"
        if not all(ends for _, _, ends in cases[:-1]):
            name = f"loop:{name}"  # one case runs into the next
        for label, lines, _ in cases:
            path = self.path
            self.path = self.into(name, labels.index(label))
            self.block(lines)
            self.path = path

    def _cases(self, body: Syntax) -> Iterator[tuple[str, list[Syntax], bool]]:
        """The cases of a switch: their labels, lines, and whether they end by leaving."""
        label = ""
        for case in children(body):
            value = field(case, "value")
            label += f"|{self.source(value)}" if value is not None else "|default"
            lines = [child for child in children(case) if value is None or child.id != value.id]
            if lines:
                yield label, lines, _ends(lines[-1])
                label = ""

    def on_for_in_statement(self, node: Syntax) -> None:
        lefthand, right, body = field(node, "left"), field(node, "right"), field(node, "body")
        if lefthand is not None and right is not None:
            self.bind(lefthand, ir.Element(*self.span(right), self.value(right)))
        self.inside(node, body)

    def inside(self, node: Syntax, body: Syntax | None) -> None:
        self.arm(f"loop:{node.start_byte}", 0, body)

    def on_while_statement(self, node: Syntax) -> None:
        self.inside(node, field(node, "body"))

    on_do_statement = on_catch_clause = on_while_statement

    def on_for_statement(self, node: Syntax) -> None:
        start = field(node, "initializer")
        if start is not None:
            self.statement(start)
        self.inside(node, field(node, "body"))

    def on_return_statement(self, node: Syntax) -> None:
        for child in children(node):
            self.scope.returns.append(self.value(child))

    def on_lexical_declaration(self, node: Syntax) -> None:
        for child in children(node):
            name, argument = field(child, "name"), field(child, "value")
            if name is None or argument is None:
                continue
            module = required(argument)
            if module is not None and module.endswith(".json"):
                self.bind(name, self.loaded(name, module))
            elif module is not None:
                self.imported(name, module)
            else:
                kind = field(child, "type") or _said(argument)
                self.bind(name, self.value(argument), self.source(kind).lstrip(": ") if kind is not None else "")

    on_variable_declaration = on_lexical_declaration

    def on_function_declaration(self, node: Syntax) -> None:
        function = self.function(node)
        self.define(function.name, function)

    on_generator_function_declaration = on_function_declaration

    def on_expression_statement(self, node: Syntax) -> None:
        for child in children(node):
            for part in children(child) if child.type == "sequence_expression" else [child]:
                if part.type != "assignment_expression" or not self.exported(part):
                    self.value(part)


def _leaves(node: Syntax) -> bool:
    body = field(node, "consequence")
    return body is not None and _ends(body)


def _ends(last: Syntax) -> bool:
    """After this statement nothing of its block runs."""
    while last.type == "statement_block" and children(last):
        last = children(last)[-1]
    return last.type in ("return_statement", "throw_statement", "continue_statement", "break_statement")


def _said(node: Syntax) -> Syntax | None:
    """The type that a value is said to have: {...} satisfies Body, {...} as Body."""
    return children(node)[-1] if node.type in ("as_expression", "satisfies_expression") else None
