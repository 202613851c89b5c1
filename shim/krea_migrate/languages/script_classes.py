"""Classes, interfaces and enums of JavaScript and TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_scopes import ScriptReader
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


class ScriptClasses:
    """Reads declarations that have members.

    Args:
        reader: reads what is inside.
    """

    def __init__(self, reader: ScriptReader) -> None:
        self._reader = reader
        self._scopes = reader.scopes

    def _declare(self, cls: ir.Class) -> None:
        self._scopes.define(cls.name, cls)
        self._scopes.module.classes.append(cls)

    def _field(self, cls: ir.Class, name: str, at: int, value: ir.Node | None) -> None:
        cls.fields[name] = ir.Field(name, at, value, self._scopes.order)

    def on_class_declaration(self, node: Syntax) -> None:
        name, start = self._scopes.source(field(node, "name")), self._scopes.span(node)[0]
        cls = ir.Class(name, self._scopes.module, start=start)
        for child in children(node):
            if child.type == "class_heritage":
                inner = [part for clause in children(child) for part in (children(clause) or [clause])]
                cls.bases = [self._reader.value(part) for part in inner if part.type == "identifier"] or [
                    self._reader.value(part) for part in children(child) if part.type == "identifier"
                ]
                cls.bases += [self._scopes.name(part) for part in inner if part.type == "type_identifier"]
        around = node.parent if node.parent is not None and node.parent.type == "export_statement" else None
        for child in [*children(node), *children(around)]:
            value = self._reader.value(children(child)[0]) if child.type == "decorator" and children(child) else None
            if isinstance(value, ir.Call) and isinstance(value.of, ir.Name) and value.args:
                cls.settings["@" + value.of.id] = value.args[0]
        self._declare(cls)
        for child in children(field(node, "body")):
            self.class_member(cls, child)

    on_abstract_class_declaration = on_class_declaration

    def on_interface_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body") or field(node, "value")
        if name is None or body is None:
            return
        cls = ir.Class(self._scopes.source(name), self._scopes.module, marks=frozenset({"interface"}))
        stack = [child for child in children(node) if child.id not in (name.id, body.id)] + [body]
        while stack:  # `extends A`, and types made of others: A & {...}, Partial<A>
            entry = stack.pop()
            if entry.type in ("object_type", "interface_body"):
                for member in children(entry):
                    self._declared(cls, member)
            elif entry.type == "type_identifier":
                cls.bases.append(self._scopes.name_of(entry, self._scopes.source(entry)))
            elif entry.type not in ("lookup_type", "index_type_query", "function_type"):  # A["key"], keyof A
                stack += children(entry)
        self._declare(cls)

    def _declared(self, cls: ir.Class, member: Syntax) -> None:
        key = field(member, "name")
        if member.type == "property_signature" and key is not None:
            quoted = key.type == "string"
            name = self._scopes.source(key)[1:-1] if quoted else self._scopes.source(key)
            self._field(cls, name, self._scopes.span(key)[0] + quoted, None)

    def on_enum_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body")
        if name is None or body is None:
            return
        cls = ir.Class(self._scopes.source(name), self._scopes.module, marks=frozenset({"enum"}))
        for child in children(body):
            key, value = field(child, "name"), field(child, "value")
            if key is not None and value is not None:
                word = self._scopes.source(key).strip("\"'")
                self._field(cls, word, self._scopes.span(key)[0], self._reader.value(value))
        self._declare(cls)

    on_type_alias_declaration = on_interface_declaration

    def class_member(self, cls: ir.Class, node: Syntax) -> None:
        """Read a method or field of a class."""
        name = field(node, "name") or field(node, "property")
        if name is None:
            return
        if node.type == "method_definition":
            function = self._reader.function(node, owner=cls)
            getter = any(child.type == "get" for child in node.children)
            function.marks = frozenset({"get"}) if getter else frozenset()
            cls.methods.setdefault(function.name, function)
        elif node.type in ("public_field_definition", "field_definition"):
            value = field(node, "value")
            if value is not None and value.type == "arrow_function":
                function = self._reader.function(value, owner=cls, name=self._scopes.source(name))
                cls.methods.setdefault(function.name, function)
            else:
                # There `this` is the object.
                inside = ir.Function("<fields>", self._scopes.module, self._scopes.scope, cls)
                with self._scopes.on(self._scopes.path, inside):
                    read = self._reader.value(value) if value is not None else None
                self._field(cls, self._scopes.source(name), self._scopes.span(name)[0], read)
