"""Comparison of responses. Our schema may be wider than a source: it has one Job for every response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from krea_client.cli.document_diff.differences import Difference, described, shown
from krea_client.cli.document_diff.flat_schemas import is_within
from krea_client.cli.document_diff.operation_facts import FieldFacts

Fields = Mapping[str, FieldFacts]


def compared(source: Fields, reference: Fields, *, full: bool, name: str = "answer") -> Iterator[Difference]:
    """Yield what the source allows in a response and our schema does not, and what of ours it no longer shows.

    `name` is what the response is called: "answer", or "answer of status 402".
    """
    unread = [path for path, node in source.items() if node.is_unread]
    source = {path: node for path, node in source.items() if path not in unread}
    reference = {
        path: node for path, node in reference.items() if not any(is_within(path, parent) for parent in unread)
    }
    for path, node in source.items():
        if not path or _beyond(path, reference) or ((parent := _above(path)) and parent not in reference):
            continue
        field = f"{name} {path}"
        if path not in reference:
            if not path.endswith("[]"):
                text = f"new field in the {name}: {path}{described(node.facts)}"
                yield Difference("answer_field_new", field, "present", text, reference[""].target, facts=node.facts)
        else:
            yield from _facts(name, path, node, reference[path], full=full)
            untyped = not {"type", "enum"} & node.facts.keys() and not any(
                candidate.startswith((f"{path}.", f"{path}<")) for candidate in source
            )
            if untyped and "type" in reference[path].facts:
                yield Difference(
                    "answer_type",
                    field,
                    "any type",
                    f"{path} in the {name} may be anything now",
                    reference[path].address,
                )
    for path, node in reference.items():
        if path and path not in source and not path.endswith("[]") and _expected(path, source, full=full):
            text = f"the field {path} of the {name} is gone"
            yield Difference("answer_field_gone", f"{name} {path}", "absent", text, node.address)


def _facts(name: str, path: str, source: FieldFacts, reference: FieldFacts, *, full: bool) -> Iterator[Difference]:
    field, where = f"{name} {path}", f"{path} in the {name}"
    types, known_types = set(source.facts.get("type", ())), set(reference.facts.get("type", ()))
    known_types |= {"integer"} if "number" in known_types else set()
    if known_types and (strange := types - known_types):
        text = f"{where} may be {shown(sorted(strange))} now, was {shown(sorted(known_types))}"
        yield Difference("answer_type", field, f"type {shown(sorted(types))}", text, reference.address)
    was, now = reference.facts.get("format"), source.facts.get("format")
    # A page writes string[] whatever the format of the items is.
    untold = now is None and path.endswith("[]") and not full
    if "string" in types & known_types and was != now and "enum" not in source.facts and not untold:
        text = f"{where}: format was {was or 'not given'}, is {now or 'not given'}"
        yield Difference("answer_format", field, f"format {now}" if now else "no format", text, reference.address)
    values, old = list(source.facts.get("enum", ())), list(reference.facts.get("enum", ()))
    new, removed = [value for value in values if value not in old], [value for value in old if value not in values]
    if values and old and (new or removed):
        words = [f"{word} {shown(part)}" for word, part in (("new", new), ("gone", removed)) if part]
        text = f"values of {where}: {'; '.join(words)}"
        yield Difference("answer_enum", field, f"values {shown(values)}", text, reference.target)
    if reference.facts.get("required") and not source.facts.get("required"):
        yield Difference("answer_required", field, "optional", f"{where} is optional now", reference.address)


def _above(path: str) -> str:
    cut = max(path.rfind("."), path.rfind("["), path.rfind("<"))
    return path[: max(cut, 0)]


def _beyond(path: str, reference: Fields) -> bool:
    """Return whether our schema has alternatives here or above, or no facts: then it is wider anyway."""
    while path:
        if any(candidate.startswith(f"{path}<") for candidate in reference) or "<" in path:
            return True
        path = _above(path)
    return False


def _expected(path: str, source: Fields, *, full: bool) -> bool:
    """Return whether the source shows the object that a field of ours is in."""
    parent = _above(path)
    if "<" in path:
        return False
    if not parent:
        return True
    shown_object = parent in source and {"object"} & set(source[parent].facts.get("type", ()))
    return bool(shown_object) and (full or any(candidate.startswith(f"{parent}.") for candidate in source))
