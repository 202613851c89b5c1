"""Scopes of JavaScript and TypeScript: functions, their parameters, and what patterns bind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_state import States
from krea_migrate.languages.syntax import children, field
from krea_migrate.limits import PRECISION

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

MEMBERS = frozenset({"member_expression", "subscript_expression"})
_WORD = re.compile(r"[A-Za-z_$][\w$]*")


class Scopes:
    """Knows where it stands: in which function, on which branch, after how many bindings."""

    def __init__(self, module: ir.Module, text: bytes, shift: int) -> None:
        self.module = module
        self.text = text
        self.shift = shift
        self.scope: ir.Function = module.top
        self.path: ir.Path = ()
        self.order: int = shift
        self.arms = 0  # that have a name of their own
        self.states = States()

    def span(self, node: Syntax) -> tuple[int, int]:
        """Where a node stands in the file."""
        return node.start_byte + self.shift, node.end_byte + self.shift

    def source(self, node: Syntax) -> str:
        """The text of a node."""
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def define(
        self, name: str, value: ir.Node | ir.Function | ir.Class | ir.Import | None, annotation: str = ""
    ) -> None:
        """A name that is bound here."""
        self.scope.defs.setdefault(name, []).append(ir.Def(value, self.order + 1, self.path, annotation))
        self.order += 2

    def branch(self, condition: Syntax) -> tuple[str, int]:
        """The block that a condition chooses an arm of, and the arm that is taken when it holds."""
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
            sign = field(condition, "operator")
            by = self.source(sign) if sign is not None else ""
            if by in ("!==", "!="):
                return self._bound_now(source.replace(by, by.replace("!", "="), 1)), 1
        return self._bound_now(source), 0

    def _bound_now(self, message: str) -> str:
        # a variable that is set again in between makes the same condition another one
        counted = ",".join(str(self._times_bound(word)) for word in _WORD.findall(message))
        return f"{id(self.scope)}:{message}:{counted}"

    def _times_bound(self, word: str) -> int:
        scope: ir.Function | None = self.scope
        while scope is not None and word not in scope.defs:
            scope = scope.outer
        return len(scope.defs[word]) if scope is not None else 0

    def block(self, body: list[Syntax]) -> None:
        """Read the lines of a function."""
        raise NotImplementedError

    def function(self, node: Syntax, owner: ir.Class | None = None, name: str = "") -> ir.Function:
        """A function with its parameters and lines."""
        named = field(node, "name")
        name = name or (self.source(named) if named is not None else "<lambda>")
        function = ir.Function(name, self.module, self.scope, owner, start=self.span(node)[0])
        gives = field(node, "return_type")
        function.gives = self.source(gives).lstrip(": ") if gives is not None else ""
        self.module.functions.append(function)
        before = self.scope, self.path
        self.scope, self.path = function, ()
        alone, listed = field(node, "parameter"), field(node, "parameters")
        for number, entry in enumerate(
            [alone] if alone is not None else children(listed) if listed is not None else []
        ):
            self._param(function, entry, number)
        body = field(node, "body")
        if body is not None and body.type == "statement_block":
            self.block(children(body))
        elif body is not None:
            function.returns.append(self.value(body))
        self.scope, self.path = before
        return function

    def _param(self, function: ir.Function, node: Syntax, number: int) -> None:
        kind = field(node, "type")
        pattern = field(node, "pattern") or field(node, "left") or node
        argument = field(node, "value") or field(node, "right")
        annotation = self.source(kind).lstrip(": ") if kind is not None else ""
        default = self.value(argument) if argument is not None else None
        if pattern.type == "identifier":
            name = self.source(pattern)
            function.params.append(ir.Param(name, default, "", annotation))
            if function.owner is not None and any(child.type == "accessibility_modifier" for child in node.children):
                own = ir.Name(*self.span(node), "this", function, self.order, ())
                given_there = ir.Name(*self.span(node), name, function, self.order, ())
                target = ir.Attr(*self.span(node), own, name, self.span(pattern)[0])
                self.module.stores.append(ir.Assignment(target, given_there, (), function))
        elif pattern.type == "rest_pattern":
            function.params.append(ir.Param(self.source(pattern).lstrip("."), None, "*"))
        else:
            name = f"#{number}"
            function.params.append(ir.Param(name, default, "", annotation))
            self.bind(pattern, ir.Name(*self.span(pattern), name, self.scope, self.order, self.path))

    def bind(self, target: Syntax, value: ir.Node, annotation: str = "") -> None:
        """`target = value`."""
        kind = target.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            inner = value.args[0] if isinstance(value, ir.Call) and value.args else value  # useCallback(() => ...)
            if isinstance(inner, ir.Closure) and inner.function.name == "<lambda>":
                inner.function.name = self.source(target)
            self.define(self.source(target), value, annotation)
        elif kind in MEMBERS:
            member = self.member(target)
            if member is not None:
                self.module.stores.append(ir.Assignment(member, value, self.path, self.scope))
        else:
            self._bind_parts(target, value)

    def _bind_parts(self, target: Syntax, value: ir.Node) -> None:
        """Const { a, b: [c] } = value."""
        kind = target.type
        lefthand = field(target, "left")
        if kind == "object_pattern":
            picked = [name for child in children(target) if (name := self._bind_member(child, value))]
            for element in (entry for entry in children(target) if entry.type == "rest_pattern"):
                literal = ir.Dict(*self.span(element), [ir.Entry(None, value)], frozenset(picked))
                for inner in children(element)[:1]:
                    self.bind(inner, literal)
        elif kind == "array_pattern":
            state = self.states.opened(value, [self.source(candidate) for candidate in children(target)], self.scope)
            if state is not None:
                self.bind(children(target)[0], state)
                return
            for number, element in enumerate(children(target)):
                self.bind(element, ir.Item(*self.span(element), value, ir.Str(0, 0, str(number))))
        elif kind == "assignment_pattern" and lefthand is not None:
            self.bind(lefthand, self._or_default(target, value))
        elif kind in ("lexical_declaration", "variable_declaration", "variable_declarator"):
            for element in children(target)[:1]:
                self.bind(element, value)

    def _bind_member(self, syntax: Syntax, value: ir.Node) -> str:
        """One member of a pattern; gives the name that it takes."""
        key = field(syntax, "key") or field(syntax, "left") or syntax
        inner = field(syntax, "value") if syntax.type == "pair_pattern" else key
        if syntax.type == "rest_pattern" or inner is None:
            return ""
        self.bind(inner, self._or_default(syntax, self._picked(key, value)))
        return self.source(key).strip("\"'")

    def _or_default(self, pattern: Syntax, value: ir.Node) -> ir.Node:
        """What is taken, or the default that the pattern has: const { a = 1 } = value."""
        argument = field(pattern, "right")
        return ir.Phi(*self.span(pattern), [value, self.value(argument)]) if argument is not None else value

    def _picked(self, key: Syntax, value: ir.Node) -> ir.Node:
        """The member that a pattern takes: it is read there."""
        if key.type == "computed_property_name":
            return ir.Item(*self.span(key), value, self.value(children(key)[0]))
        start, end = self.span(key)
        quoted = key.type == "string"
        name = self.source(key)[1:-1] if quoted else self.source(key)
        token = ir.Str(start, end, name, start + quoted, key.type.startswith("shorthand"))
        item = ir.Item(start, end, value, token)
        self.module.reads.append(item)
        return item

    def value(self, node: Syntax) -> ir.Node:
        """Read an expression."""
        raise NotImplementedError

    def member(self, node: Syntax) -> ir.Attr | ir.Item | None:
        """`of.name` and `of[key]`."""
        of = field(node, "object")
        if of is None:
            return None
        if node.type == "subscript_expression":
            index = field(node, "index")
            key = self.value(index) if index is not None else ir.Opaque(*self.span(node))
            return ir.Item(*self.span(node), self.value(of), key)
        name = field(node, "property")
        if name is None:
            return None
        return ir.Attr(*self.span(node), self.value(of), self.source(name), self.span(name)[0])
