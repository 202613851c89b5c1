"""What a JavaScript or TypeScript file takes from others and give to them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from krea_migrate import ir
from krea_migrate.languages.script_scopes import ScriptReader
from krea_migrate.languages.syntax import children, field

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


class ScriptImports:
    """Reads imports and exports, of both kinds of modules.

    Args:
        reader: reads what is inside.
    """

    def __init__(self, reader: ScriptReader) -> None:
        self._reader = reader
        self._scopes = reader.scopes
        self._module = reader.scopes.module

    def imported(self, name: Syntax, module: str) -> None:
        """Read const x = require("y") and const { a, b: c } = require("y")."""
        if name.type == "identifier":
            self._scopes.define(self._scopes.source(name), ir.Import(module, None))
            return
        for child in children(name):
            if child.type == "shorthand_property_identifier_pattern":
                self._scopes.define(self._scopes.source(child), ir.Import(module, self._scopes.source(child)))
            elif child.type == "pair_pattern":
                key, value = field(child, "key"), field(child, "value")
                if key is not None and value is not None and value.type == "identifier":
                    self._scopes.define(self._scopes.source(value), ir.Import(module, self._scopes.source(key)))

    def on_import_statement(self, node: Syntax) -> None:
        module = self._scopes.source(field(node, "source")).strip("\"'")
        for clause in children(node):
            for child in children(clause) if clause.type == "import_clause" else []:
                if child.type == "identifier" and module.endswith(".json"):
                    self._scopes.define(self._scopes.source(child), self.loaded(child, module))
                elif child.type == "identifier":
                    self._scopes.define(self._scopes.source(child), ir.Import(module, "default"))
                elif child.type == "namespace_import":
                    self._scopes.define(self._scopes.source(children(child)[-1]), ir.Import(module, None))
                else:
                    self.specifiers(child, module)

    def loaded(self, name: Syntax, module: str) -> ir.Node:
        """Return Import payload from "./payload.json": as if it were read there."""
        path = module
        if module.startswith("."):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self._module.file), module))
        return ir.Call(*self._scopes.span(name), self._scopes.name_of(name, "load"), [ir.Str(0, 0, path)], [])

    def specifiers(self, node: Syntax, module: str) -> None:
        """Read { a, b as c } of an import, or of an export from elsewhere."""
        for child in children(node):
            name = field(child, "name")
            if name is not None:
                bound = self._scopes.source(field(child, "alias") or name)
                self._scopes.define(bound, ir.Import(module, self._scopes.source(name)))

    def on_export_statement(self, node: Syntax) -> None:
        source, inner = field(node, "source"), field(node, "declaration")
        if source is not None:
            module = self._scopes.source(source).strip("\"'")
            clauses = [child for child in children(node) if child.type == "export_clause"]
            for clause in clauses:
                self.specifiers(clause, module)
            if not clauses:
                self._module.stars.append(ir.Import(module, "*"))
        elif inner is not None:
            self._reader.statement(inner)
            name = field(inner, "name")
            if name is not None and any(entry.type == "default" for entry in node.children):
                result = self._module.top.defs.get(self._scopes.source(name), [])
                self._module.top.defs.setdefault("default", []).extend(result)
        elif (value := field(node, "value")) is not None:
            self._scopes.define("default", self._named(self._reader.value(value)))
        else:
            self.handed_out(node)

    def _named(self, value: ir.Node) -> ir.Node:
        """Return what a file exports as a whole; a function without a name is called as the file."""
        if isinstance(value, ir.Closure) and value.function.name == "<lambda>":
            value.function.name = self._module.file.rsplit("/", 1)[-1].partition(".")[0]
        return value

    def handed_out(self, node: Syntax) -> None:
        """Read export { a as b }."""
        for clause in children(node):
            for child in children(clause):
                name, alias = field(child, "name"), field(child, "alias")
                if name is not None and alias is not None:
                    self._scopes.define(self._scopes.source(alias), self._scopes.name(name))

    def exported(self, node: Syntax) -> bool:
        """Read module.exports = { a, b } and exports.a = ...; return whether it is one of them."""
        lefthand, right = field(node, "left"), field(node, "right")
        if lefthand is None or right is None:
            return False
        target = self._scopes.source(lefthand)
        if target == "module.exports":
            value = self._named(self._reader.value(right))
            self._scopes.define("default", value)
            for entry in value.entries if isinstance(value, ir.Dict) else []:
                if isinstance(entry.key, ir.Str):
                    self._scopes.define(entry.key.value, entry.value)
            return True
        if target.startswith(("exports.", "module.exports.")):
            self._scopes.define(target.rsplit(".", 1)[-1], self._reader.value(right))
            return True
        return False
