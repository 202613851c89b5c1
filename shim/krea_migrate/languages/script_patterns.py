"""What patterns of JavaScript and TypeScript bind, and the parameters of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_scopes import ScriptReader
from krea_migrate.languages.script_state import States
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

MEMBERS = frozenset({"member_expression", "subscript_expression"})


class Patterns:
    """Binds names.

    Args:
        reader: reads what is inside.
    """

    def __init__(self, reader: ScriptReader) -> None:
        self._reader = reader
        self._scopes = reader.scopes
        self.states = States()

    def function(self, node: Syntax, owner: ir.Class | None = None, name: str = "") -> ir.Function:
        """Read a function with its parameters and lines."""
        scopes = self._scopes
        name = name or scopes.source(field(node, "name")) or "<lambda>"
        function = ir.Function(name, scopes.module, scopes.scope, owner, start=scopes.span(node)[0])
        function.gives = scopes.annotation(field(node, "return_type"))
        scopes.module.functions.append(function)
        alone, body = field(node, "parameter"), field(node, "body")
        with scopes.on((), function):
            for number, entry in enumerate([alone] if alone is not None else children(field(node, "parameters"))):
                self._param(function, entry, number)
            if body is not None and body.type == "statement_block":
                self._reader.block(children(body))
            elif body is not None:
                function.returns.append(self._reader.value(body))
        return function

    def _param(self, function: ir.Function, node: Syntax, number: int) -> None:
        pattern = field(node, "pattern") or field(node, "left") or node
        argument = field(node, "value") or field(node, "right")
        annotation = self._scopes.annotation(field(node, "type"))
        default = self._reader.value(argument) if argument is not None else None
        if pattern.type == "identifier":
            name = self._scopes.source(pattern)
            function.params.append(ir.Param(name, default, "", annotation))
            if function.owner is not None and any(child.type == "accessibility_modifier" for child in node.children):
                own = ir.Name(*self._scopes.span(node), "this", function, self._scopes.order, ())
                given_there = ir.Name(*self._scopes.span(node), name, function, self._scopes.order, ())
                target = ir.Attr(*self._scopes.span(node), own, name, self._scopes.span(pattern)[0])
                self._scopes.assign(target, given_there)
        elif pattern.type == "rest_pattern":
            function.params.append(ir.Param(self._scopes.source(pattern).lstrip("."), None, "*"))
        else:
            name = f"#{number}"
            function.params.append(ir.Param(name, default, "", annotation))
            self.bind(pattern, self._scopes.name_of(pattern, name))

    def bind(self, target: Syntax, value: ir.Node, annotation: str = "") -> None:
        """Bind a target to a value."""
        kind = target.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            inner = value.args[0] if isinstance(value, ir.Call) and value.args else value  # useCallback(() => ...)
            if isinstance(inner, ir.Closure) and inner.function.name == "<lambda>":
                inner.function.name = self._scopes.source(target)
            self._scopes.define(self._scopes.source(target), value, annotation)
        elif kind in MEMBERS:
            member = self.member(target)
            if member is not None:
                self._scopes.assign(member, value)
        else:
            self._bind_parts(target, value)

    def _bind_parts(self, target: Syntax, value: ir.Node) -> None:
        """Read const { a, b: [c] } = value."""
        kind = target.type
        lefthand = field(target, "left")
        if kind == "object_pattern":
            member_names = [name for child in children(target) if (name := self._bind_member(child, value))]
            for element in (entry for entry in children(target) if entry.type == "rest_pattern"):
                literal = ir.Dict(*self._scopes.span(element), [ir.Entry(None, value)], frozenset(member_names))
                for inner in children(element)[:1]:
                    self.bind(inner, literal)
        elif kind == "array_pattern":
            parts = [self._scopes.source(part) for part in children(target)]
            state = self.states.opened(value, parts, self._scopes.scope)
            if state is not None:
                self.bind(children(target)[0], state)
                return
            for number, element in enumerate(children(target)):
                self.bind(element, ir.Item(*self._scopes.span(element), value, ir.Str(0, 0, str(number))))
        elif kind == "assignment_pattern" and lefthand is not None:
            self.bind(lefthand, self._or_default(target, value))

    def _bind_member(self, syntax: Syntax, value: ir.Node) -> str:
        """Return one member of a pattern; gives the name that it takes."""
        key = field(syntax, "key") or field(syntax, "left") or syntax
        inner = field(syntax, "value") if syntax.type == "pair_pattern" else key
        if syntax.type == "rest_pattern" or inner is None:
            return ""
        self.bind(inner, self._or_default(syntax, self._picked(key, value)))
        return self._scopes.source(key).strip("\"'")

    def _or_default(self, pattern: Syntax, value: ir.Node) -> ir.Node:
        """Return what is taken, or the default that the pattern has: const { a = 1 } = value."""
        argument = field(pattern, "right")
        if argument is None:
            return value
        return ir.Phi(*self._scopes.span(pattern), [value, self._reader.value(argument)])

    def _picked(self, key: Syntax, value: ir.Node) -> ir.Node:
        """Return the member that a pattern takes: it is read there."""
        if key.type == "computed_property_name":
            return ir.Item(*self._scopes.span(key), value, self._reader.value(children(key)[0]))
        start, end = self._scopes.span(key)
        quoted = key.type == "string"
        name = self._scopes.source(key)[1:-1] if quoted else self._scopes.source(key)
        token = ir.Str(start, end, name, start + quoted, key.type.startswith("shorthand"))
        item = ir.Item(start, end, value, token)
        self._scopes.module.reads.append(item)
        return item

    def member(self, node: Syntax) -> ir.Attr | ir.Item | None:
        """Return `of.name` and `of[key]`."""
        of = field(node, "object")
        if of is None:
            return None
        if node.type == "subscript_expression":
            key = self._reader.value_of(field(node, "index"), node)
            return ir.Item(*self._scopes.span(node), self._reader.value(of), key)
        name = field(node, "property")
        if name is None:
            return None
        return ir.Attr(
            *self._scopes.span(node), self._reader.value(of), self._scopes.source(name), self._scopes.span(name)[0]
        )
