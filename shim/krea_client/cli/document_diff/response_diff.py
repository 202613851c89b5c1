"""Compares what an operation answers. Ours may be wider than a source says: it is one Job for every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from krea_client.cli.document_diff.differences import Difference, described, shown
from krea_client.cli.document_diff.operation_facts import Node

Fields = Mapping[str, Node]


def compared(theirs: Fields, ours: Fields, *, full: bool) -> Iterator[Difference]:
    """Yields what an answer may be by the source and not by ours, and what of ours it shows no more."""
    for path, node in theirs.items():
        if not path or _beyond(path, ours) or ((parent := _above(path)) and parent not in ours):
            continue
        field = f"answer {path}"
        if path not in ours:
            if not path.endswith("[]"):
                text = f"new field in the answer: {path}{described(node.facts)}"
                yield Difference("answer_field_new", field, "present", text, ours[""].target, facts=node.facts)
        else:
            yield from _facts(field, path, node, ours[path], full=full)
            anything = not {"type", "enum"} & node.facts.keys() and not any(
                it.startswith((f"{path}.", f"{path}<")) for it in theirs
            )
            if anything and "type" in ours[path].facts:
                yield Difference(
                    "answer_type", field, "any type", f"{path} in the answer may be anything now", ours[path].address
                )
    for path, node in ours.items():
        if path and path not in theirs and not path.endswith("[]") and _expected(path, theirs, full=full):
            text = f"the field {path} of the answer is gone"
            yield Difference("answer_field_gone", f"answer {path}", "absent", text, node.address)


def _facts(field: str, path: str, theirs: Node, ours: Node, *, full: bool) -> Iterator[Difference]:
    types, known = set(theirs.facts.get("type", ())), set(ours.facts.get("type", ()))
    known |= {"integer"} if "number" in known else set()
    if known and (strange := types - known):
        text = f"{path} in the answer may be {shown(sorted(strange))} now, was {shown(sorted(known))}"
        yield Difference("answer_type", field, f"type {shown(sorted(types))}", text, ours.address)
    was, now = ours.facts.get("format"), theirs.facts.get("format")
    # A page writes string[] whatever the format of the items is.
    untold = now is None and path.endswith("[]") and not full
    if "string" in types & known and was != now and "enum" not in theirs.facts and not untold:
        text = f"{path} in the answer: format was {was or 'not given'}, is {now or 'not given'}"
        yield Difference("answer_format", field, f"format {now}" if now else "no format", text, ours.address)
    values, old = list(theirs.facts.get("enum", ())), list(ours.facts.get("enum", ()))
    new, gone = [it for it in values if it not in old], [it for it in old if it not in values]
    if values and old and (new or gone):
        words = [f"{word} {shown(part)}" for word, part in (("new", new), ("gone", gone)) if part]
        text = f"values of {path} in the answer: {'; '.join(words)}"
        yield Difference("answer_enum", field, f"values {shown(values)}", text, ours.target)
    if ours.facts.get("required") and not theirs.facts.get("required"):
        yield Difference("answer_required", field, "optional", f"{path} in the answer is optional now", ours.address)


def _above(path: str) -> str:
    cut = max(path.rfind("."), path.rfind("["), path.rfind("<"))
    return path[: max(cut, 0)]


def _beyond(path: str, ours: Fields) -> bool:
    """Whether ours takes several forms here or above, or has nothing to say: then it is wider anyway."""
    while path:
        if any(other.startswith(f"{path}<") for other in ours) or "<" in path:
            return True
        path = _above(path)
    return False


def _expected(path: str, theirs: Fields, *, full: bool) -> bool:
    """Whether the source shows the object that a field of ours is in."""
    parent = _above(path)
    if "<" in path:
        return False
    if not parent:
        return True
    shown_object = parent in theirs and {"object"} & set(theirs[parent].facts.get("type", ()))
    return bool(shown_object) and (full or any(other.startswith(f"{parent}.") for other in theirs))
