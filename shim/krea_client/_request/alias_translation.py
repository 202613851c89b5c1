"""Old field names to new ones, by each operation's own table: never by a rule about capitals."""

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
from krea_client._spec.catalogue import Alias, Operation, catalogue
from krea_client.errors import AliasConflict, Problem, RequestInvalid

Policy = Literal["translate", "silent", "error", "passthrough"]
POLICIES: tuple[Policy, ...] = get_args(Policy)


class Rename(NamedTuple):
    """One old name that a body used.

    Attributes:
        old: the name as it was given.
        new: the name that the API takes.
        date: the day (00:00 UTC) from which the API no longer takes the old one.
        operation: the model, such as "z-image/z-image".
    """

    old: str
    new: str
    date: Date
    operation: str


def translate(model: str | Operation, body: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Rename, ...]]:
    """Gives the body under the names that the API takes, and what was renamed. Pure: nothing is sent, warned or changed.

    Only the top level is looked at, in its own order. A new name keeps the place of the old one that it replaces.

    Args:
        model: a model id in any form that `Krea.submit` takes.
        body: the request body, with old names, new names or both.

    Raises:
        AliasConflict: an old and a new name of one field have different values.
        RequestInvalid: an old name stands for a field that the model no longer has.
        ModelUnknown, ModelGone: there is no such model.
    """
    operation = model if isinstance(model, Operation) else catalogue().of_model(model)
    table = operation.aliases
    if table.keys().isdisjoint(body):
        return dict(body), ()
    _refuse_lost_targets(operation, body)
    named: dict[str, Any] = {}
    for name, value in body.items():
        alias = table.get(name)
        new = alias.new if alias else name
        if new in named and not same_json(named[new], value):
            raise AliasConflict(operation.model, _names_for(operation, body, new), new)
        named.setdefault(new, value)
    return named, renames_in(operation, body)


def renames_in(operation: Operation, body: Mapping[str, Any]) -> tuple[Rename, ...]:
    """The old names that a body uses, in its own order."""
    table = operation.aliases
    if table.keys().isdisjoint(body):
        return ()
    found = [table[name] for name in body if name in table]
    return tuple(Rename(alias.old, alias.new, alias.sunset, operation.model) for alias in found)


def _refuse_lost_targets(operation: Operation, body: Mapping[str, Any]) -> None:
    problems = [
        missing_target_problem(operation, alias)
        for name in body
        if (alias := operation.aliases.get(name)) and alias.new not in operation.fields
    ]
    if problems:
        raise RequestInvalid(operation.model, problems)


def missing_target_problem(operation: Operation, alias: Alias) -> Problem:
    """Says of an alias that leads nowhere any more when its field went, and what to use."""
    retired = operation.retired.get(alias.new)
    between = ""
    if retired and (retired.last_seen or retired.gone_by):
        between = f" (documented until {retired.last_seen or 'an unknown day'}, gone by {retired.gone_by or 'today'})"
    use = f"use {retired.use}" if retired and retired.use else "leave it out"
    return Problem(alias.old, f"is an old name of {alias.new!r}, which the model no longer has{between}", use)


def _names_for(operation: Operation, body: Mapping[str, Any], new: str) -> list[str]:
    return [name for name in body if name == new or (name in operation.aliases and operation.aliases[name].new == new)]


def same_json(one: object, other: object) -> bool:
    """True for values that are the same JSON: 1 is 1.0 but not true, and the order of keys does not count."""
    try:
        return _same(one, other)
    except RecursionError:  # what contains itself is no JSON, so it is the same as nothing
        return False


def _same(one: object, other: object) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    items, others = _json.sequence(one), _json.sequence(other)
    if items is not None and others is not None:
        return len(items) == len(others) and all(map(_same, items, others))
    members, rest = _json.mapping(one), _json.mapping(other)
    if members is not None and rest is not None:
        return members.keys() == rest.keys() and all(_same(members[key], rest[key]) for key in members)
    return one == other


def warning_for(rename: Rename, now: datetime, policy: Policy) -> KreaDeprecationWarning:
    """What to tell a caller who used an old name at this moment. The text holds no values, so it repeats exactly."""
    end = datetime.combine(rename.date, time(), UTC)
    done = "so it was sent as given" if policy == "passthrough" else "so it was translated"
    head = f"{rename.operation}: {rename.old!r} is now {rename.new!r}"
    kind: type[KreaDeprecationWarning]
    if now >= end:
        kind = KreaSunsetWarning
        text = f"{head}; Krea stopped accepting the old name on {rename.date}, {done}."
    else:
        kind = KreaDeprecationWarning
        days = (rename.date - now.astimezone(UTC).date()).days
        left = "1 day left" if days == 1 else f"{days} days left"
        done = done.removeprefix("so ")
        text = f"{head}; Krea accepts the old name until {rename.date} ({left}), and {done}."
    return kind(text, operation=rename.operation, old=rename.old, new=rename.new, date=rename.date)


def refused(renames: tuple[Rename, ...]) -> RequestInvalid:
    """The error of the policy "error": every old name of a request, with the new one."""
    problems = [
        Problem(r.old, "is an old name, and old names are refused here (aliases='error')", f"use {r.new!r}")
        for r in renames
    ]
    return RequestInvalid(renames[0].operation, problems)
