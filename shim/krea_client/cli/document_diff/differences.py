"""One difference, and the words of its facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from krea_client.cli.document_diff.operation_facts import Address, Facts


@dataclass(frozen=True)
class Difference:
    """One point in which a source differs from the specification.

    Attributes:
        kind: what sort of change it is, in one word for programs.
        about: the address of the field, or what else it is about ("alias presetStyles", "price", "").
        says: what the source says, in few words that stay the same while it does.
        text: a sentence for people.
        address: where in our document the changed fact stands.
        facts: what is known of something new.
        line: where in the source it stands, where that is known.
    """

    kind: str
    about: str
    says: str
    text: str
    address: Address = ()
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    line: int | None = None


def shown(value: Any) -> str:
    """Return a value as people write it: texts bare, everything else as JSON does."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(shown, cast(list[Any], value)))
    if isinstance(value, str):
        return value or '""'
    if isinstance(value, float):
        return f"{value:g}"
    return json.dumps(value, ensure_ascii=False)


def described(facts: Facts) -> str:
    """Return the facts of a new field, in brackets to stand behind its name."""
    parts = [shown(facts["type"])] if "type" in facts else []
    parts += [key for key in ("required", "deprecated") if facts.get(key)]
    parts += [
        f"{'values' if key == 'enum' else key} {shown(value)}"
        for key, value in facts.items()
        if key not in ("type", "required", "deprecated", "closed")
    ]
    return f" ({'; '.join(parts)})" if parts else ""
