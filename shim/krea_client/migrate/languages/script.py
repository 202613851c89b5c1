"""JavaScript and TypeScript by tree-sitter's grammars, into the common tree."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript

from krea_client.migrate.languages import tree as t
from krea_client.migrate.languages.script_values import Values
from krea_client.migrate.languages.syntax import children, field

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


def read(text: bytes, file: str) -> tuple[t.Module, int]:
    """One file, and the line of what could not be parsed in it, or 0."""
    module = t.Module(file, file, "script", text)
    ending = file.rsplit(".", 1)[-1].lower()
    kind = "ts" if ending in ("ts", "mts", "cts") else "tsx" if ending == "tsx" else "js"
    return module, add(module, text, 0, kind)


def add(module: t.Module, text: bytes, shift: int, kind: str) -> int:
    """Adds a text that begins `shift` bytes into the file; gives the line of the first thing that could not be parsed."""
    root = _parser(kind).parse(text).root_node
    _Reader(module, text, shift).block(children(root))
    if not root.has_error:
        return 0
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            return node.start_point[0] + 1
        stack += [one for one in reversed(node.children) if one.has_error or one.is_missing]
    return 1


class _Reader(Values):
    """Statements; expressions are read by Values."""

    def block(self, body: list[Syntax]) -> None:
        kept = self.path
        for statement in body:
            self.order += 1
            self.statement(statement)
            if statement.type == "if_statement" and field(statement, "alternative") is None and _leaves(statement):
                self.path = (*self.path, (self.block_name(statement), 1))
        self.path = kept

    def statement(self, node: Syntax) -> None:
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

    def block_name(self, node: Syntax) -> str:
        return f"{id(self.scope)}:{self.source(field(node, 'condition') or field(node, 'value') or node)}"

    def arm(self, name: str, number: int, body: Syntax | None) -> None:
        if body is not None:
            kept = self.path
            self.path = (*kept, (name, number))
            self.statement(body)
            self.path = kept

    def on_if_statement(self, node: Syntax) -> None:
        condition = field(node, "condition")
        if condition is not None:
            self.value(condition)
        name = self.block_name(node)
        self.arm(name, 0, field(node, "consequence"))
        self.arm(name, 1, field(node, "alternative"))

    def on_switch_statement(self, node: Syntax) -> None:
        name, body = self.block_name(node), field(node, "body")
        for number, case in enumerate(children(body) if body is not None else []):
            kept = self.path
            self.path = (*kept, (name, number))
            self.block(children(case))
            self.path = kept

    def on_for_in_statement(self, node: Syntax) -> None:
        left, right, body = field(node, "left"), field(node, "right"), field(node, "body")
        if left is not None and right is not None:
            self.bind(left, t.Each(*self.span(right), self.value(right)))
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
        for one in children(node):
            self.scope.returns.append(self.value(one))

    def on_lexical_declaration(self, node: Syntax) -> None:
        for one in children(node):
            name, given = field(one, "name"), field(one, "value")
            if name is None or given is None:
                continue
            required = _required(given)
            if required is not None:
                self.imported(name, required)
            else:
                kind = field(one, "type")
                self.bind(name, self.value(given), self.source(kind).lstrip(": ") if kind is not None else "")

    on_variable_declaration = on_lexical_declaration

    def imported(self, name: Syntax, module: str) -> None:
        """Const x = require("y"), const { a, b: c } = require("y")."""
        if name.type == "identifier":
            self.define(self.source(name), t.Import(module, None))
            return
        for one in children(name):
            if one.type == "shorthand_property_identifier_pattern":
                self.define(self.source(one), t.Import(module, self.source(one)))
            elif one.type == "pair_pattern":
                key, value = field(one, "key"), field(one, "value")
                if key is not None and value is not None and value.type == "identifier":
                    self.define(self.source(value), t.Import(module, self.source(key)))

    def on_import_statement(self, node: Syntax) -> None:
        source = field(node, "source")
        module = self.source(source).strip("\"'") if source is not None else ""
        for clause in children(node):
            for one in children(clause) if clause.type == "import_clause" else []:
                if one.type == "identifier":
                    self.define(self.source(one), t.Import(module, "default"))
                elif one.type == "namespace_import":
                    self.define(self.source(children(one)[-1]), t.Import(module, None))
                else:
                    self.specifiers(one, module)

    def specifiers(self, node: Syntax, module: str) -> None:
        """{ a, b as c } of an import, or of an export from elsewhere."""
        for one in children(node):
            name = field(one, "name")
            if name is not None:
                self.define(self.source(field(one, "alias") or name), t.Import(module, self.source(name)))

    def on_export_statement(self, node: Syntax) -> None:
        source, inner = field(node, "source"), field(node, "declaration")
        if source is not None:
            module = self.source(source).strip("\"'")
            clauses = [one for one in children(node) if one.type == "export_clause"]
            for one in clauses:
                self.specifiers(one, module)
            if not clauses:
                self.module.stars.append(t.Import(module, "*"))
        elif inner is not None:
            self.statement(inner)
            name = field(inner, "name")
            if name is not None and any(one.type == "default" for one in node.children):
                found = self.module.top.defs.get(self.source(name), [])
                self.module.top.defs.setdefault("default", []).extend(found)
        else:
            value = field(node, "value")
            if value is not None:
                self.define("default", self.value(value))

    def on_function_declaration(self, node: Syntax) -> None:
        function = self.function(node)
        self.define(function.name, function)

    on_generator_function_declaration = on_function_declaration

    def on_class_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body")
        found = t.Class(self.source(name) if name is not None else "", self.module)
        found.start = self.span(node)[0]
        for one in children(node):
            if one.type == "class_heritage":
                inner = [part for clause in children(one) for part in (children(clause) or [clause])]
                found.bases = [self.value(part) for part in inner if part.type == "identifier"] or [
                    self.value(part) for part in children(one) if part.type == "identifier"
                ]
        self.define(found.name, found)
        self.module.classes.append(found)
        for one in children(body) if body is not None else []:
            self.class_member(found, one)

    on_abstract_class_declaration = on_class_declaration

    def on_interface_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body") or field(node, "value")
        if name is None or body is None:
            return
        found = t.Class(self.source(name), self.module, marks=frozenset({"interface"}))
        for one in children(body):
            key = field(one, "name")
            if one.type == "property_signature" and key is not None and key.type == "property_identifier":
                found.fields[self.source(key)] = t.Field(self.source(key), self.span(key)[0], None, self.order)
        self.define(found.name, found)
        self.module.classes.append(found)

    on_type_alias_declaration = on_interface_declaration

    def class_member(self, found: t.Class, node: Syntax) -> None:
        """A method or field of a class."""
        name = field(node, "name") or field(node, "property")
        if name is None:
            return
        if node.type == "method_definition":
            function = self.function(node, owner=found)
            getter = any(one.type == "get" for one in node.children)
            function.marks = frozenset({"get"}) if getter else frozenset()
            found.methods.setdefault(function.name, function)
        elif node.type in ("public_field_definition", "field_definition"):
            value = field(node, "value")
            if value is not None and value.type == "arrow_function":
                function = self.function(value, owner=found, name=self.source(name))
                found.methods.setdefault(function.name, function)
            else:
                read = self.value(value) if value is not None else None
                found.fields[self.source(name)] = t.Field(self.source(name), self.span(name)[0], read, self.order)

    def on_expression_statement(self, node: Syntax) -> None:
        for one in children(node):
            if one.type == "assignment_expression" and self.exported(one):
                continue
            self.value(one)

    def exported(self, node: Syntax) -> bool:
        """module.exports = { a, b }, exports.a = ..."""
        left, right = field(node, "left"), field(node, "right")
        if left is None or right is None:
            return False
        target = self.source(left)
        if target == "module.exports":
            value = self.value(right)
            self.define("default", value)
            for entry in value.entries if isinstance(value, t.Dict) else []:
                if isinstance(entry.key, t.Str):
                    self.define(entry.key.value, entry.value)
            return True
        if target.startswith(("exports.", "module.exports.")):
            self.define(target.rsplit(".", 1)[-1], self.value(right))
            return True
        return False


def _required(node: Syntax) -> str | None:
    """The module of require("x") or await import("x")."""
    inner = children(node)[0] if node.type == "await_expression" and children(node) else node
    if inner.type == "call_expression":
        of, args = field(inner, "function"), field(inner, "arguments")
        if of is not None and of.text in (b"require", b"import") and args is not None and children(args):
            first = children(args)[0]
            return (first.text or b"").decode().strip("\"'`") if first.type == "string" else None
    return None


def _leaves(node: Syntax) -> bool:
    body = field(node, "consequence")
    if body is None:
        return False
    last = children(body)[-1] if body.type == "statement_block" and children(body) else body
    return last.type in ("return_statement", "throw_statement", "continue_statement", "break_statement")
