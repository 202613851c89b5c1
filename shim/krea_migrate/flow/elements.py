"""What a loop goes through: lists that were written or filled, and the items of dicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.files import ANY, is_file, member
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Many, Obj, Pair, Unknown, meet
from krea_migrate.ir import tail


@dataclass(slots=True)
class _AddedTo:
    """The calls of one module that add to lists.

    Attributes:
        sites: all of them.
        size: how many of them were looked at.
        by_list: these, by the literals that they add to.
        unsettled: of these, the calls whose lists depend on the question that was being followed.
        is_open: one of them is being looked at.
    """

    sites: list[ir.CallSite] = field(default_factory=list[ir.CallSite])
    size: int = 0
    by_list: dict[ir.Node, list[ir.CallSite]] = field(default_factory=lambda: defaultdict(list))
    unsettled: list[ir.CallSite] = field(default_factory=list[ir.CallSite])
    is_open: bool = False


class Elements:
    """Knows the elements of lists, dicts and files.

    Args:
        follower: gives what an expression stands for.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._state = follower.state
        self._project = follower.state.project
        self._noted = {"append": 0, "push": 0}  # how many calls of these names are in the tables
        self._added: dict[ir.Module, _AddedTo] = defaultdict(_AddedTo)

    def each(self, node: ir.Element, frame: Frame | None) -> list[GuardedValue]:
        """Return every element that a loop may see, each as a choice of its own."""
        block, number = f"each:{node.number}", 0
        values: list[GuardedValue] = []
        for of in self._follower.value(node.of, frame):
            for alt in self._elements(of.value):
                conditions = meet((of.yes, of.no), (alt.yes | {(block, number)}, alt.no))
                number += 1
                if conditions is not None:
                    values.append(GuardedValue(alt.value, *conditions))
        return values

    def _elements(self, of: object, within: frozenset[ir.Node] = frozenset()) -> Iterable[GuardedValue]:
        """Yield the elements of a list, or the keys of a dict; `within` are the lists that it is spread into: items = [*items, item]."""
        if isinstance(of, Many):
            yield from self._items(of, within)
        elif isinstance(of, Ext) and of.made is not None and tail(of.made.of) in ("items", "entries"):
            yield from self._pairs(of.made, of.frame)
        elif isinstance(of, Obj) and isinstance(of.site, ir.Dict):
            for entry in of.site.entries:
                if entry.key is not None:
                    yield from self._follower.value(entry.key, of.frame)
        elif isinstance(of, Ext) and is_file(of):
            yield GuardedValue(member(of, ANY))
        else:
            yield GuardedValue(Unknown())

    def _items(self, of: Many, within: frozenset[ir.Node]) -> Iterable[GuardedValue]:
        if of.site in within:
            return
        for item in of.site.items:
            if isinstance(item, ir.Spread):
                for alt in self._follower.value(item.value, of.frame):
                    yield from self._elements(alt.value, within | {of.site})
            else:
                yield from self._follower.value(item, of.frame)
        yield from self._appended(of)

    def _appended(self, of: Many) -> Iterator[GuardedValue]:
        """Yield what list.append() and array.push() add, in the module of the list."""
        module = of.frame.function.module if of.frame is not None else None
        index = self._index_of(module) if module is not None else _AddedTo()
        for site in index.by_list.get(of.site, ()):
            yield from self._follower.value(site.call.args[0], Frame(site.scope))
        for site in (*index.unsettled, *index.sites[index.size :]):
            if of.site in self._lists(site):
                yield from self._follower.value(site.call.args[0], Frame(site.scope))

    def _index_of(self, module: ir.Module) -> _AddedTo:
        """Return the calls of a module that add to lists; those that are being looked at are not in the index yet."""
        for name, count in self._noted.items():
            sites = self._project.placed[name]
            for site in sites[count:]:
                if isinstance(site.call.of, ir.Attr) and site.call.args:
                    self._added[site.scope.module].sites.append(site)
            self._noted[name] = len(sites)
        index = self._added[module]
        while index.size < len(index.sites) and not index.is_open:
            index.is_open = True
            site = index.sites[index.size]
            with self._state.open_to(None), self._state.cuts_apart() as cuts:
                lists = self._lists(site)
            for listed in lists if not cuts else ():
                index.by_list[listed].append(site)
            index.unsettled += [site] if cuts else []
            index.size += 1
            index.is_open = False
        return index

    def _lists(self, site: ir.CallSite) -> set[ir.Node]:
        """Return the literals that a call adds to."""
        of = site.call.of.of if isinstance(site.call.of, ir.Attr) else None
        values = (alt.value for alt in self._follower.value(of, Frame(site.scope)))
        return {value.site for value in values if isinstance(value, Many)}

    def _pairs(self, call: ir.Call, frame: Frame | None) -> Iterator[GuardedValue]:
        """Yield the items of a dict, one by one."""
        own = call.args[0] if call.args else call.of.of if isinstance(call.of, ir.Attr) else None
        for of in self._follower.value(own, frame):
            if isinstance(of.value, Obj) and isinstance(of.value.site, ir.Dict):
                for entry in of.value.site.entries:
                    if entry.key is not None:
                        for key in self._follower.value(entry.key, of.value.frame):
                            yield GuardedValue(Pair(key.value, entry.value, of.value.frame), of.yes, of.no)
            elif is_file(of.value) and own is not None:
                part = ir.Item(own.start, own.end, own, ir.Opaque(own.start, own.end))
                value = self._project.once(own, part)
                yield GuardedValue(Pair(Unknown(), value, frame), of.yes, of.no)
            else:
                yield GuardedValue(Unknown(), of.yes, of.no)
