"""Python by its own parser: `ast` into the common tree, with places counted in bytes."""

from __future__ import annotations

import ast
import io
import re
from typing import Any

from krea_migrate import ir
from krea_migrate.languages.python_values import PythonValues


def read(text: bytes, file: str, dotted: str) -> ir.Module:
    """One Python file.

    Args:
        text: UTF-8, without a byte-order mark; every place is counted in it.
        file: as it is named in findings.
        dotted: its name for imports.

    Raises:
        SyntaxError, ValueError, RecursionError: the running Python does not parse it.
    """
    module = ir.Module(file, dotted, "python", text)
    add(module, text, 0)
    return module


def add(module: ir.Module, text: bytes, shift: int) -> None:
    """Add the lines of a text that begins `shift` bytes into the file."""
    _PythonReader(module, text, shift).run(ast.parse(text))


def _line_starts(text: bytes) -> list[int]:
    starts = [0]
    for line in io.BytesIO(text.replace(b"\r\n", b"\n\n").replace(b"\r", b"\n") if b"\r" in text else text):
        starts.append(starts[-1] + len(line))
    if b"\r\n" in text:  # each \r\n was counted as two lines
        starts = [s for s in starts if not (0 < s < len(text) and text[s - 1 : s + 1] == b"\r\n")]
    return starts


