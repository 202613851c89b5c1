"""Reads YAML that every version of the standard reads alike, with libyaml; what could be read in two ways is left to the slow readers."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml the same, slower
_DEEPEST = 100  # brackets in one another: libyaml follows them on the stack of the process, without a limit of its own
_DEEPEST_LINE = re.compile(r"^[- ]{200}", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]{}]")
# Tabs, control characters, and what only YAML 1.1 takes for the end of a line.
_ODD_CHARACTERS = re.compile("[^\n -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe]")
_DIRECTIVE_OR_ANCHOR = re.compile(r"^%|(?:^|[\s\[{,:-])&", re.MULTILINE)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,16}")
# A word without a question mark (which begins a key in some places), what begins like "3D", or a UUID.
_WORD = re.compile(r"(?:[A-Za-z_/$^]|[0-9]+D)[ ->@-~\u00a1-\u2027]*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_CONSTANTS = {"true": True, "false": False, "null": None}


class Uncertain(Exception):
    """The text has something that versions of YAML see differently, or that may be an error."""


class _CertainLoader(_LOADER):  # type: ignore[misc]  # its base is chosen at run time
    """Takes an unquoted scalar only in a form that means the same in YAML 1.1, YAML 1.2 and JSON. Tags in the text are unknown to it."""

    yaml_constructors: ClassVar[dict[str | None, Any]] = {}

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        if kind is not yaml.ScalarNode:
            return "mapping" if kind is yaml.MappingNode else "sequence"
        return _type_of_plain(value or "") if implicit[0] else "string"

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ARG002  # the method of the loader has it
        match node.tag:
            case "string":
                return node.value
            case "mapping":
                return self.construct_mapping(node)
            case "sequence":
                return [self.construct_object(item) for item in node.value]
            case "integer":
                return int(node.value)
            case "float":
                return float(node.value)
            case "constant":
                return _CONSTANTS[node.value]
        raise Uncertain(node.tag)

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[str, Any]:  # noqa: ARG002  # the same
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if key.tag != "string" or key.value in mapping:
                raise Uncertain(key.value)
            mapping[key.value] = self.construct_object(value)
        return mapping


def _type_of_plain(value: str) -> str:
    if value in _CONSTANTS:
        return "constant"
    if _WORD.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return "string"
    if _INTEGER.fullmatch(value):
        return "integer"
    if _FLOAT.fullmatch(value):
        return "float"
    raise Uncertain(value)


def certain_value(text: str) -> Any:
    """Return the value of a text that no reader sees otherwise. Raises Uncertain if that is not certain, also for what is no YAML."""
    if _ODD_CHARACTERS.search(text) or _DIRECTIVE_OR_ANCHOR.search(text):
        raise Uncertain("a character")
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            raise Uncertain("its depth")
    if _DEEPEST_LINE.search(text):
        raise Uncertain("its depth")
    try:
        return yaml.load(text, Loader=_CertainLoader)  # noqa: S506  # a SafeLoader that constructs less
    except (yaml.YAMLError, RecursionError, AttributeError) as error:
        raise Uncertain(str(error)) from error
