"""Translate deprecated field names by each operation's own table, never by a rule about capital letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from datetime import date as Date
from typing import Any, Literal, NamedTuple, get_args

from krea_client import _json
from krea_client._request.deprecation_warnings import (
    KreaDeprecationWarning,
    KreaSunsetWarning,
)
from krea_client._spec.catalogue import Alias, Operation, RetiredField, catalogue
from krea_client.errors import AliasConflict, Problem, RequestInvalid

Policy = Literal["translate", "silent", "error", "passthrough"]
_NO_EFFECT: tuple[object, ...] = (None, ())
POLICIES: tuple[Policy, ...] = get_args(Policy)


class Rename(NamedTuple):
    """One deprecated field name that a body used.

    Attributes:
        old: the deprecated name.
        new: the name that the API accepts.
        date: the day (00:00 UTC) from which the API no longer accepts the old one.
        operation: the model, such as "z-image/z-image".
    """

    old: str
    new: str
    date: Date
    operation: str


def translate(model: str | Operation, body: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Rename, ...]]:
    """Return the body under the names that the API accepts, and what was renamed. Pure: nothing is sent, warned or changed.

    Only the top level is looked at, in its own order. A new name keeps the place of the old one that it replaces. A retired
    field is left out where its value asked for nothing.

    Args:
        model: a model id in any form that `Krea.submit` takes.
        body: the request body, with deprecated names, current names or both.

    Raises:
        AliasConflict: two names of one field have different values.
        RequestInvalid: a deprecated name stands for a field that the model no longer has.
        ModelUnknown, ModelGone: there is no such model.
    """
    operation = model if isinstance(model, Operation) else catalogue().of_model(model)
    table = operation.aliases
    if dropped := without_effect(operation, body):
        body = {name: value for name, value in body.items() if name not in dropped}
    if table.keys().isdisjoint(body):
        return dict(body), ()
    _refuse_missing_targets(operation, body)
    translated: dict[str, Any] = {}
    for name, value in body.items():
        alias = table.get(name)
        new = alias.new if alias else name
        if new in translated and not same_json(translated[new], value):
            raise AliasConflict(operation.model, _names_for(operation, body, new), new)
        translated.setdefault(new, value)
    return translated, renames_in(operation, body)


def without_effect(operation: Operation, body: Mapping[str, Any]) -> Mapping[str, RetiredField]:
    """Return the retired fields of a body whose value asked for nothing, by the name that the body uses.

    Null and an empty list ask for nothing, and so do the values that the spec lists for the field.
    """
    retired_names = operation.retired_names
    if retired_names.keys().isdisjoint(body):
        return {}
    return {
        name: retired_names[name]
        for name, value in body.items()
        if name in retired_names
        and any(same_json(value, no_effect) for no_effect in (*_NO_EFFECT, *retired_names[name].no_effect))
    }


def dropped_warning(operation: Operation, name: str, retired: RetiredField, now: datetime) -> KreaDeprecationWarning:
    """Return the warning about a retired field that was left out."""
    gone_by = _json.day(retired.gone_by)
    is_over = gone_by is None or now >= datetime.combine(gone_by, time(), UTC)
    kind = KreaSunsetWarning if is_over else KreaDeprecationWarning
    stands_for = "" if name == retired.name else f", a deprecated name of {retired.name!r},"
    text = (
        f"{operation.model}: {name!r}{stands_for} is no longer a field of this model; "
        "its value asked for nothing, so it was left out."
    )
    return kind(text, operation=operation.model, old=name, new=None, date=gone_by)


def renames_in(operation: Operation, body: Mapping[str, Any]) -> tuple[Rename, ...]:
    """Return the deprecated names that a body uses, in its own order."""
    table = operation.aliases
    if table.keys().isdisjoint(body):
        return ()
    aliases = [table[name] for name in body if name in table]
    return tuple(Rename(alias.old, alias.new, alias.sunset, operation.model) for alias in aliases)


def _refuse_missing_targets(operation: Operation, body: Mapping[str, Any]) -> None:
    problems = [
        missing_target_problem(operation, alias)
        for name in body
        if (alias := operation.aliases.get(name)) and alias.new not in operation.fields
    ]
    if problems:
        raise RequestInvalid(operation.model, problems)


def missing_target_problem(operation: Operation, alias: Alias) -> Problem:
    """Return the problem of an alias whose field the model no longer has: when the field went, and what to use."""
    retired = operation.retired.get(alias.new)
    period = ""
    if retired and (retired.last_seen or retired.gone_by):
        period = f" (documented until {retired.last_seen or 'an unknown day'}, gone by {retired.gone_by or 'today'})"
    use = f"use {retired.use}" if retired and retired.use else "leave it out"
    return Problem(alias.old, f"is a deprecated name of {alias.new!r}, which the model no longer has{period}", use)


def _names_for(operation: Operation, body: Mapping[str, Any], new: str) -> list[str]:
    return [name for name in body if name == new or (name in operation.aliases and operation.aliases[name].new == new)]


def same_json(first: object, second: object) -> bool:
    """Return True for values that are the same JSON: 1 is 1.0 but not true, and the order of keys does not count."""
    try:
        return _same(first, second)
    except RecursionError:  # a value that contains itself is no JSON, so it equals nothing
        return False


def _same(first: object, second: object) -> bool:
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    first_items, second_items = _json.sequence(first), _json.sequence(second)
    if first_items is not None and second_items is not None:
        return len(first_items) == len(second_items) and all(map(_same, first_items, second_items))
    first_members, second_members = _json.mapping(first), _json.mapping(second)
    if first_members is not None and second_members is not None:
        if first_members.keys() != second_members.keys():
            return False
        return all(_same(first_members[key], second_members[key]) for key in first_members)
    return first == second


def warning_for(rename: Rename, now: datetime, policy: Policy) -> KreaDeprecationWarning:
    """Return the warning about a deprecated name at this moment. Its text holds no values, so equal uses repeat exactly."""
    end = datetime.combine(rename.date, time(), UTC)
    action = "so it was sent as given" if policy == "passthrough" else "so it was translated"
    head = f"{rename.operation}: {rename.old!r} is now {rename.new!r}"
    kind: type[KreaDeprecationWarning]
    if now >= end:
        kind = KreaSunsetWarning
        text = f"{head}; Krea stopped accepting the deprecated name on {rename.date}, {action}."
    else:
        kind = KreaDeprecationWarning
        days = (rename.date - now.astimezone(UTC).date()).days
        days_left = "1 day left" if days == 1 else f"{days} days left"
        text = f"{head}; Krea accepts the deprecated name until {rename.date} ({days_left}), and {action.removeprefix('so ')}."
    return kind(text, operation=rename.operation, old=rename.old, new=rename.new, date=rename.date)


def refused(renames: tuple[Rename, ...]) -> RequestInvalid:
    """Return the error of the policy "error": every deprecated name of a request, with the current one."""
    problems = [
        Problem(rename.old, "is a deprecated name, which aliases='error' refuses", f"use {rename.new!r}")
        for rename in renames
    ]
    return RequestInvalid(renames[0].operation, problems)
