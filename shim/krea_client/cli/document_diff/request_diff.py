"""Comparison of the fields of two request bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from typing import Any

from krea_client.cli.document_diff.differences import Difference, described, shown
from krea_client.cli.document_diff.flat_schemas import UNTOLD, is_within
from krea_client.cli.document_diff.operation_facts import Facts, FieldFacts

Fields = Mapping[str, FieldFacts]
# A page shows neither: whether an object is closed, and how many members it may have.
_UNSHOWN = frozenset({"closed", "minProperties", "maxProperties", "uniqueItems"})
_ALIKE = 0.6


def compared(
    source: Fields, reference: Fields, *, full: bool, hints: AbstractSet[tuple[str, str]]
) -> Iterator[Difference]:
    """Yield what differs. Not `full`: where the source does not show the inside of something, it says nothing of it.

    `hints` are pairs of an old and a new name that documentation tells of.
    """
    unread = [path for path, node in source.items() if node.is_unread]
    source = {path: node for path, node in source.items() if path not in unread}
    covered = {
        path: node
        for path, node in reference.items()
        if (full or _is_shown(path, source)) and not any(is_within(path, parent) for parent in unread)
    }
    new = [path for path in source if path not in covered and not _below(path, source, covered)]
    removed = [path for path in covered if path not in source and not _below(path, covered, source)]
    for old, now in list(_renamed(removed, new, covered, source, full=full, hints=hints)):
        removed.remove(old)
        new.remove(now)
        text = f"the field {old} is called {now} now"
        yield Difference("field_renamed", old, f"called {now}", text, covered[old].address, facts={"to": now})
    for path in new:
        parts = [inner for inner in source if inner.startswith((f"{path}.", f"{path}[", f"{path}<"))]
        words = [f"{inner}{described(source[inner].facts)}" for inner in parts if not inner.endswith("[]")]
        inside = f", with {', '.join(words)}" if words else ""
        text = f"new field: {path}{described(source[path].facts)}{inside}"
        yield Difference("field_new", path, "present", text, _parent(path, reference), facts=source[path].facts)
    for path in removed:
        yield Difference("field_gone", path, "absent", f"the field {path} is gone", covered[path].address)
    for path, node in covered.items():
        if path in source:
            yield from facts_differ(path or "(body)", source[path], node, full=full)


def facts_differ(field: str, source: FieldFacts, reference: FieldFacts, *, full: bool) -> Iterator[Difference]:
    """Yield every fact in which two descriptions of one field differ."""
    for key in _keywords(field, source.facts, reference.facts, full=full):
        was, now = reference.facts.get(key), source.facts.get(key)
        if key == "default" and "seed" in field.rpartition(".")[2].lower():
            continue  # a new random number at every look
        if key == "enum":
            yield from _values(field, list(now or ()), list(was or ()), reference)
        elif now == UNTOLD:
            continue
        elif key in ("required", "deprecated", "closed"):
            if bool(was) != bool(now):
                summary = key if now else {"required": "optional"}.get(key, f"not {key}")
                yield Difference(key, field, summary, f"{field} is {summary} now", reference.address)
        elif _same(was, now):
            continue
        else:
            summary = f"no {key}" if now is None else f"{key} {shown(now)}"
            yield Difference(key, field, summary, f"{field}: {_change(key, was, now)}", reference.address)


def _values(field: str, now: list[Any], was: list[Any], reference: FieldFacts) -> Iterator[Difference]:
    added = [value for value in now if not any(_same(value, old) for old in was)]
    removed = [value for value in was if not any(_same(value, new) for new in now)]
    if not now or not was:
        text = f"any value is allowed now, was {shown(was)}" if was else f"only {shown(now)} is allowed now"
    else:
        words = [f"new value{_s(added)} {shown(added)}"] if added else []
        text = "; ".join([*words, *([f"value{_s(removed)} {shown(removed)} gone"] if removed else [])])
    if added or removed:
        summary = f"values {shown(now)}" if now else "any value"
        yield Difference(
            "enum", field, summary, f"{field}: {text}", reference.target, facts={"new": added, "gone": removed}
        )


def _s(values: list[Any]) -> str:
    return "s" if len(values) > 1 else ""


def _change(key: str, was: Any, now: Any) -> str:
    if was is None:
        return f"{key} is {shown(now)} now, was not given"
    if now is None:
        return f"{key} was {shown(was)}, is not given any more"
    # Only JSON tells a text from the number that it looks like.
    told = json.dumps if shown(was) == shown(now) else shown
    return f"{key} was {told(was)}, is {told(now)}"


def _keywords(field: str, source: Facts, reference: Facts, *, full: bool) -> list[str]:
    # Of the extensions, a source need not tell any; only what it tells can differ.
    keys = [key for key in dict.fromkeys([*reference, *source]) if not key.startswith("x-") or key in source]
    if full:
        return keys
    if field.endswith("[]"):
        # A page writes string[] where the items have a format or a length, so silence says nothing.
        return [key for key in keys if key in source]
    untold = _UNSHOWN if "type" in source else _UNSHOWN | _choice(source, reference)
    return [key for key in keys if key not in untold]


def _choice(source: Facts, reference: Facts) -> frozenset[str]:
    """Return what pages leave out of a choice of constants: the type always, and the constants themselves where they are numbers."""
    if "enum" in source:
        return frozenset({"type"})
    values = reference.get("enum", ())
    numbers = values and not any(isinstance(value, str) for value in values)
    return frozenset({"type", "enum"}) if numbers else frozenset()


def _same(first: Any, second: Any) -> bool:
    return first == second and isinstance(first, bool) == isinstance(second, bool)


def _is_shown(path: str, source: Fields) -> bool:
    """Return whether a page shows the object that a field is in; items of a list count as shown with the list."""
    if path == "":
        return "" in source
    parent = _above(path)
    if not parent or path.endswith("[]"):
        return "<" not in path
    return any(candidate.startswith((f"{parent}.", f"{parent}<")) for candidate in source)


def _above(path: str) -> str:
    cut = max(path.rfind("."), path.rfind("["), path.rfind("<"))
    return path[: max(cut, 0)]


def _below(path: str, within: Fields, counterparts: Fields) -> bool:
    """Return whether something above a path is missing as well, or is of another sort: then that is the difference."""
    while parent := _above(path):
        if parent not in counterparts:
            return True
        types = (
            (within[parent].facts.get("type"), counterparts[parent].facts.get("type")) if parent in within else ((), ())
        )
        if path.endswith("[]") and types[0] != types[1]:
            return True
        path = parent
    return False


def _parent(path: str, fields: Fields) -> tuple[str | int, ...]:
    parent = fields.get(_above(path)) or fields.get("")
    return parent.target if parent else ()


def _renamed(
    removed: list[str],
    new: list[str],
    reference: Fields,
    source: Fields,
    *,
    full: bool,
    hints: AbstractSet[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    used_names: set[str] = set()
    for old in removed:
        fits = [
            now
            for now in new
            if now not in used_names and _above(now) == _above(old) and _alike(old, now, reference, source, full=full)
        ]
        hinted = [now for now in fits if (old, now) in hints]
        beside = [now for now in fits if _neighbours(old, reference) & _neighbours(now, source)]
        close = [now for now in fits if SequenceMatcher(None, old, now).ratio() >= _ALIKE]
        for now in (*hinted, *close, *beside)[:1]:
            used_names.add(now)
            yield old, now


def _alike(old: str, now: str, reference: Fields, source: Fields, *, full: bool) -> bool:
    """Return whether two fields, with everything inside them, differ in nothing but the name."""
    if next(facts_differ(old, source[now], reference[old], full=full), None):
        return False
    inner = {
        path[len(old) :]: node for path, node in reference.items() if path.startswith((f"{old}.", f"{old}[", f"{old}<"))
    }
    renamed = {
        path[len(now) :]: node for path, node in source.items() if path.startswith((f"{now}.", f"{now}[", f"{now}<"))
    }
    if full and inner.keys() != renamed.keys():
        return False
    return not any(
        next(facts_differ(path, renamed[path], inner[path], full=full), None) for path in renamed if path in inner
    )


def _neighbours(path: str, fields: Fields) -> set[str]:
    """Return the fields before and after this one on the same level, marked as such."""
    level = [
        candidate
        for candidate in fields
        if _above(candidate) == _above(path) and candidate and not candidate.endswith("[]")
    ]
    at = level.index(path)
    around = {f"before {level[at - 1]}" if at else "first"}
    return around | {f"behind {level[at + 1]}" if at + 1 < len(level) else "last"}
