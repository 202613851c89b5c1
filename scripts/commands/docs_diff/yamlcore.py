"""Reads YAML and JSON as YAML 1.2 means them (16:9 is a text), and finds the line on which something stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, ClassVar

import yaml

from krea_client.cli.document_diff.operation_facts import Address, Unreadable

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml the same, slower


class _Core(_LOADER):  # type: ignore[misc]  # its base is chosen at run time
    """The core schema: only true, false, null and numbers are no texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in keys:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value} stands twice", problem_mark=key.start_mark)
            keys.add(str(key.value))
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})\\Z"), list(_first))


def load(text: str, first: int = 1) -> Any:
    """Return the value of a text whose first line has this number. Raises Unreadable with the line where it is no YAML."""
    try:
        return yaml.load(text, Loader=_Core)  # noqa: S506  # a SafeLoader with fewer resolvers
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        complaint = getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
        raise Unreadable(f"this is no good YAML: {complaint}", first + mark.line if mark else first) from error


def line_of(text: str, address: Address, first: int = 1) -> int:
    """Return the line of an address, or of its nearest parent that exists."""
    node = _composed(text)
    line = first
    for step in address:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if str(step) not in pairs:
                break
            key, node = pairs[str(step)]
            line = first + key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = first + node.start_mark.line
        else:
            break
    return line


@lru_cache(maxsize=2)
def _composed(text: str) -> Any:
    """Return a text as nodes, which takes a second for a whole document and is asked for each place in it."""
    return yaml.compose(text, Loader=_Core)
