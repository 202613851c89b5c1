"""Python by its own parser: `ast` into the common tree, with places counted in bytes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from krea_migrate import ir
from krea_migrate.languages.dialects import PYTHON
from krea_migrate.languages.python_classes import PythonClasses
from krea_migrate.languages.python_expressions import PythonExpressions
from krea_migrate.languages.python_scopes import PythonScopes

_PIECE = 100_000  # bytes that are parsed at once; the time for each byte is the same from 20,000 to 500,000
# no decorator is in front
_BETWEEN = re.compile(rb"^(?!@)[^\n]*\n(?=[A-Za-z_@])(?!(?:else|elif|except|finally)\b)", re.MULTILINE)


def read(text: bytes, file: str, dotted: str) -> ir.Module:
    """Read one Python file.

    Args:
        text: UTF-8, without a byte-order mark; every place is counted in it.
        file: as it is named in findings.
        dotted: its name for imports.

    Raises:
        SyntaxError, ValueError, RecursionError: the running Python does not parse it.
    """
    module = ir.Module(file, dotted, PYTHON, text)
    scopes = PythonScopes(module, b"", 0)
    statements = _PythonStatements(scopes)
    for start, piece, body in _pieces(text):
        scopes.begin(piece, start)
        statements.lines(body)
        body.clear()  # before the next piece is parsed
    return module


def add(module: ir.Module, text: bytes, shift: int) -> None:
    """Add the lines of a text that begins `shift` bytes into the file."""
    _PythonStatements(PythonScopes(module, text, shift)).lines(ast.parse(text).body)


def _pieces(text: bytes) -> Iterator[tuple[int, bytes, list[ast.stmt]]]:
    """Yield a program in pieces, each with its first byte and its statements: the parser's tree of 5 MB takes 1.2 GB.

    A text that ends between two statements is parsed as it is in front of others. Where a piece does not end so, a longer one is tried.
    """
    start, size = 0, _PIECE
    while start < len(text):
        between = _BETWEEN.search(text, start + size) if start + size < len(text) else None
        piece = text[start : between.end()] if between is not None else text[start:]
        try:  # only the first lines of the file may name an encoding
            body = ast.parse(piece.decode() if start else piece).body
        except SyntaxError:
            if between is None:
                raise
            size *= 2
        else:
            yield start, piece, body
            start, size = start + len(piece), _PIECE


class _PythonStatements:
    """Reads statements."""

    def __init__(self, scopes: PythonScopes) -> None:
        self._scopes = scopes
        self._expressions = PythonExpressions(scopes)
        self._classes = PythonClasses(scopes, self._expressions, self.on_FunctionDef)

    def block(self, body: list[ast.stmt]) -> None:
        with self._scopes.on(self._scopes.path):
            self.lines(body)

    def arms(self, name: str, bodies: list[list[ast.stmt]]) -> None:
        """Read the arms of a block, of which only one is taken."""
        for number, body in enumerate(bodies):
            with self._scopes.on((*self._scopes.path, (name, number))):
                self.lines(body)

    def lines(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._scopes.order += 1
            handler = getattr(self, f"on_{type(statement).__name__}", None)
            if handler is not None:
                handler(statement)
            else:
                self.others(statement)
            if isinstance(statement, ast.If) and _leaves(statement.body):
                self._scopes.path = (*self._scopes.path, (self.block_name(statement.test), 1))

    def others(self, statement: ast.AST) -> None:
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.expr):
                self._expressions.value(child)

    def block_name(self, test: ast.expr) -> str:
        return f"{self._scopes.scope.number}:{self._scopes.source(test)}"

    def on_If(self, node: ast.If) -> None:
        self._expressions.condition(node.test)
        self.arms(self.block_name(node.test), [node.body, node.orelse])

    def on_Match(self, node: ast.Match) -> None:
        self._expressions.value(node.subject)
        self.arms(self.block_name(node.subject), [case.body for case in node.cases])

    def on_For(self, node: ast.For | ast.AsyncFor) -> None:
        element = ir.Element(*self._scopes.span(node.iter), self._expressions.value(node.iter))
        self._expressions.bind(node.target, element)
        self.inside(node, node.body)
        self.block(node.orelse)

    on_AsyncFor = on_For

    def inside(self, node: ast.For | ast.AsyncFor | ast.While | ast.ExceptHandler, body: list[ast.stmt]) -> None:
        """Read lines that may run or not, without another arm."""
        self.arms(f"loop:{self._scopes.offset(node)}", [body])

    def on_While(self, node: ast.While) -> None:
        self._expressions.value(node.test)
        self.inside(node, node.body)
        self.block(node.orelse)

    def on_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            value = self._expressions.value(item.context_expr)
            if item.optional_vars is not None:
                self._expressions.bind(item.optional_vars, value)
        self.block(node.body)

    on_AsyncWith = on_With

    def on_Try(self, node: Any) -> None:
        self.block(node.body)
        for handler in node.handlers:
            if handler.name:
                self._scopes.define(handler.name, None)
            self.inside(handler, handler.body)
        self.block(node.orelse)
        self.block(node.finalbody)

    on_TryStar = on_Try

    def on_Assign(self, node: ast.Assign) -> None:
        value = self._expressions.value(node.value)
        for target in node.targets:
            if not self._classes.made_by_call(target, value):
                self._expressions.bind(target, value)

    def on_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            value = self._expressions.value(node.value)
            self._expressions.bind(node.target, value, self._scopes.source(node.annotation))

    def on_AugAssign(self, node: ast.AugAssign) -> None:
        value = self._expressions.value(node.value)
        if not isinstance(node.target, ast.Name):
            self._expressions.bind(node.target, self._scopes.opaque(node))
        elif isinstance(node.op, ast.BitOr):  # body |= {...} is an update
            of = ir.Attr(*self._scopes.span(node.target), self._expressions.name(node.target), "update", -1)
            self._scopes.called(ir.Call(*self._scopes.span(node), of, [value], []))
        elif isinstance(node.op, ast.Add):
            parts = [self._expressions.name(node.target), value]
            self._scopes.define(node.target.id, ir.Text(*self._scopes.span(node), parts))

    def on_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                self._scopes.assign(self._expressions.item(target), None)

    def on_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self._scopes.scope.returns.append(self._expressions.value(node.value))

    def on_Import(self, node: ast.Import) -> None:
        for entry in node.names:
            name = entry.asname or entry.name.split(".")[0]
            self._import(name, ir.Import(entry.name if entry.asname else name, None))

    def on_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            result = ir.Import(node.module or "", name.name, node.level)
            if name.name == "*":
                self._scopes.module.stars.append(result)
            else:
                self._import(name.asname or name.name, result)

    def _import(self, name: str, statement: ir.Import) -> None:
        """Bind an import; each of a document's thousand blocks may import the same."""
        last = self._scopes.scope.defs.get(name, [None])[-1]
        if last is not None and isinstance(last.value, ir.Import) and last.path == self._scopes.path:
            before = last.value
            if (before.module, before.name, before.level) == (statement.module, statement.name, statement.level):
                return
        self._scopes.define(name, statement)

    def on_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        marks = self._scopes.marks(node.decorator_list)
        for candidate in node.decorator_list:
            self._expressions.value(candidate)
            if isinstance(candidate, ast.Call) and any(word.arg == "bind" for word in candidate.keywords):
                marks |= {"bind"}  # a task whose first parameter is the task itself
        function = self._expressions.function(node.name, node.args, marks, self._scopes.span(node)[0])
        owner = self._classes.owner
        if owner is not None and self._scopes.scope is self._classes.owner_scope:
            function.owner = owner
            owner.methods.setdefault(node.name, function)
        else:
            self._scopes.define(node.name, function)
        with self._scopes.on((), function):
            self.lines(node.body)

    on_AsyncFunctionDef = on_FunctionDef

    def on_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.read(node)


def _leaves(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))
