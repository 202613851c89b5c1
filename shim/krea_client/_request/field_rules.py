"""Rules between fields that a JSON Schema cannot say, as the spec lists them for an operation (`x-krea-rules`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from krea_client import _json
from krea_client._request.validation_messages import address
from krea_client._spec.catalogue import Operation
from krea_client.errors import Problem


def broken_rules(operation: Operation, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the rules between fields that a body breaks: a problem at each field that an earlier one excludes.

    A field counts as given unless it is empty, null or false, as everywhere in the spec's extensions.
    """
    for rule in _json.items(operation.details.get("rules")):
        names = [name for name in _json.items(_json.members(rule).get("excludes")) if isinstance(name, str)]
        first, *excluded = [name for name in names if body.get(name)] or [""]
        for name in excluded:
            yield Problem(address([name]), f"cannot be given together with {first!r}", "give one of the two")
