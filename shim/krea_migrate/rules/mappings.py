"""Programs that know both names: what maps or filters keys by itself would be broken by a rename on one side only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from krea_migrate import ir, names
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.member_copies import looped
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.project import Project, tail
from krea_migrate.flow.values import Frame, Many, PathCondition

Mapped = dict[tuple[int, str], set[tuple[PathCondition, PathCondition]]]
_PICKS = frozenset({"pick", "omit", "filter", "intersection", "difference", "includes", "issubset"})


def listed(project: Project, ask: Evaluator) -> dict[str, set[str]]:
    """Deprecated names in lists that keys are compared with or taken from, by file."""
    found: dict[str, set[str]] = defaultdict(set)
    old = set(names.table().old)
    modules = list(project.modules.values())
    if not any(token.value in old for module in modules for token in module.texts):
        return {}
    for module in modules:
        for of, scope in _lists(module):
            for alt in ask.value(of, Frame(scope)):
                if isinstance(alt.value, Many):
                    items = alt.value.site.items
                    found[module.file] |= {one.value for one in items if isinstance(one, ir.Str)} & old
        found[module.file] |= set(_told_apart(module, ask)) & old
    return {file: known for file, known in found.items() if known}


def _told_apart(module: ir.Module, ask: Evaluator) -> Iterator[str]:
    """Keys that a loop over a dict treats in their own way, and that are picked by themselves."""
    for left, right, scope in module.compared:
        for one, other in ((left, right), (right, left)):
            if (
                isinstance(one, ir.Str)
                and one.value in names.table().old
                and any(True for _ in looped(ask, other, Frame(scope)))
            ):
                yield one.value
    for placed in module.calls:
        if tail(placed.call.of) in ("pick", "omit"):
            yield from (one.value for one in placed.call.args if isinstance(one, ir.Str))


def _lists(module: ir.Module) -> Iterator[tuple[ir.Node, ir.Function]]:
    for test in module.tests:
        if not isinstance(test.key, ir.Str):
            yield test.of, module.top
    for placed in module.calls:
        if tail(placed.call.of) in _PICKS:
            own = [placed.call.of.of] if isinstance(placed.call.of, ir.Attr) else []
            for node in [*own, *placed.call.args]:
                yield node, placed.scope


def both_names(places: Iterable[Place]) -> Mapped:
    """The bodies that are given a new name, and that name, with the branches on which they are."""
    found: Mapped = defaultdict(set)
    for place in places:
        for record in place.records if place.kind != "read" else ():
            found[record.group, place.name].add((record.yes, record.no))
    return found
