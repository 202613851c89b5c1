"""Texts that are put together: f-strings, additions, format(), %, join(), replace(), urljoin(), and what the environment may say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import ir
from krea_migrate.flow.evaluation_state import Follower
from krea_migrate.flow.values import Frame, GuardedValue, Many, Txt, Unknown, meet, restricted
from krea_migrate.holes import HOLE
from krea_migrate.ir import tail

_NOTHING = ir.Opaque(0, 0)
_PLACEHOLDER = re.compile(r"\$(?:\{\w+\}|\w+)")


_WORD = re.compile(r"[\w-]+")


class Texts:
    """Puts texts together.

    Args:
        follower: gives what an expression stands for.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._state = follower.state

    def joined(self, parts: list[ir.Node], frame: Frame | None) -> list[GuardedValue]:
        """Return what a text is that is made of these parts."""
        texts = [GuardedValue(Txt(""))]
        for part in parts:
            longer: list[GuardedValue] = []
            for alt in self._state.paired(self._follower.value(part, frame), texts):
                piece = alt.value if isinstance(alt.value, Txt) else Txt(HOLE, self._state.hint(part, alt.value))
                for before in texts:
                    conditions = meet((before.yes, before.no), (alt.yes, alt.no))
                    if conditions is not None and isinstance(before.value, Txt):
                        longer.append(GuardedValue(before.value.followed_by(piece), *conditions))
            texts = self._state.limited(longer)
            if not texts:
                return [GuardedValue(Txt(HOLE))]
        return texts

    def from_environment(self, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return what a variable of the environment may be: the default, as far as the program has one.

        A default that is a word is often a key of a table, and whoever sets the variable means another row.
        """
        name = node.args[0].value if node.args and isinstance(node.args[0], ir.Str) else ""
        unknown = GuardedValue(Unknown(name))
        if len(node.args) < 2:
            return [unknown]
        defaults = self._follower.value(node.args[1], frame)
        is_word = any(isinstance(alt.value, Txt) and _WORD.fullmatch(alt.value.text) for alt in defaults)
        return [*defaults, unknown] if is_word else defaults

    def built(self, name: str, own: ir.Node | None, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return what a method of a text, or urljoin(), gives."""
        if name == "urljoin" and len(node.args) == 2:
            return self._text([node.args[0], ir.Str(0, 0, "/"), node.args[1]], frame)
        if own is None:
            return [GuardedValue(Unknown(name))]
        if name == "concat":
            return self._text([own, *node.args], frame)
        if name in ("removesuffix", "removeprefix"):
            return self._follower.value(own, frame)
        if name in ("substitute", "safe_substitute"):
            return [_with_holes(of) for of in self._follower.value(own, frame)]
        if name == "replace":
            return self._replaced(own, node, frame)
        if name == "join":
            return self._strung(own, node, frame)
        templates = [of.value for of in self._follower.value(own, frame)[:1]]
        parts = [part for template in templates for part in _filled(name, template, node)]
        return self._text(parts, frame) if parts else [GuardedValue(Txt(HOLE, self._state.hint(own)))]

    def _text(self, parts: list[ir.Node], frame: Frame | None) -> list[GuardedValue]:
        key = tuple(part.value if isinstance(part, ir.Str) and not part.end else part for part in parts)
        return self._follower.value(self._state.project.once(key, ir.Text(0, 0, parts)), frame)

    def _replaced(self, own: ir.Node, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return TEMPLATE.replace("{model}", model)."""
        if len(node.args) != 2 or not isinstance(node.args[0], ir.Str):
            is_unchanged = len(node.args) < 2 or (isinstance(node.args[1], ir.Str) and not node.args[1].value)
            return self._follower.value(own, frame) if is_unchanged else [GuardedValue(Txt(HOLE))]
        old, values = node.args[0].value, list[GuardedValue]()
        for of in self._follower.value(own, frame):
            if isinstance(of.value, Txt) and old and old in of.value.text:
                before, after = of.value.text.split(old, 1)
                parts: list[ir.Node] = [ir.Str(0, 0, before), node.args[1], ir.Str(0, 0, after)]
                values += restricted(self._text(parts, frame), of.yes, of.no)
            else:
                values.append(of)
        return values

    def _strung(self, own: ir.Node, node: ir.Call, frame: Frame | None) -> list[GuardedValue]:
        """Return "/".join([a, b]), [a, b].join("/"), path.join(__dirname, "payload.json")."""
        if tail(own) in ("path", "posix"):
            return self._text([part for argument in node.args for part in (ir.Str(0, 0, "/"), argument)][1:], frame)
        listed, separator = (node.args[0], own) if isinstance(own, (ir.Str, ir.Name)) and node.args else (None, None)
        if node.args and isinstance(node.args[0], ir.Str):
            listed, separator = own, node.args[0]
        if listed is None or separator is None:
            return [GuardedValue(Txt(HOLE))]
        for of in self._follower.value(listed, frame)[:1]:
            if isinstance(of.value, Many):
                parts = [part for item in of.value.site.items for part in (separator, item)]
                return self._text(parts[1:], of.value.frame)
        return [GuardedValue(Txt(HOLE))]


def _with_holes(template: GuardedValue) -> GuardedValue:
    """Return Template("$base/$model").substitute(...), whatever it is filled with."""
    if not isinstance(template.value, Txt):
        return template
    return template._replace(value=Txt(_PLACEHOLDER.sub(HOLE, template.value.text), template.value.hint))


def part_of_address(address: Txt, name: str) -> Txt | None:
    """Return what new URL(address), or urlsplit(address), has by a name; None where it has no such part."""
    scheme, separator, path_text = address.text.partition("://")
    host, _, behind = path_text.partition("/")
    path, mark, query = behind.partition("?")
    parts = {
        **dict.fromkeys(("hostname", "host", "netloc"), host),
        **dict.fromkeys(("pathname", "path"), f"/{path}"),
        **dict.fromkeys(("protocol", "scheme"), scheme),
        "origin": f"{scheme}://{host}",
        "search": mark + query,
        "href": address.text,
    }
    return Txt(parts[name], address.hint) if separator and name in parts else None


def _filled(name: str, template: object, node: ir.Call) -> Iterator[ir.Node]:
    """Yield the parts of "{}/{}".format(a, b) and "%s/%s" % (a, b)."""
    if not isinstance(template, Txt):
        return
    if name == "%":
        pieces = template.text.split("%s")
        for number, piece in enumerate(pieces):
            yield ir.Str(0, 0, piece)
            if number < len(pieces) - 1 and number < len(node.args):
                yield node.args[number]
        return
    words = {word.name: word.value for word in node.words}
    template_rest, number = template.text, 0
    while "{" in template_rest and "}" in template_rest:
        before, _, template_rest = template_rest.partition("{")
        key, _, template_rest = template_rest.partition("}")
        index = int(key) if key.isdigit() else number
        number += 1
        value = words.get(key) if key and not key.isdigit() else node.args[index] if index < len(node.args) else None
        yield ir.Str(0, 0, before)
        yield value if value is not None else _NOTHING
    yield ir.Str(0, 0, template_rest)
