"""Programs that know both names: what maps or filters keys by itself would be broken by a rename on one side only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from krea_migrate import ir, names
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.forward_flow import EscapeCandidates
from krea_migrate.flow.member_copies import looped
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import Frame, Many, PathCondition
from krea_migrate.ir import tail

Mapped = dict[tuple[int, str], set[tuple[PathCondition, PathCondition]]]
_PICKS = frozenset({"pick", "omit", "filter", "intersection", "difference", "includes", "issubset"})


def listed(reach: Reach) -> dict[str, set[str]]:
    """Return deprecated names in lists that keys are compared with or taken from, by file."""
    names_by_file: dict[str, set[str]] = defaultdict(set)
    ask, old = reach.ask, set(names.table().old)
    modules = list(ask.project.modules.values())
    tokens = [token for module in modules for token in module.texts if token.value in old]
    if not tokens:
        return {}
    candidates = EscapeCandidates(ask, lambda: reach.flow_graph, tokens)
    for module in modules:
        for of, scope in _lists(module):
            for alt in ask.value(of, Frame(scope)) if candidates.may_contain(of) else ():
                if isinstance(alt.value, Many):
                    items = alt.value.site.items
                    names_by_file[module.file] |= {item.value for item in items if isinstance(item, ir.Str)} & old
        names_by_file[module.file] |= set(_told_apart(module, ask)) & old
    return {file: listed_names for file, listed_names in names_by_file.items() if listed_names}


def _told_apart(module: ir.Module, ask: Evaluator) -> Iterator[str]:
    """Yield keys that a loop over a dict treats in their own way, and that are picked by themselves."""
    for first, right, scope in module.compared:
        for operand, opposite in ((first, right), (right, first)):
            if (
                isinstance(operand, ir.Str)
                and operand.value in names.table().old
                and any(True for _ in looped(ask, opposite, Frame(scope)))
            ):
                yield operand.value
    for site in module.calls:
        if tail(site.call.of) in ("pick", "omit"):
            yield from (operand.value for operand in site.call.args if isinstance(operand, ir.Str))


def _lists(module: ir.Module) -> Iterator[tuple[ir.Node, ir.Function]]:
    for test in module.tests:
        if not isinstance(test.key, ir.Str):
            yield test.of, module.top
    for site in module.calls:
        if tail(site.call.of) in _PICKS:
            own = [site.call.of.of] if isinstance(site.call.of, ir.Attr) else []
            for node in [*own, *site.call.args]:
                yield node, site.scope


def both_names(places: Iterable[Place]) -> Mapped:
    """Return the bodies that are given a new name, and that name, with the branches on which they are."""
    mapped: Mapped = defaultdict(set)
    for place in places:
        for record in place.records if place.kind != "read" else ():
            mapped[record.group, place.name].add((record.yes, record.no))
    return mapped
