"""Variables of a module: targets of assignments, loops, with, except, comprehensions and patterns, and parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .codebase import SourceModule
from .idle_words import IDLE_WORDS

Scope = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SCOPES = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_INNER_SCOPES = (*_SCOPES, *_COMPREHENSIONS)
_ALL_SCOPES = (ast.Module, *_INNER_SCOPES)
_BINDING = frozenset({ast.Name, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping})
# Most nodes of a tree are of these kinds: names, and what stands beside them.
_CHILDLESS = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.alias, ast.Pass})
# Names that say by convention that the value is not used or is the object itself.
_CONVENTIONAL = {"self", "cls", "_", "__all__"}


class Variable(NamedTuple):
    """A name and the place where its scope binds it first. A name counts once in each scope."""

    name: str
    path: str
    line: int

    @property
    def is_idle(self) -> bool:
        """True when each part of the name is a pronoun or participle; parts are divided by underscores."""
        parts = [part for part in self.name.lower().split("_") if part]
        return bool(parts) and all(part.rstrip("0123456789") in IDLE_WORDS for part in parts)


def variables(modules: Sequence[SourceModule]) -> list[Variable]:
    """Return the variables of these modules, in the order of the source."""
    return [variable for module in modules for variable in module_variables(module)]


@cache
def module_variables(module: SourceModule) -> Sequence[Variable]:
    """Return each variable of each scope once. A comprehension is a scope of its own."""
    return [*_variables(module)]


def _variables(module: SourceModule) -> Iterator[Variable]:
    for scope in module.nodes:
        if isinstance(scope, _ALL_SCOPES):
            lines: dict[str, int] = {}
            for name, line in _bindings(scope):
                if name not in _CONVENTIONAL:
                    lines[name] = min(line, lines.get(name, line))
            for name, line in sorted(lines.items(), key=lambda item: (item[1], item[0])):
                yield Variable(name, str(module.path), line)


def _bindings(scope: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        yield from _parameters(scope.args)
    stack = [*ast.iter_child_nodes(scope)]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind in _BINDING:
            yield from _bound_by(node)
        if kind not in _CHILDLESS and kind not in _INNER_SCOPES:
            stack.extend(ast.iter_child_nodes(node))


def _parameters(arguments: ast.arguments) -> Iterator[tuple[str, int]]:
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    listed += [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    return ((argument.arg, argument.lineno) for argument in listed)


def _bound_by(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name, node.lineno
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest, node.lineno
