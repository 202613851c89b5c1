"""What the specification must be beyond valid, so that every generator makes good code of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from regenerate.bundle import Bundle, Document
from regenerate.lint import conditions, examples, extensions, operation_rules, schemas, shape, standard, unwritten
from regenerate.sources import Address, shown

Rule = Callable[[Document], Iterable[tuple[Address, str]]]
OURS: tuple[Rule, ...] = (
    *operation_rules.RULES,
    *schemas.RULES,
    *extensions.RULES,
    *conditions.RULES,
    *examples.RULES,
    *unwritten.RULES,
)
RULES: tuple[Rule, ...] = (*shape.RULES, *standard.RULES, *OURS)


def findings(bundled: Bundle) -> list[str]:
    """Return a line for every finding, with file, line, address and rule; empty when all is well.

    Our rules are asked only about a document that is valid OpenAPI, and openapi-spec-validator only about one of the
    right shape, since it falls over others.
    """
    return _found(bundled, shape.RULES) or _found(bundled, standard.RULES) or _found(bundled, OURS)


def _found(bundled: Bundle, rules: Iterable[Rule]) -> list[str]:
    return [
        f"{bundled.at(address)}: {shown(address)}: {message} [{rule.__name__}]"
        for rule in rules
        for address, message in rule(bundled.document)
    ]
