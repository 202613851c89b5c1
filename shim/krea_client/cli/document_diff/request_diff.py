"""Compares the fields of two request bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from typing import Any

from krea_client.cli.document_diff.differences import Difference, described, shown
from krea_client.cli.document_diff.operation_facts import Facts, Node

Fields = Mapping[str, Node]
# A page shows neither: whether an object is closed, and how many members it may have.
_UNSHOWN = frozenset({"closed", "minProperties", "maxProperties", "uniqueItems"})
_ALIKE = 0.6


def compared(theirs: Fields, ours: Fields, *, full: bool, hints: AbstractSet[tuple[str, str]]) -> Iterator[Difference]:
    """Yields what differs. Not `full`: where the source does not show the inside of something, it says nothing of it.

    `hints` are pairs of an old and a new name that documentation tells of.
    """
    told = {path: node for path, node in ours.items() if full or _is_shown(path, theirs)}
    new = [path for path in theirs if path not in told and not _below(path, theirs, told)]
    gone = [path for path in told if path not in theirs and not _below(path, told, theirs)]
    for old, now in list(_renamed(gone, new, told, theirs, full=full, hints=hints)):
        gone.remove(old)
        new.remove(now)
        text = f"the field {old} is called {now} now"
        yield Difference("field_renamed", old, f"called {now}", text, told[old].address, facts={"to": now})
    for path in new:
        text = f"new field: {path}{described(theirs[path].facts)}"
        yield Difference("field_new", path, "present", text, _parent(path, ours), facts=theirs[path].facts)
    for path in gone:
        yield Difference("field_gone", path, "absent", f"the field {path} is gone", told[path].address)
    for path, node in told.items():
        if path in theirs:
            yield from facts_differ(path or "(body)", theirs[path], node, full=full)


def facts_differ(field: str, theirs: Node, ours: Node, *, full: bool) -> Iterator[Difference]:
    """Yields every fact in which two descriptions of one field differ."""
    for key in _keywords(field, theirs.facts, ours.facts, full=full):
        was, now = ours.facts.get(key), theirs.facts.get(key)
        if key == "default" and "seed" in field.rpartition(".")[2].lower():
            continue  # a new random number at every look
        if key == "enum":
            yield from _values(field, list(now or ()), list(was or ()), ours)
        elif key in ("required", "deprecated", "closed"):
            if bool(was) != bool(now):
                said = key if now else {"required": "optional"}.get(key, f"not {key}")
                yield Difference(key, field, said, f"{field} is {said} now", ours.address)
        elif _same(was, now):
            continue
        else:
            said = f"no {key}" if now is None else f"{key} {shown(now)}"
            yield Difference(key, field, said, f"{field}: {_change(key, was, now)}", ours.address)


def _values(field: str, now: list[Any], was: list[Any], ours: Node) -> Iterator[Difference]:
    added = [value for value in now if not any(_same(value, old) for old in was)]
    lost = [value for value in was if not any(_same(value, new) for new in now)]
    if not now or not was:
        text = f"any value is allowed now, was {shown(was)}" if was else f"only {shown(now)} is allowed now"
    else:
        words = [f"new value{_s(added)} {shown(added)}"] if added else []
        text = "; ".join([*words, *([f"value{_s(lost)} {shown(lost)} gone"] if lost else [])])
    if added or lost:
        said = f"values {shown(now)}" if now else "any value"
        yield Difference("enum", field, said, f"{field}: {text}", ours.target, facts={"new": added, "gone": lost})


def _s(values: list[Any]) -> str:
    return "s" if len(values) > 1 else ""


def _change(key: str, was: Any, now: Any) -> str:
    if was is None:
        return f"{key} is {shown(now)} now, was not given"
    if now is None:
        return f"{key} was {shown(was)}, is not given any more"
    return f"{key} was {shown(was)}, is {shown(now)}"


def _keywords(field: str, theirs: Facts, ours: Facts, *, full: bool) -> list[str]:
    keys = list(dict.fromkeys([*ours, *theirs]))
    if full:
        return keys
    if field.endswith("[]"):
        # A page writes string[] where the items have a format or a length, so silence says nothing.
        return [key for key in keys if key in theirs]
    untold = _UNSHOWN if "type" in theirs else _UNSHOWN | _choice(theirs, ours)
    return [key for key in keys if key not in untold]


def _choice(theirs: Facts, ours: Facts) -> frozenset[str]:
    """What pages leave out of a choice of constants: the type always, and the constants themselves where they are numbers."""
    if "enum" in theirs:
        return frozenset({"type"})
    values = ours.get("enum", ())
    numbers = values and not any(isinstance(value, str) for value in values)
    return frozenset({"type", "enum"}) if numbers else frozenset()


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _is_shown(path: str, theirs: Fields) -> bool:
    """Whether a page shows the object that a field is in; items of a list count as shown with the list."""
    if path == "":
        return "" in theirs
    parent = _above(path)
    if not parent or path.endswith("[]"):
        return "<" not in path
    return any(other.startswith((f"{parent}.", f"{parent}<")) for other in theirs)


def _above(path: str) -> str:
    cut = max(path.rfind("."), path.rfind("["), path.rfind("<"))
    return path[: max(cut, 0)]


def _below(path: str, within: Fields, others: Fields) -> bool:
    """Whether something above a path is missing as well, or is of another sort: then that is the difference."""
    while parent := _above(path):
        if parent not in others:
            return True
        types = (within[parent].facts.get("type"), others[parent].facts.get("type")) if parent in within else ((), ())
        if path.endswith("[]") and types[0] != types[1]:
            return True
        path = parent
    return False


def _parent(path: str, fields: Fields) -> tuple[str | int, ...]:
    parent = fields.get(_above(path)) or fields.get("")
    return parent.target if parent else ()


def _renamed(
    gone: list[str], new: list[str], ours: Fields, theirs: Fields, *, full: bool, hints: AbstractSet[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for old in gone:
        fits = [
            now
            for now in new
            if now not in taken and _above(now) == _above(old) and _alike(old, now, ours, theirs, full=full)
        ]
        named = [now for now in fits if (old, now) in hints]
        beside = [now for now in fits if _neighbours(old, ours) & _neighbours(now, theirs)]
        close = [now for now in fits if SequenceMatcher(None, old, now).ratio() >= _ALIKE]
        for now in (*named, *close, *beside)[:1]:
            taken.add(now)
            yield old, now


def _alike(old: str, now: str, ours: Fields, theirs: Fields, *, full: bool) -> bool:
    """Whether two fields, with everything inside them, differ in nothing but the name."""
    if next(facts_differ(old, theirs[now], ours[old], full=full), None):
        return False
    inner = {
        path[len(old) :]: node for path, node in ours.items() if path.startswith((f"{old}.", f"{old}[", f"{old}<"))
    }
    other = {
        path[len(now) :]: node for path, node in theirs.items() if path.startswith((f"{now}.", f"{now}[", f"{now}<"))
    }
    if full and inner.keys() != other.keys():
        return False
    return not any(
        next(facts_differ(path, other[path], inner[path], full=full), None) for path in other if path in inner
    )


def _neighbours(path: str, fields: Fields) -> set[str]:
    """The fields before and behind, on the same level, told apart."""
    level = [it for it in fields if _above(it) == _above(path) and it and not it.endswith("[]")]
    at = level.index(path)
    around = {f"before {level[at - 1]}" if at else "first"}
    return around | {f"behind {level[at + 1]}" if at + 1 < len(level) else "last"}
