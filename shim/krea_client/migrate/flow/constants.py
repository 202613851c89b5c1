"""Constants that name keys: whether everything that uses one of them is a key of a body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from krea_client.migrate.flow.keys import scope_of
from krea_client.migrate.flow.project import tail
from krea_client.migrate.flow.reach import Reach
from krea_client.migrate.flow.values import Fn, Frame, Inst, Kind, Txt
from krea_client.migrate.languages import tree as t

_KEYED = frozenset({"get", "pop", "setdefault", "set", "has", "__getitem__", "__contains__", "__setitem__"})
_TELLS = frozenset({"print", "debug", "info", "warning", "error", "isinstance", "len"})


class Constants:
    """Looks from a constant text to all its uses.

    Args:
        reach: which dicts are bodies.
        wanted: the texts that matter.
    """

    def __init__(self, reach: Reach, wanted: frozenset[str]) -> None:
        self.reach = reach
        self.wanted = wanted
        self._at: dict[int, tuple[t.Node, t.Function]] = {}  # by its key: what is asked for the key, and where
        self._inside: set[int] = set()  # keys of literals that are bodies
        self._asked: set[int] = set()
        self._handed: dict[int, list[tuple[t.Placed, int | str]]] = defaultdict(list)
        self._members: dict[str, list[tuple[t.Item | t.Attr | t.Call, t.Function]]] = defaultdict(list)
        self._names: dict[str, list[t.Name]] = defaultdict(list)
        self._outer: dict[int, t.Attr] = {}  # x.value, by x
        self._known: dict[int, bool] = {}
        for module in list(reach.ask.project.modules.values()):
            self._note(module)

    def only_keys(self, token: t.Str, holder: t.Module) -> bool:
        """Nothing but keys of bodies comes from a constant."""
        known = self._known.get(id(token))
        if known is None:
            self._known[id(token)] = True
            known = self._known[id(token)] = all(self._is_key(one, 4) for one in self._uses(token, holder))
        return known

    def is_held(self, token: t.Str, holder: t.Module) -> bool:
        """It is written down once and read by a name, or handed to a function."""
        return any(True for _ in self._homes(token, holder)) or id(token) in self._handed

    def _homes(self, token: t.Str, holder: t.Module) -> Iterator[tuple[str, bool]]:
        """The names that a constant is bound to, and whether they are members only."""
        for scope in (holder.top, *holder.functions):
            for name, defs in scope.defs.items():
                if any(one.value is token for one in defs):
                    yield name, False
        for cls in holder.classes:
            yield from ((field.name, True) for field in cls.fields.values() if field.value is token)
        for found, _, _ in holder.dicts:
            for entry in found.entries:
                if entry.value is token and isinstance(entry.key, t.Str):
                    yield entry.key.value, True

    def _note(self, module: t.Module) -> None:
        for store in module.stores:
            if isinstance(store.target, t.Item):
                self._at[id(store.target.key)] = store.target.of, store.scope
        for read in module.reads:
            self._note_read(read, scope_of(read, module))
        for test in module.tests:
            self._at[id(test.key)] = test.of, scope_of(test.of, module)
        bodies = (one for one, _, _ in module.dicts if self.reach.records.get(("dict", id(one))))
        self._inside |= {id(entry.key) for one in bodies for entry in one.entries if entry.key is not None}
        self._asked |= module.asked
        for name in module.names:
            self._names[name.id].append(name)
        for placed in module.calls:
            self._note_call(placed)

    def _note_read(self, read: t.Item | t.Attr, scope: t.Function) -> None:
        if isinstance(read, t.Item):
            self._at.setdefault(id(read.key), (read.of, scope))
            if isinstance(read.key, t.Str):
                self._members[read.key.value].append((read, scope))
            return
        self._members[read.name].append((read, scope))
        if read.name == "value":
            self._outer[id(read.of)] = read

    def _note_call(self, placed: t.Placed) -> None:
        call = placed.call
        for number, one in enumerate(call.args):
            self._handed[id(one)].append((placed, number))
        for word in call.words:
            if word.name is not None:
                self._handed[id(word.value)].append((placed, word.name))
        if isinstance(call.of, t.Attr) and call.of.name in _KEYED and call.args:
            self._at[id(call.args[0])] = call.of.of, placed.scope
            if isinstance(call.args[0], t.Str):
                self._members[call.args[0].value].append((call, placed.scope))

    def _uses(self, token: t.Str, holder: t.Module) -> Iterator[t.Node]:
        """The expressions that a constant is read by, from where it is written down."""
        for name, member in self._homes(token, holder):
            yield from self._of_member(name, token) if member else self._of_name(name, token)
        for _, place in self._handed.get(id(token), ()):
            if isinstance(place, str):
                yield from self._of_member(place, token)  # Model(ratio_key="...")
        if id(token) in self._handed or id(token) in self._at:
            yield token

    def _of_name(self, name: str, token: t.Str) -> Iterator[t.Node]:
        for other in self.reach.ask.project.also_named(name):
            for one in self._names.get(other, ()):
                if self._gives(one, one.scope, token):
                    yield one
        yield from self._of_member(name, token)

    def _of_member(self, name: str, token: t.Str) -> Iterator[t.Node]:
        for one, scope in self._members.get(name, ()):
            if self._gives(one, scope, token):
                yield self._outer.get(id(one), one)

    def _gives(self, node: t.Node, scope: t.Function, token: t.Str) -> bool:
        values = (alt.value for alt in self.reach.ask.value(node, Frame(scope)))
        return any(isinstance(one, Txt) and any(part is token for part in one.tokens) for one in values)

    def _is_key(self, node: t.Node, deep: int) -> bool:
        """The expression does nothing but name a key of a body."""
        if id(node) in self._inside or id(node) in self._asked:
            return True
        at = self._at.get(id(node))
        if at is not None:
            held = self.reach.of_expression(at[0], at[1])
            return bool(held.records) and not held.mixed
        handed = self._handed.get(id(node))
        if not handed or deep == 0:
            return False
        return all(self._forwarded(placed, place, deep) for placed, place in handed)

    def _forwarded(self, placed: t.Placed, place: int | str, deep: int) -> bool:
        """Whoever is given it uses it as a key only."""
        ask = self.reach.ask
        if tail(placed.call.of) in _TELLS:
            return True
        for alt in ask.value(placed.call.of, Frame(placed.scope)):
            of = alt.value
            if isinstance(of, Kind) and isinstance(place, str) and "__init__" not in of.cls.methods:
                continue  # a table of instances: its member is looked at by its name
            function = of.function if isinstance(of, Fn) else None
            if isinstance(of, Kind):
                function = ask.method(of.cls, "__init__")
            if function is None:
                return False
            bound = ask.entered(Fn(function, Inst(function.owner) if function.owner else None), placed.call, None).bound
            number = place + bound if isinstance(place, int) else place
            name = number if isinstance(number, str) else _name_at(function, number)
            uses = [one for one in self._names.get(name, ()) if one.scope is function]
            if not name or not all(self._is_key(one, deep - 1) for one in uses):
                return False
        return True


def _name_at(function: t.Function, place: int) -> str:
    plain = [one.name for one in function.params if not one.kind]
    return plain[place] if place < len(plain) else ""
