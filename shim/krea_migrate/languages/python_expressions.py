"""Expressions of Python's `ast` into the common tree."""

from __future__ import annotations

import ast

from krea_migrate import ir
from krea_migrate.languages.python_scopes import PythonScopes


class PythonExpressions:
    """Reads expressions, keeps what they do to names, and notes every call, dict and member on the way.

    Args:
        scopes: where the reader stands.
    """

    def __init__(self, scopes: PythonScopes) -> None:
        self._scopes = scopes
        self._module = scopes.module

    def function(self, name: str, args: ast.arguments, marks: frozenset[str], start: int) -> ir.Function:
        """Return a function's head."""
        function = ir.Function(name, self._module, self._scopes.scope, None, marks=marks, start=start)
        plain = [*args.posonlyargs, *args.args]
        padded = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
        rows: list[tuple[ast.arg | None, ast.expr | None, str]] = [
            *((arg, default, "") for arg, default in zip(plain, padded, strict=True)),
            (args.vararg, None, "*"),
            *((arg, default, "kw") for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)),
            (args.kwarg, None, "**"),
        ]
        for arg, default, kind in rows:
            if arg is not None:
                annotation = self._scopes.source(arg.annotation) if arg.annotation is not None else ""
                value = self.value(default) if default is not None else None
                function.params.append(ir.Param(arg.arg, value, kind, annotation, self._scopes.offset(arg)))
        self._module.functions.append(function)
        return function

    def bind(self, target: ast.expr, value: ir.Node, annotation: str = "") -> None:
        """Bind a target to a value."""
        if isinstance(target, ast.Name):
            if isinstance(value, ir.Closure):
                value.function.name = target.id
            self._scopes.define(target.id, value, annotation)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for number, part in enumerate(target.elts):
                if not isinstance(part, ast.Starred):
                    self.bind(part, ir.Item(*self._scopes.span(part), value, ir.Str(0, 0, str(number))))
        elif isinstance(target, ast.Subscript):
            self._scopes.assign(self.item(target), value)
        elif isinstance(target, ast.Attribute):
            self._scopes.assign(self.member_of(target), value)

    def item(self, node: ast.Subscript) -> ir.Item:
        """Return `of[key]`, read, set or dropped."""
        return ir.Item(*self._scopes.span(node), self.value(node.value), self.value(node.slice))

    def member_of(self, node: ast.Attribute) -> ir.Attr:
        """Return `of.name`, read or set."""
        start, end = self._scopes.span(node)
        return ir.Attr(start, end, self.value(node.value), node.attr, end - len(node.attr.encode()))

    def name(self, node: ast.Name) -> ir.Name:
        """Return a name that is read."""
        name = ir.Name(*self._scopes.span(node), node.id, self._scopes.scope, self._scopes.order, self._scopes.path)
        self._module.names.append(name)
        return name

    def value(self, node: ast.expr) -> ir.Node:
        """Read an expression."""
        reader = getattr(self, f"of_{type(node).__name__}", None)
        if reader is not None:
            read: ir.Node = reader(node)
            return read
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)
        return self._scopes.opaque(node)

    def of_Constant(self, node: ast.Constant) -> ir.Node:
        start, end = self._scopes.span(node)
        decode = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
        if not isinstance(decode, str):
            return ir.Opaque(start, end)
        token = ir.Str(start, end, decode, self.inner(start, end, decode))
        self._module.texts.append(token)
        return token

    def inner(self, start: int, end: int, value: str) -> int:
        """Return where the letters of a literal begin, if they stand there as they are."""
        source = self._scopes.text[start - self._scopes.shift : end - self._scopes.shift]
        at = 0
        while at < len(source) and source[at : at + 1] not in (b'"', b"'"):
            at += 1
        quote = source[at : at + 3] if source[at : at + 3] in (b'"""', b"'''") else source[at : at + 1]
        letters = source[at + len(quote) : len(source) - len(quote)]
        return start + at + len(quote) if quote and letters == value.encode("utf-8", "replace") else -1

    def of_JoinedStr(self, node: ast.JoinedStr) -> ir.Node:
        parts: list[ir.Node] = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                parts.append(self.value(part.value))
            elif isinstance(part, ast.Constant):
                piece = ir.Str(*self._scopes.span(node), str(part.value))
                self._module.texts.append(piece)
                parts.append(piece)
        return ir.Text(*self._scopes.span(node), parts)

    def of_BinOp(self, node: ast.BinOp) -> ir.Node:
        lefthand, right = self.value(node.left), self.value(node.right)
        span = self._scopes.span(node)
        if isinstance(node.op, ast.Add):
            if isinstance(lefthand, ir.Seq) or isinstance(right, ir.Seq):
                return ir.Seq(*span, [ir.Spread(*span, lefthand), ir.Spread(*span, right)])
            return ir.Text(*span, [lefthand, right])
        if isinstance(node.op, ast.Div):  # pathlib, yarl
            return ir.Text(*span, [lefthand, ir.Str(0, 0, "/"), right])
        if isinstance(node.op, ast.BitOr):
            return self._scopes.literal(span, [ir.Entry(None, lefthand), ir.Entry(None, right)])
        if isinstance(node.op, ast.Mod):
            args = right.items if isinstance(right, ir.Seq) else [right]
            return ir.Call(*span, ir.Attr(*span, lefthand, "%", -1), args, [])
        return ir.Opaque(*span)

    def of_Name(self, node: ast.Name) -> ir.Node:
        return self.name(node)

    def of_Attribute(self, node: ast.Attribute) -> ir.Node:
        member_of = self.member_of(node)
        self._module.reads.append(member_of)
        return member_of

    def of_Subscript(self, node: ast.Subscript) -> ir.Node:
        item = self.item(node)
        self._module.reads.append(item)
        return item

    def of_Call(self, node: ast.Call) -> ir.Node:
        args = [self.value(arg) for arg in node.args]
        words = [
            ir.Word(word.arg, self.value(word.value), self._scopes.offset(word) if word.arg else -1)
            for word in node.keywords
        ]
        return self._scopes.called(ir.Call(*self._scopes.span(node), self.value(node.func), args, words))

    def of_Dict(self, node: ast.Dict) -> ir.Node:
        entries = [
            ir.Entry(None if key is None else self.value(key), self.value(value))
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        return self._scopes.literal(self._scopes.span(node), entries)

    def of_List(self, node: ast.List | ast.Tuple | ast.Set) -> ir.Node:
        return ir.Seq(*self._scopes.span(node), [self.value(elt) for elt in node.elts])

    of_Tuple = of_Set = of_List

    def of_Starred(self, node: ast.Starred) -> ir.Node:
        return ir.Spread(*self._scopes.span(node), self.value(node.value))

    def of_IfExp(self, node: ast.IfExp) -> ir.Node:
        self.condition(node.test)
        return ir.Phi(*self._scopes.span(node), [self.value(node.body), self.value(node.orelse)])

    def of_BoolOp(self, node: ast.BoolOp) -> ir.Node:
        return ir.Phi(*self._scopes.span(node), [self.value(value) for value in node.values])

    def of_Await(self, node: ast.Await) -> ir.Node:
        return self.value(node.value)

    def of_Yield(self, node: ast.Yield) -> ir.Node:
        if node.value is not None:
            self._scopes.scope.yielded.items.append(self.value(node.value))
        return self._scopes.opaque(node)

    def of_YieldFrom(self, node: ast.YieldFrom) -> ir.Node:
        self._scopes.scope.yielded.items.append(ir.Spread(*self._scopes.span(node), self.value(node.value)))
        return self._scopes.opaque(node)

    def of_NamedExpr(self, node: ast.NamedExpr) -> ir.Node:
        value = self.value(node.value)
        self.bind(node.target, value)
        return value

    def of_Compare(self, node: ast.Compare) -> ir.Node:
        lefthand = self.value(node.left)
        for operator, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            if isinstance(operator, (ast.In, ast.NotIn)):
                self._module.tests.append(ir.Test(lefthand, right))
            elif isinstance(operator, (ast.Eq, ast.NotEq, ast.LtE)):
                self._module.compared.append((lefthand, right, self._scopes.scope))
            elif isinstance(operator, (ast.Is, ast.IsNot)):
                self.ask(lefthand)
            lefthand = right
        return self._scopes.opaque(node)

    def of_UnaryOp(self, node: ast.UnaryOp) -> ir.Node:
        self.condition(node.operand)
        return self._scopes.opaque(node)

    def condition(self, node: ast.expr) -> None:
        """Read an expression that is true or not."""
        self.ask(self.value(node))

    def ask(self, node: ir.Node) -> None:
        """Note what is only asked whether it is there."""
        if isinstance(node, (ir.Name, ir.Attr, ir.Item)):  # these are kept, so their identity stays theirs
            self._module.tested.add(node)

    def of_Lambda(self, node: ast.Lambda) -> ir.Node:
        function = self.function("<lambda>", node.args, frozenset(), self._scopes.span(node)[0])
        with self._scopes.on((), function):
            function.returns.append(self.value(node.body))
        return ir.Closure(*self._scopes.span(node), function)

    def loops(self, parts: list[ast.comprehension]) -> None:
        for part in parts:
            self.bind(part.target, ir.Element(*self._scopes.span(part.iter), self.value(part.iter)))
            for test in part.ifs:
                self.value(test)

    def of_DictComp(self, node: ast.DictComp) -> ir.Node:
        self.loops(node.generators)
        return ir.Comprehension(*self._scopes.span(node), self.value(node.key), self.value(node.value))

    def of_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> ir.Node:
        self.loops(node.generators)
        return ir.Seq(*self._scopes.span(node), [self.value(node.elt)])

    of_SetComp = of_GeneratorExp = of_ListComp