class _PythonReader(PythonValues):
    """Statements; expressions are read by PythonValues."""

    def __init__(self, module: ir.Module, text: bytes, shift: int) -> None:
        super().__init__(module, text, _line_starts(text), shift)

    def run(self, parsed: ast.Module) -> None:
        self.block(parsed.body)

    def block(self, body: list[ast.stmt]) -> None:
        path = self.path
        for statement in body:
            self.order += 1
            handler = getattr(self, f"on_{type(statement).__name__}", None)
            if handler is not None:
                handler(statement)
            else:
                self.others(statement)
            if isinstance(statement, ast.If) and _leaves(statement.body):
                self.path = (*self.path, (self.block_name(statement.test), 1))
        self.path = path

    def others(self, statement: ast.AST) -> None:
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.expr):
                self.value(child)

    def block_name(self, test: ast.expr) -> str:
        return f"{id(self.scope)}:{self.source(test)}"

    def on_If(self, node: ast.If) -> None:
        self.condition(node.test)
        name, before = self.block_name(node.test), self.path
        self.path = (*before, (name, 0))
        self.block(node.body)
        self.path = (*before, (name, 1))
        self.block(node.orelse)
        self.path = before

    def on_Match(self, node: ast.Match) -> None:
        self.value(node.subject)
        name, before = self.block_name(node.subject), self.path
        for number, case in enumerate(node.cases):
            self.path = (*before, (name, number))
            self.block(case.body)
        self.path = before

    def on_For(self, node: ast.For | ast.AsyncFor) -> None:
        element = ir.Element(*self.span(node.iter), self.value(node.iter))
        self.bind(node.target, element)
        self.inside(node, node.body)
        self.block(node.orelse)

    on_AsyncFor = on_For

    def inside(self, node: ast.AST, body: list[ast.stmt]) -> None:
        """Lines that may run or not, without another arm."""
        path = self.path
        self.path = (*path, (f"loop:{id(node)}", 0))
        self.block(body)
        self.path = path

    def on_While(self, node: ast.While) -> None:
        self.value(node.test)
        self.inside(node, node.body)
        self.block(node.orelse)

    def on_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, value)
        self.block(node.body)

    on_AsyncWith = on_With

    def on_Try(self, node: Any) -> None:
        self.block(node.body)
        for handler in node.handlers:
            if handler.name:
                self.define(handler.name, None)
            self.inside(handler, handler.body)
        self.block(node.orelse)
        self.block(node.finalbody)

    on_TryStar = on_Try

    def on_Assign(self, node: ast.Assign) -> None:
        value = self.value(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name) and isinstance(value, ir.Call) and self.makes_class(target.id, value):
                continue
            self.bind(target, value)

    def makes_class(self, name: str, call: ir.Call) -> bool:
        """Clip = namedtuple("Clip", ["prompt", "ratio"]): a class, by a call."""
        of = call.of.name if isinstance(call.of, ir.Attr) else call.of.id if isinstance(call.of, ir.Name) else ""
        if of not in ("namedtuple", "make_dataclass") or len(call.args) < 2:
            return False
        cls = ir.Class(name, self.module, start=call.start)
        argument = call.args[1]
        if isinstance(argument, ir.Str) and argument.inner >= 0:
            for word in re.finditer(r"\w+", argument.value):
                cls.fields[word[0]] = ir.Field(word[0], argument.inner + word.start(), None, self.order)
        for item in argument.items if isinstance(argument, ir.Seq) else ():
            named = item.items[0] if isinstance(item, ir.Seq) and item.items else item
            if isinstance(named, ir.Str) and named.inner >= 0:
                cls.fields[named.value] = ir.Field(named.value, named.inner, None, self.order)
        self.define(name, cls)
        self.module.classes.append(cls)
        return True

    def on_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.bind(node.target, self.value(node.value), self.source(node.annotation))

    def on_AugAssign(self, node: ast.AugAssign) -> None:
        value = self.value(node.value)
        if not isinstance(node.target, ast.Name):
            self.bind(node.target, ir.Opaque(*self.span(node)))
        elif isinstance(node.op, ast.BitOr):  # body |= {...} is an update
            of = ir.Attr(*self.span(node.target), self.name(node.target), "update", -1)
            self.place(ir.Call(*self.span(node), of, [value], []))
        elif isinstance(node.op, ast.Add):
            parts = [self.name(node.target), value]
            self.define(node.target.id, ir.Text(*self.span(node), parts))

    def on_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                item = ir.Item(*self.span(target), self.value(target.value), self.value(target.slice))
                self.module.stores.append(ir.Assignment(item, ir.Opaque(0, 0), self.path, self.scope, drops=True))

    def on_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self.scope.returns.append(self.value(node.value))

    def on_Import(self, node: ast.Import) -> None:
        for entry in node.names:
            name = entry.asname or entry.name.split(".")[0]
            self._import(name, ir.Import(entry.name if entry.asname else name, None))

    def on_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            result = ir.Import(node.module or "", name.name, node.level)
            if name.name == "*":
                self.module.stars.append(result)
            else:
                self._import(name.asname or name.name, result)

    def _import(self, name: str, wanted: ir.Import) -> None:
        """Bind an import; each of a document's thousand blocks may import the same."""
        last = self.scope.defs.get(name, [None])[-1]
        if last is not None and isinstance(last.value, ir.Import) and last.path == self.path:
            before = last.value
            if (before.module, before.name, before.level) == (wanted.module, wanted.name, wanted.level):
                return
        self.define(name, wanted)

    def on_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        marks = frozenset(self.source(entry).split("(")[0].rsplit(".", 1)[-1] for entry in node.decorator_list)
        for candidate in node.decorator_list:
            self.value(candidate)
            if isinstance(candidate, ast.Call) and any(word.arg == "bind" for word in candidate.keywords):
                marks |= {"bind"}  # a task whose first parameter is the task itself
        function = self.function(node.name, node.args, marks, self.span(node)[0])
        if self.owner is not None and self.scope is self.owner_scope:
            function.owner = self.owner
            self.owner.methods.setdefault(node.name, function)
        else:
            self.define(node.name, function)
        with self.entered(function):
            self.block(node.body)

    on_AsyncFunctionDef = on_FunctionDef

    def on_ClassDef(self, node: ast.ClassDef) -> None:
        marks = frozenset(self.source(entry).split("(")[0].rsplit(".", 1)[-1] for entry in node.decorator_list)
        cls = ir.Class(node.name, self.module, [self.value(base) for base in node.bases], marks=marks)
        cls.start = self.span(node)[0]
        cls.settings |= {keyword.arg: self.value(keyword.value) for keyword in node.keywords if keyword.arg}
        self.define(node.name, cls)
        self.module.classes.append(cls)
        before = self.owner, self.owner_scope
        self.owner, self.owner_scope = cls, self.scope
        for statement in node.body:
            self.order += 1
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.on_FunctionDef(statement)
            else:
                self.member(cls, statement)
        self.owner, self.owner_scope = before

    def member(self, cls: ir.Class, statement: ast.stmt) -> None:
        """A line of a class that is no method."""
        target: ast.expr | None = statement.target if isinstance(statement, ast.AnnAssign) else None
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
        if not isinstance(target, ast.Name):
            if isinstance(statement, ast.ClassDef):
                self.on_ClassDef(statement)
                if statement.name == "Config":
                    inner = self.module.classes[-1].fields
                    cls.settings |= {entry.name: entry.value for entry in inner.values() if entry.value is not None}
            return
        argument = getattr(statement, "value", None)
        value = self.value(argument) if argument is not None else None
        if target.id == "model_config" and isinstance(value, ir.Call):
            cls.settings |= {word.name: word.value for word in value.words if word.name}
        elif target.id == "model_config" and isinstance(value, ir.Dict):
            rows = [(candidate.key, candidate.value) for candidate in value.entries]
            cls.settings |= {key.value: contents for key, contents in rows if isinstance(key, ir.Str)}
        field = ir.Field(target.id, self.span(target)[0], value, self.order)
        field.alias, field.takes = _aliases(value)
        cls.fields[target.id] = field


def _aliases(value: ir.Node | None) -> tuple[ir.Str | None, ir.Str | None]:
    """The keys that Field(alias="a"), field(name="a") and their like give a field: written, and taken."""
    if not isinstance(value, ir.Call):
        return None, None
    of = value.of
    words = {word.name: word.value for word in value.words if isinstance(word.value, ir.Str)}
    both = words.get("alias")
    if isinstance(of, ir.Attr) and isinstance(of.of, ir.Name) and of.of.id in ("attr", "attrs"):
        return None, both if isinstance(both, ir.Str) else None  # asdict() writes the name
    if isinstance(of, ir.Attr) and isinstance(of.of, ir.Name) and of.of.id == "msgspec":
        named = words.get("name")
        return (named if isinstance(named, ir.Str) else None), None
    written, picked = words.get("serialization_alias", both), words.get("validation_alias", both)
    return written if isinstance(written, ir.Str) else None, picked if isinstance(picked, ir.Str) else None


def _leaves(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))
