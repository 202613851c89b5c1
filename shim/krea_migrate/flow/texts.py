"""Texts that are put together: format(), %, join(), replace(), urljoin(), and what the environment may say."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.flow.members import Members
from krea_migrate.flow.project import tail
from krea_migrate.flow.values import Frame, GuardedValue, Many, Txt, Unknown, restricted
from krea_migrate.holes import HOLE


class Texts(Members):
    """Calls that give a text."""

    def _environment(self, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        hint = node.args[0].value if node.args and isinstance(node.args[0], ir.Str) else ""
        if len(node.args) > 1:  # what the program does by itself
            return self.value(node.args[1], frame)
        return [GuardedValue(Unknown(hint))]

    def _joined(self, parts: list[ir.Node], frame: Frame | None) -> list[GuardedValue]:
        return self.value(ir.Text(0, 0, parts), frame)

    def _built(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        if name == "urljoin" and len(node.args) == 2:
            return self._joined([node.args[0], ir.Str(0, 0, "/"), node.args[1]], frame)
        if own is None:
            return [GuardedValue(Unknown(name))]
        if name == "concat":
            return self._joined([own, *node.args], frame)
        if name in ("removesuffix", "removeprefix"):
            return self.value(own, frame)
        if name == "replace":
            return self._replaced(own, node, frame)
        if name == "join":
            return self._strung(own, node, frame)
        parts = [part for of in self.value(own, frame)[:1] for part in _fields(name, of.value, node)]
        return self._joined(parts, frame) if parts else [GuardedValue(Txt(HOLE, self.hint(own)))]

    def _replaced(self, own: ir.Node, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        # TEMPLATE.replace("{model}", model)
        if len(node.args) != 2 or not isinstance(node.args[0], ir.Str):
            kept = len(node.args) < 2 or (isinstance(node.args[1], ir.Str) and not node.args[1].value)
            return self.value(own, frame) if kept else [GuardedValue(Txt(HOLE))]
        old, found = node.args[0].value, list[GuardedValue]()
        for of in self.value(own, frame):
            if isinstance(of.value, Txt) and old and old in of.value.text:
                before, after = of.value.text.split(old, 1)
                parts: list[ir.Node] = [ir.Str(0, 0, before), node.args[1], ir.Str(0, 0, after)]
                found += restricted(self._joined(parts, frame), of.yes, of.no)
            else:
                found.append(of)
        return found

    def _strung(self, own: ir.Node, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        if tail(own) in ("path", "posix"):  # path.join(__dirname, "payload.json")
            return self._joined([part for one in node.args for part in (ir.Str(0, 0, "/"), one)][1:], frame)
        listed, sep = (node.args[0], own) if isinstance(own, (ir.Str, ir.Name)) and node.args else (None, None)
        if node.args and isinstance(node.args[0], ir.Str):  # [a, b].join("/")
            listed, sep = own, node.args[0]
        if listed is None or sep is None:
            return [GuardedValue(Txt(HOLE))]
        for of in self.value(listed, frame)[:1]:
            if isinstance(of.value, Many):
                parts = [part for one in of.value.site.items for part in (sep, one)]
                return self._joined(parts[1:], of.value.frame)
        return [GuardedValue(Txt(HOLE))]


def _fields(name: str, template: object, node: ir.Call) -> list[ir.Node]:
    """The parts of "{}/{}".format(a, b) and "%s/%s" % (a, b)."""
    if not isinstance(template, Txt):
        return []
    parts: list[ir.Node] = []
    if name == "%":
        pieces = template.text.split("%s")
        for number, piece in enumerate(pieces):
            parts.append(ir.Str(0, 0, piece))
            if number < len(pieces) - 1 and number < len(node.args):
                parts.append(node.args[number])
        return parts
    words = {word.name: word.value for word in node.words}
    rest, number = template.text, 0
    while "{" in rest and "}" in rest:
        before, _, rest = rest.partition("{")
        key, _, rest = rest.partition("}")
        index = int(key) if key.isdigit() else number
        number += 1
        given = words.get(key) if key and not key.isdigit() else node.args[index] if index < len(node.args) else None
        parts += [ir.Str(0, 0, before), given if given is not None else ir.Opaque(0, 0)]
    return [*parts, ir.Str(0, 0, rest)]
