"""Classes, interfaces and enums of JavaScript and TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_values import Values
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


class Classes(Values):
    """Reads declarations that have members."""

    def on_class_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body")
        found = ir.Class(self.source(name) if name is not None else "", self.module)
        found.start = self.span(node)[0]
        for one in children(node):
            if one.type == "class_heritage":
                inner = [part for clause in children(one) for part in (children(clause) or [clause])]
                found.bases = [self.value(part) for part in inner if part.type == "identifier"] or [
                    self.value(part) for part in children(one) if part.type == "identifier"
                ]
                found.bases += [self.of_identifier(part) for part in inner if part.type == "type_identifier"]
        around = node.parent if node.parent is not None and node.parent.type == "export_statement" else None
        for one in [*children(node), *(children(around) if around is not None else [])]:
            said = self.value(children(one)[0]) if one.type == "decorator" and children(one) else None
            if isinstance(said, ir.Call) and isinstance(said.of, ir.Name) and said.args:
                found.settings["@" + said.of.id] = said.args[0]
        self.define(found.name, found)
        self.module.classes.append(found)
        for one in children(body) if body is not None else []:
            self.class_member(found, one)

    on_abstract_class_declaration = on_class_declaration

    def on_interface_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body") or field(node, "value")
        if name is None or body is None:
            return
        found = ir.Class(self.source(name), self.module, marks=frozenset({"interface"}))
        stack = [one for one in children(node) if one.id not in (name.id, body.id)] + [body]
        while stack:  # `extends A`, and types made of others: A & {...}, Partial<A>
            one = stack.pop()
            if one.type in ("object_type", "interface_body"):
                for member in children(one):
                    self._declared(found, member)
            elif one.type == "type_identifier":
                found.bases.append(ir.Name(*self.span(one), self.source(one), self.scope, self.order, self.path))
            elif one.type not in ("lookup_type", "index_type_query", "function_type"):  # A["key"], keyof A
                stack += children(one)
        self.define(found.name, found)
        self.module.classes.append(found)

    def _declared(self, found: ir.Class, member: Syntax) -> None:
        key = field(member, "name")
        if member.type == "property_signature" and key is not None:
            quoted = key.type == "string"
            name = self.source(key)[1:-1] if quoted else self.source(key)
            found.fields[name] = ir.Field(name, self.span(key)[0] + quoted, None, self.order)

    def on_enum_declaration(self, node: Syntax) -> None:
        name, body = field(node, "name"), field(node, "body")
        if name is None or body is None:
            return
        found = ir.Class(self.source(name), self.module, marks=frozenset({"enum"}))
        for one in children(body):
            key, value = field(one, "name"), field(one, "value")
            if key is not None and value is not None:
                word = self.source(key).strip("\"'")
                found.fields[word] = ir.Field(word, self.span(key)[0], self.value(value), self.order)
        self.define(found.name, found)
        self.module.classes.append(found)

    on_type_alias_declaration = on_interface_declaration

    def class_member(self, found: ir.Class, node: Syntax) -> None:
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
                kept = self.scope
                self.scope = ir.Function("<fields>", self.module, kept, found)  # there `this` is the object
                read = self.value(value) if value is not None else None
                self.scope = kept
                found.fields[self.source(name)] = ir.Field(self.source(name), self.span(name)[0], read, self.order)
