"""What a loop goes through: lists that were written or filled, and the items of dicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from krea_migrate import ir
from krea_migrate.flow.calls import Calls
from krea_migrate.flow.files import ANY, is_file, member
from krea_migrate.flow.project import tail
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Many, Obj, Unknown, meet


class Loops(Calls):
    """Elements, and literals."""

    def literal(self, node: ir.Dict, frame: Frame | None) -> list[GuardedValue]:
        """A literal, or the rest of what somebody else made: const { a, ...rest } = given."""
        if node.without:
            held = self.value(node.entries[0].value, frame)
            if all(isinstance(alt.value, Unknown) for alt in held):
                return held
        return [GuardedValue(Obj(node, frame))]

    def each(self, node: ir.Element, frame: Frame | None) -> Iterator[GuardedValue]:
        """Every element that a loop may see, each as a choice of its own."""
        block, number = f"each:{id(node)}", 0
        for of in self.value(node.of, frame):
            for alt in self._elements(of.value):
                both = meet((of.yes, of.no), (alt.yes | {(block, number)}, alt.no))
                number += 1
                if both is not None:
                    yield GuardedValue(alt.value, *both)

    def _elements(self, of: object, within: frozenset[int] = frozenset()) -> Iterable[GuardedValue]:
        """The elements of a list, or the keys of a dict; `within` are the lists that it is spread into: found = [*found, one]."""
        if isinstance(of, Many):
            yield from self._items(of, within)
        elif isinstance(of, Ext) and of.made is not None and tail(of.made.of) in ("items", "entries"):
            yield from self.pairs(of.made, of.frame)
        elif isinstance(of, Obj) and isinstance(of.site, ir.Dict):
            for entry in of.site.entries:
                if entry.key is not None:
                    yield from self.value(entry.key, of.frame)
        elif isinstance(of, Ext) and is_file(of):
            yield GuardedValue(member(of, ANY))
        else:
            yield GuardedValue(of if isinstance(of, Ext) and of.dotted.startswith("file:") else Unknown())

    def _items(self, of: Many, within: frozenset[int]) -> Iterable[GuardedValue]:
        if id(of.site) in within:
            return
        for one in of.site.items:
            if isinstance(one, ir.Spread):
                for alt in self.value(one.value, of.frame):
                    yield from self._elements(alt.value, within | {id(of.site)})
            else:
                yield from self.value(one, of.frame)
        yield from self._appended(of)

    def _appended(self, of: Many) -> Iterator[GuardedValue]:
        """What list.append() and array.push() add, in the module of the list."""
        module = of.frame.function.module if of.frame is not None else None
        for placed in (*self.project.placed["append"], *self.project.placed["push"]):
            call = placed.call
            if placed.scope.module is module and isinstance(call.of, ir.Attr) and call.args:
                held = self.value(call.of.of, Frame(placed.scope))
                if any(isinstance(alt.value, Many) and alt.value.site is of.site for alt in held):
                    yield from self.value(call.args[0], Frame(placed.scope))
