"""Names that are renamed where they stand in a body: the rules of which only the way of standing there is another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType
from typing import NamedTuple

from krea_migrate.findings import Finding
from krea_migrate.flow.occurrences import Kind
from krea_migrate.rules.survey import Survey


class Rule(NamedTuple):
    """A rule: its code, its title, what it is about in a sentence, and what gives its findings."""

    code: str
    title: str
    text: str
    find: Callable[[Survey], Iterator[Finding]]

    @classmethod
    def of(cls, module: ModuleType) -> Rule:
        """Return the rule that is a module of its own; the module's docstring is the text."""
        return cls(module.CODE, module.TITLE, module.__doc__ or "", module.find)


def _renames(code: str, title: str, kind: Kind, text: str) -> Rule:
    return Rule(code, title, text, partial(_find, code, kind))


def _find(code: str, kind: Kind, survey: Survey) -> Iterator[Finding]:
    for decision in survey.decisions:
        if decision.place.kind == kind and decision.new is not None:
            yield survey.renamed(code, decision)


RULES = (
    _renames(
        "KREA101",
        "Keys of a literal",
        "dict key",
        "Keys of a dict or object literal that is, or becomes, the body of a request.",
    ),
    _renames(
        "KREA102",
        "Members that are set",
        "assignment",
        """Members that are set on a body: body["old"] = ..., body.old = ..., body.setdefault("old", ...), del body["old"].""",
    ),
    _renames(
        "KREA103",
        "Keywords that become keys",
        "keyword",
        "Keyword arguments that become keys: dict(old=...), body.update(old=...), helper(..., old=...) with **keywords.",
    ),
    # What reads the same dict whose key is renamed, so that both sides still agree.
    _renames(
        "KREA104",
        "Members that are read from a body",
        "read",
        'Members that are read from a body that is about to be sent: body["old"], body.get("old"), "old" in body, body.old.',
    ),
    _renames(
        "KREA107",
        "JSON in a string",
        "json text",
        """JSON that stands as text in a program: data='{"old": ...}'.""",
    ),
)
