"""Rows that are made of lists: zip(), product(), enumerate(), and the tables of pandas."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.instances import Instances
from krea_migrate.flow.project import Project, tail
from krea_migrate.flow.values import WEAK, Ext, Frame, GuardedValue, Many
from krea_migrate.limits import LIMITS, Limits

_ROWS = frozenset({"zip", "enumerate", "itertools.product", "product"})
_TABLE = frozenset({"to_dict", "iterrows"})


class Rows(Instances):
    """Lists of rows, the same one for the same call."""

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        super().__init__(project, limits)
        self._listed: dict[tuple[int, str], tuple[ir.Call, ir.Seq]] = {}

    def rows_of(self, name: str, of: object, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """The rows that a call gives; nothing when it gives none."""
        if name in _TABLE:
            return self._of_table(name, node, frame)
        spread = any(isinstance(one, ir.Spread) for one in node.args)
        if not isinstance(of, Ext) or of.dotted not in _ROWS or not node.args or spread:
            return []
        first: list[ir.Node] = [ir.Opaque(0, 0)] if name == "enumerate" else []
        row = ir.Seq(node.start, node.end, [*first, *(ir.Element(one.start, one.end, one) for one in node.args)])
        return [GuardedValue(Many(self._once(node, "", row), frame))]

    def _once(self, of: ir.Call, kind: str, *rows: ir.Node) -> ir.Seq:
        return self._listed.setdefault((id(of), kind), (of, ir.Seq(of.start, of.end, list(rows))))[1]

    def _of_table(self, name: str, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """DataFrame(records).to_dict("records"), DataFrame(rows, columns=names).iterrows()."""
        found: list[GuardedValue] = []
        for alt in self.value(node.of.of, frame) if isinstance(node.of, ir.Attr) else ():
            made = alt.value.made if isinstance(alt.value, Ext) else None
            if made is None or tail(made.of) != "DataFrame" or not isinstance(alt.value, Ext):
                continue
            rows = self._once(made, "rows", *self._in_table(made, alt.value.frame))
            if name == "iterrows":
                pair = ir.Seq(node.start, node.end, [ir.Opaque(0, 0), ir.Element(node.start, node.end, rows)])
                rows = self._once(made, "pairs", pair)
            # What else reads the columns of the table is not followed.
            found.append(GuardedValue(Many(rows, alt.value.frame), alt.yes | WEAK, alt.no))
        return found

    def _in_table(self, made: ir.Call, frame: Frame | None) -> list[ir.Node]:
        columns = next((word.value for word in made.words if word.name == "columns"), None)
        if columns is not None:
            each = ir.Element(columns.start, columns.end, columns)
            return [ir.Comprehension(made.start, made.end, each, ir.Opaque(0, 0))]
        data = made.args[0] if made.args else None
        if data is None:
            return []
        listed = any(isinstance(alt.value, Many) for alt in self.value(data, frame))
        return [ir.Spread(data.start, data.end, data) if listed else data]
