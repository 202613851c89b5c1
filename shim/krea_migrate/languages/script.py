"""JavaScript and TypeScript by tree-sitter's grammars, into the common tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript

from krea_migrate import ir, time_limit
from krea_migrate.languages import bundles, pages
from krea_migrate.languages.dialects import SCRIPT
from krea_migrate.languages.script_classes import ScriptClasses
from krea_migrate.languages.script_expressions import ScriptExpressions
from krea_migrate.languages.script_imports import ScriptImports
from krea_migrate.languages.script_patterns import Patterns
from krea_migrate.languages.script_scopes import ScriptScopes
from krea_migrate.languages.script_statements import ScriptStatements
from krea_migrate.languages.syntax import children

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

_WRAPS = frozenset(
    {"parenthesized_expression", "await_expression", "as_expression", "satisfies_expression"}
    | {"non_null_expression", "type_assertion", "sequence_expression", "expression_statement"}
)
_BLOCKS = frozenset({"program", "ERROR", "switch_body"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function", "generator_function"})


@cache
def _parser(kind: str) -> tree_sitter.Parser:
    grammar = {
        "ts": tree_sitter_typescript.language_typescript,
        "tsx": tree_sitter_typescript.language_tsx,
        "js": tree_sitter_javascript.language,
    }[kind]
    return tree_sitter.Parser(tree_sitter.Language(grammar()))


class ReadScript(NamedTuple):
    """A file as it was read.

    Attributes:
        module: its program.
        broken: the line of what could not be parsed, or 0.
        is_bundle: only parts of it were read.
        size: how many bytes were read.
    """

    module: ir.Module
    broken: int
    is_bundle: bool
    size: int


def read(text: bytes, file: str) -> ReadScript:
    """Read one file; of a bundle only what stands around the words that matter."""
    module = ir.Module(file, file, SCRIPT, text)
    suffix = file.rsplit(".", 1)[-1].lower()
    if suffix in pages.ENDINGS:
        broken_line = 0
        for inside, start, kind in pages.scripts(text):
            line = add(module, inside, start, kind)
            broken_line = broken_line or (text.count(b"\n", 0, start) + line if line else 0)
        return ReadScript(module, broken_line, is_bundle=False, size=len(text))
    kind = "ts" if suffix in ("ts", "mts", "cts") else "tsx" if suffix == "tsx" else "js"
    if bundles.is_bundle(text):
        parts = list(bundles.parts(text))
        for start, end in parts:
            add(module, text[start:end], start, kind)
        return ReadScript(module, 0, is_bundle=True, size=sum(end - start for start, end in parts))
    return ReadScript(module, add(module, text, 0, kind), is_bundle=False, size=len(text))


def add(module: ir.Module, text: bytes, shift: int, kind: str) -> int:
    """Add a text that begins `shift` bytes into the file; gives the line of the first thing that could not be parsed."""
    root = _parser(kind).parse(text).root_node
    _ScriptReader(ScriptScopes(module, text, shift)).block(children(root))
    if not root.has_error:
        return 0
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            return node.start_point[0] + 1
        stack += [child for child in reversed(node.children) if child.has_error or child.is_missing]
    return 1


class _ScriptReader:
    """Reads programs: one part for each kind of syntax, and the parts ask it for what is inside."""

    def __init__(self, scopes: ScriptScopes) -> None:
        self.scopes = scopes
        patterns = Patterns(self)
        imports = ScriptImports(self)
        statements = ScriptStatements(self, imports)
        self.bind = patterns.bind
        self.function = patterns.function
        self.block = statements.block
        self._values = _handlers("of_", ScriptExpressions(self, patterns))
        self._statements = _handlers("on_", statements, imports, ScriptClasses(self))

    def statement(self, node: Syntax) -> None:
        """Read a statement."""
        time_limit.check()
        handler = self._statements.get(node.type)
        if handler is not None:
            handler(node)
        elif node.type in _BLOCKS or node.type.endswith(("_statement", "statement_block", "_clause")):
            self.block(children(node))
        else:
            self.value(node)

    def value(self, node: Syntax) -> ir.Node:
        """Read an expression."""
        time_limit.check()
        while node.type in _WRAPS:
            inner = children(node)
            if not inner:
                return self.scopes.opaque(node)
            if node.type == "sequence_expression":
                for part in inner[:-1]:
                    self.value(part)
            node = inner[-1] if node.type in ("sequence_expression", "type_assertion") else inner[0]
        kind = node.type
        if kind in _FUNCTIONS:
            return ir.Closure(*self.scopes.span(node), self.function(node))
        reader = self._values.get(kind)
        if reader is not None:
            value: ir.Node = reader(node)
            return value
        for child in children(node):
            self.value(child)
        return self.scopes.opaque(node)

    def value_of(self, node: Syntax | None, around: Syntax) -> ir.Node:
        """Read a part of some syntax; where it is missing, nothing is known of that."""
        return self.value(node) if node is not None else self.scopes.opaque(around)


def _handlers(prefix: str, *parts: object) -> dict[str, Callable[[Syntax], Any]]:
    """Return the methods of the parts that read a type of syntax, by its name."""
    return {
        name[len(prefix) :]: getattr(part, name)
        for part in parts
        for name in vars(type(part))
        if name.startswith(prefix)
    }
