"""Members of any value: `of.name` and `of[key]`."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow import files
from krea_migrate.flow.bindings import Bindings
from krea_migrate.flow.dict_members import DictMembers
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.instances import Instances
from krea_migrate.flow.texts import part_of_address
from krea_migrate.flow.values import (
    Ext,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Kw,
    Many,
    Mod,
    Obj,
    Origin,
    Pair,
    Txt,
    Unknown,
    meet,
    origin_of,
    restricted,
)
from krea_migrate.holes import HOLE


class Lookups:
    """Looks members up in whatever an expression stands for.

    Args:
        follower: gives what an expression stands for.
        bindings: gives the names of modules.
        members: gives members of dicts.
        instances: gives members of instances.
    """

    def __init__(self, follower: Follower, bindings: Bindings, members: DictMembers, instances: Instances) -> None:
        self._follower = follower
        self._bindings = bindings
        self._members = members
        self._instances = instances

    def attribute(self, node: ir.Attr, frame: Frame | None) -> list[GuardedValue]:
        """Return what `of.name` may be."""
        return [
            GuardedValue(alt.value, *conditions)
            for of in self._follower.value(node.of, frame)
            for alt in self._named(of.value, node)
            if (conditions := meet((of.yes, of.no), (alt.yes, alt.no))) is not None
        ]

    def _named(self, of: object, node: ir.Attr) -> list[GuardedValue]:
        name = node.name
        match of:
            case Mod():
                return self._bindings.in_module(of.module, name)
            case Inst():
                return self._instances.member(of, name)
            case Kind():
                return self._instances.member(Inst(of.cls), name)
            case Ext():
                return [GuardedValue(files.attribute(of, name))]
            case Obj() | Kw():
                contents = [GuardedValue(of)] if name == "value" and _has_pages(of.frame) else []  # of ref({...})
                return (
                    self._members.entry(of, name)
                    or contents
                    or [GuardedValue(Unknown(f"{self._follower.state.hint(node.of)}.{name}"))]
                )
            case Txt() if name == "value":  # of an Enum
                return [GuardedValue(of)]
            case Txt() if (part := part_of_address(of, name)) is not None:
                return [GuardedValue(part)]
            case _:
                origin = origin_of(of)
                return [
                    GuardedValue(
                        Unknown(f"{self._follower.state.hint(node.of)}.{name}", (*origin, "." + name) if origin else ())
                    )
                ]

    def item(self, node: ir.Item, frame: Frame | None) -> list[GuardedValue]:
        """Return what `of[key]` may be."""
        name, keys = self._follower.state.hint(node), self._follower.value(node.key, frame)
        return [
            GuardedValue(Unknown(name, alt.value.origin), *alt[1:]) if isinstance(alt.value, Unknown) else alt
            for of in self._follower.state.paired(self._follower.value(node.of, frame), keys)
            for key in keys
            if (conditions := meet((of.yes, of.no), (key.yes, key.no))) is not None
            for alt in restricted(self.part(of.value, key.value), *conditions)
        ]

    def part(self, of: object, key: object) -> list[GuardedValue]:
        """Return the part of a value that a key names."""
        text = key.text if isinstance(key, Txt) and HOLE not in key.text else None
        match of:
            case Obj() | Kw():
                values = self._members.entry(of, text) if text is not None else self._members.entries(of)
                return values or [GuardedValue(Unknown())]
            case Kind() | Inst() if text is not None:  # of an enum, this[name]
                return self._instances.member(of if isinstance(of, Inst) else Inst(of.cls), text)
            case Pair():
                return [GuardedValue(of.key)] if text == "0" else self._follower.value(of.value, of.frame)
            case Many():
                items = of.site.items
                if text is not None and text.isdigit() and int(text) < len(items):
                    return self._follower.value(items[int(text)], of.frame)
                values = [alt for item in items for alt in self._follower.value(item, of.frame)]
                return values or [GuardedValue(Unknown())]
            case Ext() if files.is_file(of):
                return [GuardedValue(files.member(of, files.ANY if text is None or text.isdigit() else text))]
            case Unknown() | Ext() if text is not None and (origin := origin_of(of)):
                return [*self._set_on(origin, text), GuardedValue(Unknown("", (*origin, text)))]
            case _:
                return [GuardedValue(Unknown())]

    def _set_on(self, origin: Origin, key: str) -> Iterator[GuardedValue]:
        """Yield what item["body"] = ... sets, where nothing else is known of item."""
        for store in self._follower.state.project.sets.get(key, ()):
            if not isinstance(store.target, ir.Item) or store.drops or not isinstance(store.target.of, ir.Name):
                continue
            owners = self._follower.value(store.target.of, Frame(store.scope))
            if any(origin_of(alt.value) == origin for alt in owners):
                yield from self._follower.value(store.value, Frame(store.scope))


def _has_pages(frame: Frame | None) -> bool:
    return frame is not None and frame.function.module.dialect.has_pages
