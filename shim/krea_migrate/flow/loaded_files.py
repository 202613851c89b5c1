"""What stands in files that a program loads."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.files import is_file, named
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Kw, Obj, Txt, Unknown
from krea_migrate.ir import tail


class LoadedFiles:
    """Follows calls that open, read and parse a file.

    Args:
        follower: gives what an expression stands for.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower

    def value(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return json.load(open("body.json")), JSON.parse(fs.readFileSync("body.json")), Path("body.json").read_text()."""
        argument = node.args[0] if node.args else own
        types = (Obj, Kw) if _is_json(node.of) or _writes(argument) else ()
        types = (*types, Txt) if name in ("loads", "parse") else types  # JSON.parse(JSON.stringify(body))
        files: list[GuardedValue] = []
        for alt in self._follower.value(argument, frame) if argument is not None else []:
            path = named(alt.value.text) if isinstance(alt.value, Txt) else None
            if path is not None or is_file(alt.value):
                files.append(GuardedValue(Ext("file:" + path), alt.yes, alt.no) if path is not None else alt)
            elif not files and isinstance(alt.value, types):
                return [alt]
        if files:
            return files
        if name in ("load", "loads", "safe_load", "parse"):
            return [GuardedValue(Unknown(f"{name}()"))]
        return [GuardedValue(Ext(f"{name}()", node, frame))]


def _is_json(of: ir.Node) -> bool:
    """Return whether it is JSON.parse or json.loads."""
    return isinstance(of, ir.Attr) and tail(of.of).lower() == "json"


def _writes(node: object) -> bool:
    return isinstance(node, ir.Call) and tail(node.of) in ("dumps", "stringify")
