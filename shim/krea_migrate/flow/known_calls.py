"""What functions outside the tree give, by their names: dict(), json.dumps(), get(), copy() and their like."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.dict_members import DictMembers, keys
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.files import ANY, is_file, member
from krea_migrate.flow.known_functions import (
    ALTERED,
    COPIES,
    ENVIRONMENT,
    LIBRARY,
    LOADS,
    READS,
    SAME,
    SAME_IN_FULL,
    SECOND,
    TEXTS,
)
from krea_migrate.flow.loaded_files import LoadedFiles
from krea_migrate.flow.lookups import Lookups
from krea_migrate.flow.rows import Rows
from krea_migrate.flow.texts import Texts
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Inst, Kw, Obj, Txt, Unknown, meet, restricted


class KnownCalls:
    """Knows functions of libraries.

    Args:
        follower: gives what an expression stands for.
        members: gives members of dicts.
        lookups: gives parts of any value.
        texts: puts texts together.
    """

    def __init__(self, follower: Follower, members: DictMembers, lookups: Lookups, texts: Texts) -> None:
        self._follower = follower
        self._members = members
        self._lookups = lookups
        self._texts = texts
        self._rows = Rows(follower)
        self._files = LoadedFiles(follower)

    def value(self, name: str, of: object, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return what a call gives; `of` is what is called, as far as that is known."""
        own = node.of.of if isinstance(node.of, ir.Attr) else None
        if isinstance(of, Ext) and of.dotted in ENVIRONMENT:
            return self._texts.from_environment(node, frame)
        rows = self._rows.of_call(name, of, node, frame) or (name in ALTERED and self._altered(own, node, frame))
        if rows:
            return rows
        if name in TEXTS:
            return self._texts.built(name, own, node, frame)
        if name in READS and own is not None:
            return self._got(own, node, frame)
        if name == "values" and own is not None:
            return self._values(own, frame) or [GuardedValue(Unknown())]
        if name in ("items", "entries"):
            return [GuardedValue(Ext(name, node, frame))]
        return self._by_name(name, of, node, frame)

    def _by_name(self, name: str, of: object, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return what a call gives of which only the name is looked at."""
        own = node.of.of if isinstance(node.of, ir.Attr) else None
        if name in COPIES:
            return self._copied(name, own, node, frame)
        if isinstance(of, Ext) and of.dotted in SAME_IN_FULL and node.args:
            return self._follower.value(node.args[0], frame)
        if name in SAME:
            return self._same(name, own, node, frame)
        if name in LOADS:
            return self._files.value(name, own, node, frame)
        if isinstance(of, Ext):
            return [GuardedValue(Ext(of.dotted + "()", node, frame))]
        return [GuardedValue(Unknown(name))]

    def _values(self, own: ir.Node, frame: Frame | None) -> list[GuardedValue]:
        """Return what table.values() goes through."""
        values: list[GuardedValue] = []
        for of in self._follower.value(own, frame):
            if isinstance(of.value, Ext) and is_file(of.value):
                values.append(GuardedValue(member(of.value, ANY), of.yes, of.no))
            else:
                values += self._members.entries(of.value)
        return values

    def _altered(self, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return another instance of a class: clip._replace(ratio="1:1"), dataclasses.replace(clip, ratio="1:1")."""
        sources = [source for source in (own, *node.args[:1]) if source is not None]
        values = [alt for source in sources for alt in self._follower.value(source, frame)]
        return [alt for alt in values if isinstance(alt.value, Inst)]

    def _copied(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return a copy: payload.copy(), request.model_dump() of the object; dict(a), asdict(a) of the argument."""
        if own is not None and not node.args:
            values = [alt.value for alt in self._follower.value(own, frame)]
            if not any(isinstance(value, (Obj, Kw, Inst)) or is_file(value) for value in values):
                return [GuardedValue(Ext("response.json()", node, frame) if name == "json" else Unknown(name))]
        return [GuardedValue(Obj(node, frame))]

    def _same(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        if name == "encode" and own is not None and node.args:
            owners = [of.value for of in self._follower.value(own, frame)]
            if any(isinstance(owner, Ext) and "msgspec" in owner.dotted for owner in owners):
                return [GuardedValue(Obj(node, frame))]
        if name == "URL" and len(node.args) == 2:
            parts = [node.args[1], ir.Str(0, 0, "/"), node.args[0]]
            return self._follower.value(self._follower.state.project.once(node, ir.Text(0, 0, parts)), frame)
        if name in SECOND and len(node.args) > 1:
            return self._follower.value(node.args[1], frame)
        of_argument = own is None or name in LIBRARY or name[:1].isupper()
        if node.args and not isinstance(node.args[0], ir.Spread) and of_argument:
            return self._follower.value(node.args[0], frame)
        return self._follower.value(own, frame) if own is not None else [GuardedValue(Unknown(name))]

    def _got(self, own: ir.Node, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return body.get("prompt", default), body.pop("prompt"), client.get(url)."""
        if not node.args:
            return [GuardedValue(Ext("response()", node, frame))]
        owners, names = self._follower.value(own, frame), self._follower.value(node.args[0], frame)
        tables = [of for of in owners if isinstance(of.value, (Obj, Kw)) or is_file(of.value)]
        parts = [
            alt
            for of in self._follower.state.paired(tables, names)
            for key in names
            if (conditions := meet((of.yes, of.no), (key.yes, key.no))) is not None
            for alt in restricted(self._lookups.part(of.value, key.value), *conditions)
        ]
        followed_parts = [alt for alt in parts if not isinstance(alt.value, Unknown)]
        libraries = [of.value for of in owners if isinstance(of.value, Ext)]
        if not parts and libraries and len(node.args) == 1:
            return [GuardedValue(Ext(libraries[0].dotted + ".get()", node, frame))]
        default = self._follower.value(node.args[1], frame) if len(node.args) > 1 else []
        if followed_parts and default and _same_name(node.args[0], node.args[1]):
            # PATHS.get(model, model): what the table has, it gives
            in_table = {key for of in tables if isinstance(of.value, (Obj, Kw)) for key in keys(of.value)}
            default = [alt for alt in default if not (isinstance(alt.value, Txt) and alt.value.text in in_table)]
        # Where nothing is known, something may come.
        return [
            *followed_parts,
            *([] if followed_parts else [GuardedValue(Unknown(self._follower.state.hint(node)))]),
            *default,
        ]


def _same_name(key: ir.Node, right: ir.Node) -> bool:
    return isinstance(key, ir.Name) and isinstance(right, ir.Name) and key.id == right.id
