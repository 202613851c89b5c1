"""Expressions of Python's `ast` into the common tree."""

from __future__ import annotations

import ast
from collections.abc import Generator
from contextlib import contextmanager

from krea_migrate.languages import tree as t


class Values:
    """Reads expressions, keeps what they do to names, and notes every call, dict and member on the way."""

    def __init__(self, module: t.Module, text: bytes, starts: list[int], shift: int) -> None:
        self.module = module
        self.text = text
        self.starts = starts
        self.shift = shift
        self.scope = module.top
        self.path: t.Path = ()
        self.order: int = shift
        self.owner: t.Class | None = None
        self.owner_scope: t.Function | None = None

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node stands in the file."""
        last = node.end_lineno or node.lineno
        return (
            self.starts[node.lineno - 1] + node.col_offset + self.shift,
            self.starts[last - 1] + (node.end_col_offset or 0) + self.shift,
        )

    def source(self, node: ast.expr) -> str:
        """The text of an expression."""
        start, end = self.span(node)
        return self.text[start - self.shift : end - self.shift].decode("utf-8", "replace")

    def define(self, name: str, value: t.Node | t.Function | t.Class | t.Import | None, annotation: str = "") -> None:
        """A name that is bound here: what was read before it in the same line does not see it, what follows does."""
        self.scope.defs.setdefault(name, []).append(t.Def(value, self.order + 1, self.path, annotation))
        self.order += 2

    @contextmanager
    def entered(self, function: t.Function) -> Generator[None]:
        """Reads what follows inside a function."""
        kept = self.scope, self.path
        self.scope, self.path = function, ()
        yield
        self.scope, self.path = kept

    def function(self, name: str, args: ast.arguments, marks: frozenset[str], start: int) -> t.Function:
        """A function's head."""
        found = t.Function(name, self.module, self.scope, None, marks=marks, start=start)
        plain = [*args.posonlyargs, *args.args]
        padded = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
        rows = [(one, default, "") for one, default in zip(plain, padded, strict=True)]
        if args.vararg:
            rows.append((args.vararg, None, "*"))
        rows += [(one, default, "kw") for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
        if args.kwarg:
            rows.append((args.kwarg, None, "**"))
        for one, default, kind in rows:
            annotation = self.source(one.annotation) if one.annotation is not None else ""
            value = self.value(default) if default is not None else None
            found.params.append(
                t.Param(one.arg, value, kind, annotation, self.starts[one.lineno - 1] + one.col_offset + self.shift)
            )
        self.module.functions.append(found)
        return found

    def bind(self, target: ast.expr, value: t.Node, annotation: str = "") -> None:
        """`target = value`."""
        if isinstance(target, ast.Name):
            if isinstance(value, t.Made):
                value.function.name = target.id
            self.define(target.id, value, annotation)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for number, part in enumerate(target.elts):
                if not isinstance(part, ast.Starred):
                    self.bind(part, t.Item(*self.span(part), value, t.Str(0, 0, str(number))))
        elif isinstance(target, ast.Subscript):
            item = t.Item(*self.span(target), self.value(target.value), self.value(target.slice))
            self.module.stores.append(t.Store(item, value, self.path, self.scope))
        elif isinstance(target, ast.Attribute):
            self.module.stores.append(t.Store(self.member_of(target), value, self.path, self.scope))

    def member_of(self, node: ast.Attribute) -> t.Attr:
        """`of.name`, read or set."""
        start, end = self.span(node)
        return t.Attr(start, end, self.value(node.value), node.attr, end - len(node.attr.encode()))

    def name(self, node: ast.Name) -> t.Name:
        """A name that is read."""
        found = t.Name(*self.span(node), node.id, self.scope, self.order, self.path)
        self.module.names.append(found)
        return found

    def place(self, call: t.Call) -> t.Call:
        """Notes a call."""
        self.module.calls.append(t.Placed(call, self.scope, self.path))
        return call

    def value(self, node: ast.expr) -> t.Node:
        """An expression."""
        reader = getattr(self, f"of_{type(node).__name__}", None)
        if reader is not None:
            read: t.Node = reader(node)
            return read
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)
        return t.Opaque(*self.span(node))

    def of_Constant(self, node: ast.Constant) -> t.Node:
        start, end = self.span(node)
        given = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
        if not isinstance(given, str):
            return t.Opaque(start, end)
        found = t.Str(start, end, given, self.inner(start, end, given))
        self.module.texts.append(found)
        return found

    def inner(self, start: int, end: int, value: str) -> int:
        """Where the letters of a literal begin, if they stand there as they are."""
        source = self.text[start - self.shift : end - self.shift]
        at = 0
        while at < len(source) and source[at : at + 1] not in (b'"', b"'"):
            at += 1
        quote = source[at : at + 3] if source[at : at + 3] in (b'"""', b"'''") else source[at : at + 1]
        letters = source[at + len(quote) : len(source) - len(quote)]
        return start + at + len(quote) if quote and letters == value.encode("utf-8", "replace") else -1

    def of_JoinedStr(self, node: ast.JoinedStr) -> t.Node:
        parts: list[t.Node] = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                parts.append(self.value(part.value))
            elif isinstance(part, ast.Constant):
                piece = t.Str(*self.span(node), str(part.value))
                self.module.texts.append(piece)
                parts.append(piece)
        return t.Text(*self.span(node), parts)

    def of_BinOp(self, node: ast.BinOp) -> t.Node:
        left, right = self.value(node.left), self.value(node.right)
        span = self.span(node)
        if isinstance(node.op, ast.Add):
            if isinstance(left, t.Seq) or isinstance(right, t.Seq):
                return t.Seq(*span, [t.Spread(*span, left), t.Spread(*span, right)])
            return t.Text(*span, [left, right])
        if isinstance(node.op, ast.Div):  # pathlib, yarl
            return t.Text(*span, [left, t.Str(0, 0, "/"), right])
        if isinstance(node.op, ast.BitOr):
            found = t.Dict(*span, [t.Entry(None, left), t.Entry(None, right)])
            self.module.dicts.append((found, self.scope, self.path))
            return found
        if isinstance(node.op, ast.Mod):
            args = right.items if isinstance(right, t.Seq) else [right]
            return t.Call(*span, t.Attr(*span, left, "%", -1), args, [])
        return t.Opaque(*span)

    def of_Name(self, node: ast.Name) -> t.Node:
        return self.name(node)

    def of_Attribute(self, node: ast.Attribute) -> t.Node:
        found = self.member_of(node)
        self.module.reads.append(found)
        return found

    def of_Subscript(self, node: ast.Subscript) -> t.Node:
        found = t.Item(*self.span(node), self.value(node.value), self.value(node.slice))
        self.module.reads.append(found)
        return found

    def of_Call(self, node: ast.Call) -> t.Node:
        args = [self.value(one) for one in node.args]
        words = [t.Word(one.arg, self.value(one.value), self.keyword_at(one)) for one in node.keywords]
        return self.place(t.Call(*self.span(node), self.value(node.func), args, words))

    def keyword_at(self, word: ast.keyword) -> int:
        return self.starts[word.lineno - 1] + word.col_offset + self.shift if word.arg else -1

    def of_Dict(self, node: ast.Dict) -> t.Node:
        entries = [
            t.Entry(None if key is None else self.value(key), self.value(value))
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        found = t.Dict(*self.span(node), entries)
        self.module.dicts.append((found, self.scope, self.path))
        return found

    def of_List(self, node: ast.List | ast.Tuple | ast.Set) -> t.Node:
        return t.Seq(*self.span(node), [self.value(one) for one in node.elts])

    of_Tuple = of_Set = of_List

    def of_Starred(self, node: ast.Starred) -> t.Node:
        return t.Spread(*self.span(node), self.value(node.value))

    def of_IfExp(self, node: ast.IfExp) -> t.Node:
        self.condition(node.test)
        return t.Either(*self.span(node), [self.value(node.body), self.value(node.orelse)])

    def of_BoolOp(self, node: ast.BoolOp) -> t.Node:
        return t.Either(*self.span(node), [self.value(one) for one in node.values])

    def of_Await(self, node: ast.Await) -> t.Node:
        return self.value(node.value)

    def of_Yield(self, node: ast.Yield) -> t.Node:
        if node.value is not None:
            self.scope.yielded.items.append(self.value(node.value))
        return t.Opaque(*self.span(node))

    def of_YieldFrom(self, node: ast.YieldFrom) -> t.Node:
        self.scope.yielded.items.append(t.Spread(*self.span(node), self.value(node.value)))
        return t.Opaque(*self.span(node))

    def of_NamedExpr(self, node: ast.NamedExpr) -> t.Node:
        value = self.value(node.value)
        self.bind(node.target, value)
        return value

    def of_Compare(self, node: ast.Compare) -> t.Node:
        left = self.value(node.left)
        for operator, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            if isinstance(operator, (ast.In, ast.NotIn)):
                self.module.tests.append(t.Test(left, right))
            elif isinstance(operator, (ast.Eq, ast.NotEq, ast.LtE)):
                self.module.compared.append((left, right, self.scope))
            elif isinstance(operator, (ast.Is, ast.IsNot)):
                self.ask(left)
            left = right
        return t.Opaque(*self.span(node))

    def of_UnaryOp(self, node: ast.UnaryOp) -> t.Node:
        self.condition(node.operand)
        return t.Opaque(*self.span(node))

    def condition(self, node: ast.expr) -> None:
        """An expression that is true or not."""
        self.ask(self.value(node))

    def ask(self, node: t.Node) -> None:
        """Notes what is only asked whether it is there."""
        if isinstance(node, (t.Name, t.Attr, t.Item)):  # these are kept, so their identity stays theirs
            self.module.asked.add(id(node))

    def of_Lambda(self, node: ast.Lambda) -> t.Node:
        found = self.function("<lambda>", node.args, frozenset(), self.span(node)[0])
        with self.entered(found):
            found.returns.append(self.value(node.body))
        return t.Made(*self.span(node), found)

    def loops(self, parts: list[ast.comprehension]) -> None:
        for part in parts:
            self.bind(part.target, t.Each(*self.span(part.iter), self.value(part.iter)))
            for test in part.ifs:
                self.value(test)

    def of_DictComp(self, node: ast.DictComp) -> t.Node:
        self.loops(node.generators)
        return t.Comprehension(*self.span(node), self.value(node.key), self.value(node.value))

    def of_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> t.Node:
        self.loops(node.generators)
        return t.Seq(*self.span(node), [self.value(node.elt)])

    of_SetComp = of_GeneratorExp = of_ListComp
