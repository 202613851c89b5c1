"""Deprecated names that lists and tables of a script hold, near a call to Krea: whether they choose the keys of a body was not followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import ir, names, profile
from krea_migrate.findings import Finding
from krea_migrate.ir import tail
from krea_migrate.rules.survey import Survey

REASON = (
    "a list or table beside a call to {api} holds it; if it chooses or names keys of a body, the name is now {new!r}"
)
PASSED = (
    "a function beside a call to {api} gets it; if it looks that up in the API's document or names a key of a body, "
    "the name is now {new!r}"
)
_PICKS = frozenset({"pick", "omit", "pickBy", "omitBy"})
_OTHER = re.compile(r"column|header|select|label|csv|style|class|icon|route|param|query|slot|attr|prop", re.IGNORECASE)
# A row with one of these describes what people see.
_SHOWN = frozenset(
    {"label", "title", "header", "placeholder", "description", "type", "component", "headerName", "input", "name"}
)


def find(survey: Survey, code: str, near: set[str]) -> Iterator[Finding]:
    """Show texts in lists, in lists of tables and as values of tables, and arguments of functions that may look them up."""
    for module in survey.modules:
        if module.file in near:
            for token, words in _tokens(module):
                new = names.table().only_new(token.value)
                if new is not None:
                    reason = profile.active().say(words, new=new)
                    yield Finding.by_hand(code, module.file, token, token.value, reason, new)


def _tokens(module: ir.Module) -> Iterator[tuple[ir.Str, str]]:
    if module.dialect.has_pages:
        yield from ((token, REASON) for token in _in_lists(module))
    if module.dialect.passes_names:
        functions = {function.name for function in module.functions}
        for site in module.calls:
            if isinstance(site.call.of, ir.Name) and site.call.of.id in functions:
                yield from ((word, PASSED) for word in site.call.args if isinstance(word, ir.Str))


def _in_lists(module: ir.Module) -> Iterator[ir.Str]:
    scopes = (module.top, *module.functions)
    rows = [(name, bindings) for scope in scopes for name, bindings in scope.defs.items()]
    bound = [(name, binding.value) for name, bindings in rows for binding in bindings]
    for name, value in bound:
        if not _OTHER.search(name):
            yield from _listed(value)
    yield from _in_tables(module, {value for name, value in bound if _OTHER.search(name)})
    for site in module.calls:
        if tail(site.call.of) in _PICKS:
            for argument in site.call.args:
                yield from _listed(argument)


def _in_tables(module: ir.Module, excluded: set[object]) -> Iterator[ir.Str]:
    """Yield the values of tables, but of those that name columns or describe a form."""
    for literal, _, _ in module.dicts:
        keys = {entry.key.value for entry in literal.entries if isinstance(entry.key, ir.Str)}
        for entry in literal.entries if not keys & _SHOWN and literal not in excluded else ():
            if isinstance(entry.key, ir.Str) and not _OTHER.search(entry.key.value):
                yield from [entry.value] if isinstance(entry.value, ir.Str) else _listed(entry.value)


def _listed(node: object) -> Iterator[ir.Str]:
    """Yield the texts of a list, of the lists in it, and of new Set([...])."""
    if isinstance(node, ir.Call) and len(node.args) == 1 and tail(node.of) in ("Set", "freeze"):
        yield from _listed(node.args[0])
    for item in node.items if isinstance(node, ir.Seq) else ():
        if isinstance(item, ir.Str):
            yield item
        else:
            yield from _listed(item)
