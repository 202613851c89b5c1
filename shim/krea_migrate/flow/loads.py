"""What stands in files that a program loads."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.files import ANY, is_file, member, named
from krea_migrate.flow.project import tail
from krea_migrate.flow.texts import Texts
from krea_migrate.flow.values import Ext, Frame, GuardedValue, Kw, Obj, Txt, Unknown

LOADS = frozenset(
    {
        "open",
        "readFileSync",
        "readFile",
        "read_text",
        "read_bytes",
        "read",
        "load",
        "loads",
        "safe_load",
        "parse",
        "file",
        "require",
        "full_load",
        "load_all",
        "safe_load_all",
    }
)


class Loads(Texts):
    """Calls that open, read and parse a file."""

    def each_value(self, of: GuardedValue) -> list[GuardedValue]:
        """What values() gives."""
        if isinstance(of.value, Ext) and is_file(of.value):
            return [GuardedValue(member(of.value, ANY), of.yes, of.no)]
        return self.entries(of.value)

    def loaded_file(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """json.load(open("body.json")), JSON.parse(fs.readFileSync("body.json")), Path("body.json").read_text()."""
        asked = node.args[0] if node.args else own
        kept = (Obj, Kw) if _is_json(node.of) or _writes(asked) else ()
        kept = (*kept, Txt) if name in ("loads", "parse") else kept  # JSON.parse(JSON.stringify(body))
        found: list[GuardedValue] = []
        for alt in self.value(asked, frame) if asked is not None else []:
            path = named(alt.value.text) if isinstance(alt.value, Txt) else None
            if path is not None or is_file(alt.value):
                found.append(GuardedValue(Ext("file:" + path), alt.yes, alt.no) if path is not None else alt)
            elif not found and isinstance(alt.value, kept):
                return [alt]
        if found:
            return found
        if name in ("load", "loads", "safe_load", "parse"):
            return [GuardedValue(Unknown(f"{name}()"))]
        return [GuardedValue(Ext(f"{name}()", node, frame))]


def _is_json(of: ir.Node) -> bool:
    """JSON.parse, json.loads."""
    return isinstance(of, ir.Attr) and tail(of.of).lower() == "json"


def _writes(node: object) -> bool:
    return isinstance(node, ir.Call) and tail(node.of) in ("dumps", "stringify")
