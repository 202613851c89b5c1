"""What a call gives: functions of the tree are looked into, well-known library functions are known."""

from __future__ import annotations

from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow.files import is_file
from krea_migrate.flow.higher_order import wrapped
from krea_migrate.flow.known_functions import ALTERED, COPIES, LIBRARY, READS, SAME
from krea_migrate.flow.loads import LOADS
from krea_migrate.flow.project import tail
from krea_migrate.flow.rows import Rows
from krea_migrate.flow.values import (
    NONE,
    Ext,
    Fn,
    Frame,
    GuardedValue,
    Inst,
    Kind,
    Kw,
    Many,
    Obj,
    Pair,
    Txt,
    Unknown,
    meet,
    restricted,
)
from krea_migrate.limits import PRECISION


class Calls(Rows):
    """Calls, their arguments and results."""

    def call(self, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Everything that a call may give."""
        name = tail(node.of)
        if name == "super" and isinstance(node.of, ir.Name):
            return self._above(node.of.scope, frame)
        found: list[GuardedValue] = []
        if name in ("partial", "partialmethod") and node.args:
            return self._ahead(node, frame)
        for of in self.callees(node.of, frame):
            if isinstance(of.value, Fn):
                found += restricted(self._result(of.value, node, frame), of.yes, of.no)
            elif isinstance(of.value, Kind):
                found += restricted(self._made(of.value.cls, node, frame), of.yes, of.no)
            else:
                around = [one for given in wrapped(node, name) for one in self.value(given, frame)]
                given_back = [one for one in around if isinstance(one.value, Fn)]
                found += restricted(given_back or self._library(name, of.value, node, frame), of.yes, of.no)
        return found

    def _above(self, scope: ir.Function, frame: Frame | None) -> list[GuardedValue]:
        """super(): the same object, with the members that its class inherits."""
        owner = scope.owner
        own = self.parameter(scope.params[0].name, scope, frame.of(scope) if frame else None) if scope.params else None
        if owner is None:
            return [GuardedValue(Unknown("super"))]
        held = [one.value if isinstance(one.value, Inst) else Inst(owner) for one in own or [GuardedValue(Inst(owner))]]
        return [GuardedValue(Inst(one.cls, one.call, one.frame, owner)) for one in held]

    def _ahead(self, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """partial(function, ...): the function, with arguments that were given ahead."""
        found: list[GuardedValue] = []
        for of in self.value(node.args[0], frame):
            if isinstance(of.value, Fn):
                rest = ir.Call(node.start, node.end, node.args[0], node.args[1:], node.words)
                ahead = self.project.with_ahead(of.value.ahead, self.project.once(node, rest))
                found.append(GuardedValue(Fn(of.value.function, of.value.own, ahead, of.value.around), of.yes, of.no))
        return found or [GuardedValue(Ext("partial()", node, frame))]

    def _made(self, cls: ir.Class, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        bases = {tail(base) for base in cls.bases}
        if "TypedDict" in bases:
            return [GuardedValue(Obj(node, frame))]
        if bases & {"Enum", "StrEnum"} and node.args:
            return self.value(node.args[0], frame)
        return [GuardedValue(Inst(cls, node, frame))]

    def _result(self, of: Fn, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        function = of.function
        inner = self.entered(of, node, frame)
        if frame is not None and frame.depth > PRECISION.results:
            inner = Frame(function, None, None, of.own, around=of.around)  # whoever calls it
        if function.yielded.items:
            if function.marks & {"contextmanager", "asynccontextmanager", "fixture"}:
                return [alt for one in function.yielded.items for alt in self.value(one, inner)]
            return [GuardedValue(Many(function.yielded, inner))]
        if not function.returns:
            return [GuardedValue(Unknown(function.name))]
        several = (
            f"return:{id(node)}:{hash(frame.chain) if frame is not None else 0}" if len(function.returns) > 1 else ""
        )
        return [
            self._came_in(alt, function, node)
            for number, one in enumerate(function.returns)
            for alt in restricted(self.value(one, inner), frozenset({(several, number)}) if several else NONE)
        ]

    def _came_in(self, alt: GuardedValue, function: ir.Function, node: ir.Call) -> GuardedValue:
        """What a function of the tree got from outside is something else in each call of it."""
        head = alt.value.origin[:1] if isinstance(alt.value, Unknown) else ()
        if not isinstance(alt.value, Unknown) or not head or self.project.scope_of(head[0]) is not function:
            return alt
        self.inside[node].add(head[0])
        return GuardedValue(Unknown(alt.value.hint, (node, *alt.value.origin[1:])), alt.yes, alt.no)

    def entered(self, of: Fn, node: ir.Call, frame: Frame | None) -> Frame:
        """A function as this call enters it."""
        function = of.function
        node = self.project.with_ahead(of.ahead, node)
        bound = (
            function.owner is not None and "staticmethod" not in function.marks and function.module.language == "python"
        )
        if bound and of.own is None and not isinstance(node.of, ir.Attr):
            bound = function.name == "__init__"
        return Frame(function, node, frame, of.own, bound or "bind" in function.marks, of.around)

    def _library(self, name: str, of: object, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        own = node.of.of if isinstance(node.of, ir.Attr) else None
        if isinstance(of, Ext) and of.dotted in (
            "os.environ.get",
            "os.getenv",
            "environ.get",
            "getenv",
            "os.environ.setdefault",
        ):
            return self._environment(node, frame)
        known = self.rows_of(name, of, node, frame) or (name in ALTERED and self._altered(own, node, frame))
        if known:
            return known
        if name in ("format", "%", "join", "urljoin", "removesuffix", "removeprefix", "concat", "replace"):
            return self._built(name, own, node, frame)
        if name in READS and own is not None:
            return self._got(own, node, frame)
        if name == "values" and own is not None:
            return [alt for of_ in self.value(own, frame) for alt in self.each_value(of_)] or [GuardedValue(Unknown())]
        if name in ("items", "entries"):
            return [GuardedValue(Ext(name, node, frame))]
        return self._by_name(name, of, node, frame)

    def _by_name(self, name: str, of: object, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Calls that only their name is looked at of."""
        own = node.of.of if isinstance(node.of, ir.Attr) else None
        if name in COPIES:
            return self._copied(name, own, node, frame)
        if name in SAME:
            return self._same(name, own, node, frame)
        if name in LOADS:
            return self.loaded_file(name, own, node, frame)
        if isinstance(of, Ext):
            return [GuardedValue(Ext(of.dotted + "()", node, frame))]
        return [GuardedValue(Unknown(name))]

    def _altered(self, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """clip._replace(ratio="1:1"), dataclasses.replace(clip, ratio="1:1"): another instance of the same class."""
        held = [alt for one in (own, *node.args[:1]) if one is not None for alt in self.value(one, frame)]
        return [alt for alt in held if isinstance(alt.value, Inst)]

    def _copied(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        # payload.copy(), request.model_dump(): of the object; dict(a), asdict(a): of the argument
        if own is not None and not node.args:
            held = self.value(own, frame)
            if any(isinstance(alt.value, (Obj, Kw, Inst)) or is_file(alt.value) for alt in held):
                return [GuardedValue(Obj(node, frame))]
            return [
                GuardedValue(Unknown(name)) if name != "json" else GuardedValue(Ext("response.json()", node, frame))
            ]
        return [GuardedValue(Obj(node, frame))]

    def _same(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        if name == "encode" and own is not None and node.args:
            packed = any(isinstance(of.value, Ext) and "msgspec" in of.value.dotted for of in self.value(own, frame))
            if packed:
                return [GuardedValue(Obj(node, frame))]
        if name == "URL" and len(node.args) == 2:
            return self._joined([node.args[1], ir.Str(0, 0, "/"), node.args[0]], frame)
        of_argument = own is None or name in LIBRARY or name[:1].isupper()
        if node.args and not isinstance(node.args[0], ir.Spread) and of_argument:
            return self.value(node.args[0], frame)
        if own is not None:
            return self.value(own, frame)
        return [GuardedValue(Unknown(name))]

    def _got(self, own: ir.Node, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        if not node.args:
            return [GuardedValue(Ext("response()", node, frame))]
        found: list[GuardedValue] = []
        keys = self.value(node.args[0], frame)
        for of in self.value(own, frame):
            if not isinstance(of.value, (Obj, Kw)) and not is_file(of.value):
                continue
            for key in keys:
                both = meet((of.yes, of.no), (key.yes, key.no))
                if both is not None:
                    found += restricted(self.part(of.value, key.value), *both)
        known = [alt for alt in found if not isinstance(alt.value, Unknown)]
        if not known and not found:
            made = [of.value for of in self.value(own, frame) if isinstance(of.value, Ext)]
            if made and len(node.args) == 1:
                return [GuardedValue(Ext(made[0].dotted + ".get()", node, frame))]
        default = self.value(node.args[1], frame) if len(node.args) > 1 else []
        if known and default and _same_name(node.args[0], node.args[1]):
            # PATHS.get(model, model): what the table has, it gives
            held = {
                key for of in self.value(own, frame) if isinstance(of.value, (Obj, Kw)) for key in self.keys(of.value)
            }
            default = [alt for alt in default if not (isinstance(alt.value, Txt) and alt.value.text in held)]
        given = (
            [] if known else [GuardedValue(Unknown(self.hint(node)))]
        )  # of what nothing is known of, something may come
        return [*known, *given, *default]

    def pairs(self, call: ir.Call, frame: Frame | None) -> Iterator[GuardedValue]:
        """The items of a dict, one by one."""
        own = call.args[0] if call.args else call.of.of if isinstance(call.of, ir.Attr) else None
        for of in self.value(own, frame):
            if isinstance(of.value, Obj) and isinstance(of.value.site, ir.Dict):
                for entry in of.value.site.entries:
                    if entry.key is not None:
                        for key in self.value(entry.key, of.value.frame):
                            yield GuardedValue(Pair(key.value, entry.value, of.value.frame), of.yes, of.no)
            elif is_file(of.value) and own is not None:
                yield GuardedValue(
                    Pair(Unknown(), ir.Item(own.start, own.end, own, ir.Opaque(own.start, own.end)), frame),
                    of.yes,
                    of.no,
                )
            elif own is not None and is_file(of.value):
                yield GuardedValue(
                    Pair(Unknown(), ir.Item(own.start, own.end, own, ir.Opaque(0, 0)), frame), of.yes, of.no
                )
            else:
                yield GuardedValue(Unknown(), of.yes, of.no)


def _same_name(one: ir.Node, other: ir.Node) -> bool:
    return isinstance(one, ir.Name) and isinstance(other, ir.Name) and one.id == other.id
