"""Rules between fields that a JSON Schema cannot say, as the spec lists them for an operation (`x-krea-rules`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from krea_client import _json
from krea_client._request.deprecation_warnings import KreaFieldIgnoredWarning
from krea_client._request.validation_messages import address
from krea_client._spec.catalogue import Operation
from krea_client._spec.field_conditions import fits, in_words
from krea_client.errors import Problem


def broken_rules(operation: Operation, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for every rule between fields that a body breaks.

    A field counts as given unless it is empty, null or false, as everywhere in the spec's extensions.
    """
    for rule in map(_json.members, _json.items(operation.details.get("rules"))):
        for form in ("excludes", "any_of", "one_of"):
            if form in rule:
                yield from _choice_problems(form, _names(rule[form]), body)
        if "needs" in rule:
            yield from _missing_needs(operation, rule, body)


def _names(value: Any) -> list[str]:
    return [name for name in _json.items(value) if isinstance(name, str)]


def _choice_problems(form: str, choice: list[str], body: Mapping[str, Any]) -> Iterator[Problem]:
    present = [name for name in choice if body.get(name)]
    if form != "any_of":
        for name in present[1:]:
            yield Problem(address([name]), f"cannot be given together with {present[0]!r}", "give one of the two")
    if form != "excludes" and not present:
        remedy = f"give {'one' if form == 'one_of' else 'at least one'} of {', '.join(choice)}"
        yield Problem(address([choice[0]]), "is missing, and so is every field that can stand in for it", remedy)


def _missing_needs(operation: Operation, rule: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[Problem]:
    filled = {**operation.defaults, **body}
    if not fits(rule.get("when"), filled):
        return
    for name, expected in _json.members(rule["needs"]).items():
        need = {name: expected}
        if not fits(need, filled):
            yield Problem(address([name]), f"must be otherwise where {in_words(rule.get('when'))}", _remedy(need))


def _remedy(need: Mapping[str, Any]) -> str:
    return f"make sure that {in_words(need)}"


def fields_without_effect(operation: Operation, body: Mapping[str, Any]) -> Iterator[KreaFieldIgnoredWarning]:
    """Yield a warning for every field that a body gives and that does nothing beside the others."""
    rules = [_json.members(rule) for rule in _json.items(operation.details.get("rules"))]
    if not any("applies" in rule for rule in rules):
        return
    filled = {**operation.defaults, **body}
    for rule in rules:
        if "applies" in rule and not fits(rule.get("when"), filled):
            for name in _names(rule["applies"]):
                if body.get(name) is not None:
                    condition = in_words(rule.get("when"))
                    text = f"{operation.model}: {name!r} does nothing unless {condition}; it was sent as it was given."
                    yield KreaFieldIgnoredWarning(text, operation=operation.model, field=name, condition=condition)
