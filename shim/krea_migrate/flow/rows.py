"""Rows that are made of lists: zip(), product(), enumerate(), and the tables of pandas."""

from __future__ import annotations

from krea_migrate.flow.instances import Instances
from krea_migrate.flow.project import Project, tail
from krea_migrate.flow.values import WEAK, Alt, Ext, Frame, Many
from krea_migrate.languages import tree as t

_ROWS = frozenset({"zip", "enumerate", "itertools.product", "product"})
_TABLE = frozenset({"to_dict", "iterrows"})


class Rows(Instances):
    """Lists of rows, the same one for the same call."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._listed: dict[tuple[int, str], tuple[t.Call, t.Seq]] = {}

    def rows_of(self, name: str, of: object, node: t.Call, frame: Frame | None) -> list[Alt]:
        """The rows that a call gives; nothing when it gives none."""
        if name in _TABLE:
            return self._of_table(name, node, frame)
        spread = any(isinstance(one, t.Spread) for one in node.args)
        if not isinstance(of, Ext) or of.dotted not in _ROWS or not node.args or spread:
            return []
        first: list[t.Node] = [t.Opaque(0, 0)] if name == "enumerate" else []
        row = t.Seq(node.start, node.end, [*first, *(t.Each(one.start, one.end, one) for one in node.args)])
        return [Alt(Many(self._once(node, "", row), frame))]

    def _once(self, of: t.Call, kind: str, *rows: t.Node) -> t.Seq:
        return self._listed.setdefault((id(of), kind), (of, t.Seq(of.start, of.end, list(rows))))[1]

    def _of_table(self, name: str, node: t.Call, frame: Frame | None) -> list[Alt]:
        """DataFrame(records).to_dict("records"), DataFrame(rows, columns=names).iterrows()."""
        found: list[Alt] = []
        for alt in self.value(node.of.of, frame) if isinstance(node.of, t.Attr) else ():
            made = alt.value.made if isinstance(alt.value, Ext) else None
            if made is None or tail(made.of) != "DataFrame" or not isinstance(alt.value, Ext):
                continue
            rows = self._once(made, "rows", *self._in_table(made, alt.value.frame))
            if name == "iterrows":
                pair = t.Seq(node.start, node.end, [t.Opaque(0, 0), t.Each(node.start, node.end, rows)])
                rows = self._once(made, "pairs", pair)
            # What else reads the columns of the table is not followed.
            found.append(Alt(Many(rows, alt.value.frame), alt.yes | WEAK, alt.no))
        return found

    def _in_table(self, made: t.Call, frame: Frame | None) -> list[t.Node]:
        columns = next((word.value for word in made.words if word.name == "columns"), None)
        if columns is not None:
            each = t.Each(columns.start, columns.end, columns)
            return [t.Comprehension(made.start, made.end, each, t.Opaque(0, 0))]
        data = made.args[0] if made.args else None
        if data is None:
            return []
        listed = any(isinstance(alt.value, Many) for alt in self.value(data, frame))
        return [t.Spread(data.start, data.end, data) if listed else data]
