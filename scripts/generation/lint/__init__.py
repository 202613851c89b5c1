"""What the specification must be beyond valid, so that every generator makes good code of it."""

from __future__ import annotations

from ..bundle import Bundle
from ..sources import shown
from . import extensions, operations, schemas, standard

RULES = (*standard.RULES, *operations.RULES, *schemas.RULES, *extensions.RULES)


def findings(bundled: Bundle) -> list[str]:
    """Returns a line for every finding of every rule, with file, line and address; empty when all is well."""
    lines = []
    for rule in RULES:
        for address, message in rule(bundled.document):
            lines.append(f"{bundled.at(address)}: {shown(address)}: {message} [{rule.__name__}]")
    return lines
