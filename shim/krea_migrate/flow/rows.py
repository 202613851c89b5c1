"""Rows that are made of lists: zip(), product(), enumerate(), and the tables of pandas."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.values import WEAK, Ext, Frame, GuardedValue, Many
from krea_migrate.ir import tail

ROWS = frozenset({"zip", "enumerate", "itertools.product", "product"})
TABLE = frozenset({"to_dict", "iterrows"})


class Rows:
    """Makes lists of rows, the same one for the same call.

    Args:
        follower: gives what an expression stands for.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._listed: dict[tuple[ir.Call, str], ir.Seq] = {}

    def of_call(self, name: str, of: object, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return the rows that a call gives; nothing when it gives none."""
        if name in TABLE:
            return self._of_table(name, node, frame)
        spread = any(isinstance(argument, ir.Spread) for argument in node.args)
        if not isinstance(of, Ext) or of.dotted not in ROWS or not node.args or spread:
            return []
        first: list[ir.Node] = [ir.Opaque(0, 0)] if name == "enumerate" else []
        elements = (ir.Element(argument.start, argument.end, argument) for argument in node.args)
        row = ir.Seq(node.start, node.end, [*first, *elements])
        return [GuardedValue(Many(self._once(node, "", row), frame))]

    def _once(self, of: ir.Call, kind: str, *rows: ir.Node) -> ir.Seq:
        return self._listed.setdefault((of, kind), ir.Seq(of.start, of.end, list(rows)))

    def _of_table(self, name: str, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return the rows of DataFrame(records).to_dict("records"), DataFrame(rows, columns=names).iterrows()."""
        tables: list[GuardedValue] = []
        for alt in self._follower.value(node.of.of, frame) if isinstance(node.of, ir.Attr) else ():
            maker = alt.value.made if isinstance(alt.value, Ext) else None
            if maker is None or tail(maker.of) != "DataFrame" or not isinstance(alt.value, Ext):
                continue
            rows = self._once(maker, "rows", *self._in_table(maker, alt.value.frame))
            if name == "iterrows":
                pair = ir.Seq(node.start, node.end, [ir.Opaque(0, 0), ir.Element(node.start, node.end, rows)])
                rows = self._once(maker, "pairs", pair)
            # What else reads the columns of the table is not followed.
            tables.append(GuardedValue(Many(rows, alt.value.frame), alt.yes | WEAK, alt.no))
        return tables

    def _in_table(self, maker: ir.Call, frame: Frame | None) -> list[ir.Node]:
        columns = next((word.value for word in maker.words if word.name == "columns"), None)
        if columns is not None:
            key = ir.Element(columns.start, columns.end, columns)
            return [ir.Comprehension(maker.start, maker.end, key, ir.Opaque(0, 0))]
        data = maker.args[0] if maker.args else None
        if data is None:
            return []
        listed = any(isinstance(alt.value, Many) for alt in self._follower.value(data, frame))
        return [ir.Spread(data.start, data.end, data) if listed else data]
