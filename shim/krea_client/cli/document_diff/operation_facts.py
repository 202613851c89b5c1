"""The facts that a source gives about one operation, in a form in which sources can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeGuard

Facts = dict[str, Any]
ALIASES = "x-krea-deprecated-field-aliases"
_UNREAD = "(not understood)"
Address = tuple[str | int, ...]


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a value is a list, in a form that type checkers understand alike."""
    return isinstance(value, list)


def is_mapping(value: Any) -> TypeGuard[Facts]:
    """Return whether a value is a mapping, which in JSON has texts as keys."""
    return isinstance(value, dict)


class Unreadable(Exception):
    """A source cannot be understood: what it is, where, and what was expected there."""

    def __init__(self, message: str, line: int | None = None, address: Address = ()) -> None:
        self.message, self.line, self.address = message, line, address
        super().__init__(message)


class FieldFacts(NamedTuple):
    """One field, with what is said of it, where in its document it stands, and where what it refers to stands."""

    facts: Facts
    address: Address = ()
    target: Address = ()

    @classmethod
    def of_unread(cls, address: Address) -> FieldFacts:
        """Return a field of which nothing is understood, neither itself nor what is inside it."""
        return cls({_UNREAD: True}, address, address)

    @property
    def is_unread(self) -> bool:
        """Whether nothing of the field is understood."""
        return _UNREAD in self.facts


class DocumentedAlias(NamedTuple):
    """A deprecated name of a top-level field, its present name, and until when the deprecated one is accepted ("": not told)."""

    old: str
    new: str
    until: str


class PriceRow(NamedTuple):
    """One published price in USD: what it holds for (values of fields, one string), how much, per request or second."""

    label: str
    amount: float
    per: str | None

    def __str__(self) -> str:
        return f"${self.amount:g}" + (f" per {self.per}" if self.per else "")


@dataclass(frozen=True)
class Statement:
    """What one source says about one operation. None: sources of its kind do not say.

    Attributes:
        body: fields of the request by address, such as `styles[].strength`; "" is the body as a whole.
        content_type: of the request; several are joined by commas, JSON first.
        parameters: by place and name, such as "header X-Webhook-URL".
        answer: fields of the success by address.
        answer_type: the content type of the success.
        errors: fields of the other responses by address, by status.
        statuses: of all documented responses.
        keys: where the token goes, such as "header Authorization".
        span: the published prices are the ends of a range.
        full: False for a source that may show a list of objects without showing the objects.
        unclear: what of the operation is not understood, each with its line or address.
        headers: names of the headers of the success.
        extensions: extensions of the operation that neither document gives a meaning, with their values.
        sunset: the day on which the operation ends, where its description tells one.
        lines: where in the source a field stands, for those whose lines are known.
        address: where in its document the operation stands.
    """

    method: str
    path: str
    body: Mapping[str, FieldFacts] | None = None
    content_type: str | None = None
    parameters: Mapping[str, FieldFacts] | None = field(default_factory=dict[str, FieldFacts])
    answer: Mapping[str, FieldFacts] | None = None
    answer_type: str | None = None
    errors: Mapping[str, Mapping[str, FieldFacts]] = field(default_factory=dict[str, Mapping[str, FieldFacts]])
    statuses: frozenset[str] | None = None
    aliases: tuple[DocumentedAlias, ...] | None = None
    prices: tuple[PriceRow, ...] | None = None
    span: bool = False
    deprecated: bool | None = None
    keys: frozenset[str] | None = None
    unclear: tuple[Unreadable, ...] = ()
    headers: frozenset[str] | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any])
    sunset: str | None = None
    full: bool = True
    lines: Mapping[str, int] = field(default_factory=dict[str, int])
    address: Address = ()

    @property
    def key(self) -> tuple[str, str]:
        """Return method and path; what a path calls its parameters makes no difference."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)

    @property
    def is_unread(self) -> bool:
        """Whether nothing of the operation is understood."""
        return bool(self.unclear) and self.body is None and self.answer is None and self.statuses is None

    @property
    def name(self) -> str:
        """`POST /generate/image/z-image/z-image`."""
        return f"{self.method} {self.path}".strip()
