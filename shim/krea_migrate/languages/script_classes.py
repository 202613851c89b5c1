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
        self._module = reader.scopes.module

    def on_class_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body")
        cls = ir.Class(self._scopes.source(name) if name is not None else "", self._module)
        cls.start = self._scopes.span(node)[0]
        for child in children(node):
            if child.type == "class_heritage":
                inner = [part for clause in children(child) for part in (children(clause) or [clause])]
                cls.bases = [self._reader.value(part) for part in inner if part.type == "identifier"] or [
                    self._reader.value(part) for part in children(child) if part.type == "identifier"
                ]
                cls.bases += [self._scopes.name(part) for part in inner if part.type == "type_identifier"]
        around = node.parent if node.parent is not None and node.parent.type == "export_statement" else None
        for child in [*children(node), *(children(around) if around is not None else [])]:
            value = self._reader.value(children(child)[0]) if child.type == "decorator" and children(child) else None
            if isinstance(value, ir.Call) and isinstance(value.of, ir.Name) and value.args:
                cls.settings["@" + value.of.id] = value.args[0]
        self._scopes.define(cls.name, cls)
        self._module.classes.append(cls)
        for child in children(body) if body is not None else []:
            self.class_member(cls, child)

    on_abstract_class_declaration = on_class_declaration

    def on_interface_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body") or field(node, "value")
        if name is None or body is None:
            return
        cls = ir.Class(self._scopes.source(name), self._module, marks=frozenset({"interface"}))
        stack = [child for child in children(node) if child.id not in (name.id, body.id)] + [body]
        scope, order, path = self._scopes.scope, self._scopes.order, self._scopes.path
        while stack:  # `extends A`, and types made of others: A & {...}, Partial<A>
            entry = stack.pop()
            if entry.type in ("object_type", "interface_body"):
                for member in children(entry):
                    self._declared(cls, member)
            elif entry.type == "type_identifier":
                cls.bases.append(ir.Name(*self._scopes.span(entry), self._scopes.source(entry), scope, order, path))
            elif entry.type not in ("lookup_type", "index_type_query", "function_type"):  # A["key"], keyof A
                stack += children(entry)
        self._scopes.define(cls.name, cls)
        self._module.classes.append(cls)

    def _declared(self, cls: ir.Class, member: Syntax) -> None:
        key = field(member, "name")
        if member.type == "property_signature" and key is not None:
            quoted = key.type == "string"
            name = self._scopes.source(key)[1:-1] if quoted else self._scopes.source(key)
            cls.fields[name] = ir.Field(name, self._scopes.span(key)[0] + quoted, None, self._scopes.order)

    def on_enum_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body")
        if name is None or body is None:
            return
        cls = ir.Class(self._scopes.source(name), self._module, marks=frozenset({"enum"}))
        for child in children(body):
            key, value = field(child, "name"), field(child, "value")
            if key is not None and value is not None:
                word = self._scopes.source(key).strip("\"'")
                cls.fields[word] = ir.Field(
                    word, self._scopes.span(key)[0], self._reader.value(value), self._scopes.order
                )
        self._scopes.define(cls.name, cls)
        self._module.classes.append(cls)

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
                scope = self._scopes.scope
                self._scopes.scope = ir.Function("<fields>", self._module, scope, cls)  # there `this` is the object
                read = self._reader.value(value) if value is not None else None
                self._scopes.scope = scope
                cls.fields[self._scopes.source(name)] = ir.Field(
                    self._scopes.source(name), self._scopes.span(name)[0], read, self._scopes.order
                )
