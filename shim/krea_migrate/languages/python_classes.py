"""Classes of Python: their fields, methods and settings."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from krea_migrate import ir
from krea_migrate.languages.python_expressions import PythonExpressions
from krea_migrate.languages.python_scopes import PythonScopes


class PythonClasses:
    """Reads classes.

    Args:
        scopes: where the reader stands.
        expressions: reads expressions.
        read_method: reads a function that is a method of `owner`.
    """

    def __init__(
        self,
        scopes: PythonScopes,
        expressions: PythonExpressions,
        read_method: Callable[[ast.FunctionDef | ast.AsyncFunctionDef], None],
    ) -> None:
        self._scopes = scopes
        self._module = scopes.module
        self._expressions = expressions
        self._read_method = read_method
        self.owner: ir.Class | None = None
        self.owner_scope: ir.Function | None = None

    def made_by_call(self, target: ast.expr, call: ir.Node) -> bool:
        """Read a class that a call makes, Clip = namedtuple("Clip", ["prompt", "ratio"]); return whether it is one."""
        if not isinstance(target, ast.Name) or not isinstance(call, ir.Call):
            return False
        if ir.tail(call.of) not in ("namedtuple", "make_dataclass") or len(call.args) < 2:
            return False
        name, cls = target.id, ir.Class(target.id, self._module, start=call.start)
        argument = call.args[1]
        if isinstance(argument, ir.Str) and argument.inner >= 0:
            for word in re.finditer(r"\w+", argument.value):
                cls.fields[word[0]] = ir.Field(word[0], argument.inner + word.start(), None, self._scopes.order)
        for item in argument.items if isinstance(argument, ir.Seq) else ():
            field_name = item.items[0] if isinstance(item, ir.Seq) and item.items else item
            if isinstance(field_name, ir.Str) and field_name.inner >= 0:
                cls.fields[field_name.value] = ir.Field(field_name.value, field_name.inner, None, self._scopes.order)
        self._scopes.define(name, cls)
        self._module.classes.append(cls)
        return True

    def read(self, node: ast.ClassDef) -> None:
        marks = self._scopes.marks(node.decorator_list)
        cls = ir.Class(node.name, self._module, [self._expressions.value(base) for base in node.bases], marks=marks)
        cls.start = self._scopes.span(node)[0]
        cls.settings |= {
            keyword.arg: self._expressions.value(keyword.value) for keyword in node.keywords if keyword.arg
        }
        self._scopes.define(node.name, cls)
        self._module.classes.append(cls)
        before = self.owner, self.owner_scope
        self.owner, self.owner_scope = cls, self._scopes.scope
        for statement in node.body:
            self._scopes.order += 1
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._read_method(statement)
            else:
                self._member(cls, statement)
        self.owner, self.owner_scope = before

    def _member(self, cls: ir.Class, statement: ast.stmt) -> None:
        """Read a line of a class that is no method."""
        target: ast.expr | None = statement.target if isinstance(statement, ast.AnnAssign) else None
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
        if not isinstance(target, ast.Name):
            if isinstance(statement, ast.ClassDef):
                self.read(statement)
                if statement.name == "Config":
                    inner = self._module.classes[-1].fields
                    cls.settings |= {entry.name: entry.value for entry in inner.values() if entry.value is not None}
            return
        argument = getattr(statement, "value", None)
        value = self._expressions.value(argument) if argument is not None else None
        if target.id == "model_config" and isinstance(value, ir.Call):
            cls.settings |= {word.name: word.value for word in value.words if word.name}
        elif target.id == "model_config" and isinstance(value, ir.Dict):
            rows = [(candidate.key, candidate.value) for candidate in value.entries]
            cls.settings |= {key.value: contents for key, contents in rows if isinstance(key, ir.Str)}
        field = ir.Field(target.id, self._scopes.span(target)[0], value, self._scopes.order)
        field.alias, field.takes = _aliases(value)
        cls.fields[target.id] = field


def _aliases(value: ir.Node | None) -> tuple[ir.Str | None, ir.Str | None]:
    """Return the keys that Field(alias="a"), field(name="a") and their like give a field: written, and taken."""
    if not isinstance(value, ir.Call):
        return None, None
    of = value.of
    words = {word.name: word.value for word in value.words if isinstance(word.value, ir.Str)}
    alias = words.get("alias")
    if isinstance(of, ir.Attr) and isinstance(of.of, ir.Name) and of.of.id in ("attr", "attrs"):
        return None, alias if isinstance(alias, ir.Str) else None  # asdict() writes the name
    if isinstance(of, ir.Attr) and isinstance(of.of, ir.Name) and of.of.id == "msgspec":
        key = words.get("name")
        return (key if isinstance(key, ir.Str) else None), None
    output_key, input_key = words.get("serialization_alias", alias), words.get("validation_alias", alias)
    return output_key if isinstance(output_key, ir.Str) else None, input_key if isinstance(input_key, ir.Str) else None
