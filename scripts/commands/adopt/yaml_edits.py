"""Edits of one YAML file of spec/ by address, which leave every other line as it is written."""

from __future__ import annotations

from typing import Any

import yaml

from docs_diff import yamlcore

from .yaml_blocks import entry

Address = tuple[str | int, ...]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml the same, slower


class YamlFile:
    """The text of one file, and what changes in it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._read: tuple[str, dict[str, Any]] | None = None

    @property
    def value(self) -> dict[str, Any]:
        """Return what the file says now."""
        if self._read is None or self._read[0] != self.text:
            self._read = (self.text, yamlcore.load(self.text) or {})
        return self._read[1]

    def has(self, *address: str | int) -> bool:
        """Return whether something stands at an address, in this file and as written."""
        return self._pair(address) is not None

    def set(self, address: Address, value: Any) -> None:
        """Write a member of a mapping, in the place of the old one or behind the last. The mapping must be there."""
        pair = self._pair(address)
        parent = self._node(address[:-1])
        if not isinstance(parent, yaml.MappingNode):
            raise KeyError(address)
        if parent.flow_style:
            self.set(address[:-1], _with(self._value(address[:-1]), str(address[-1]), value))
        elif pair is not None:
            key, old = pair
            new_text = entry(str(address[-1]), value, key.start_mark.column)
            self._replace(key.start_mark.index, self._end(old), new_text)
        else:
            last_key, last = parent.value[-1]
            indent = last_key.start_mark.column
            end = self.text.find("\n", self._end(last))
            at = len(self.text.rstrip("\n")) if end < 0 else end
            self._replace(at, at, f"\n{' ' * indent}{entry(str(address[-1]), value, indent)}")

    def set_before(self, address: Address, value: Any, followers: tuple[str, ...]) -> None:
        """Write a member of a block mapping before the first of `followers` that it has, unless it is there already."""
        parent = self._node(address[:-1])
        keys = (
            [] if self.has(*address) or not isinstance(parent, yaml.MappingNode) else [key for key, _ in parent.value]
        )
        follower = next((key for key in keys if key.value in followers), None)
        if follower is None:
            self.set(address, value)
        else:
            indent = follower.start_mark.column
            new_text = f"{entry(str(address[-1]), value, indent)}\n{' ' * indent}"
            self._replace(follower.start_mark.index, follower.start_mark.index, new_text)

    def delete(self, address: Address) -> None:
        """Take a member out of its mapping. KeyError where there is none."""
        pair, parent = self._pair(address), self._node(address[:-1])
        if pair is None or not isinstance(parent, yaml.MappingNode):
            raise KeyError(address)
        if parent.flow_style:
            members = {key: item for key, item in self._value(address[:-1]).items() if key != address[-1]}
            self.set(address[:-1], members)
            return
        start = self.text.rfind("\n", 0, pair[0].start_mark.index) + 1
        end = self.text.find("\n", self._end(pair[1]))
        self._replace(start, len(self.text) if end < 0 else end + 1, "")

    def _replace(self, start: int, end: int, text: str) -> None:
        self.text = f"{self.text[:start]}{text}{self.text[end:]}"
        if not self.text.endswith("\n"):
            self.text += "\n"

    def _node(self, address: Address) -> Any:
        node = yaml.compose(self.text, Loader=_LOADER)
        for step in address:
            node = _child(node, step)
        return node

    def _pair(self, address: Address) -> tuple[Any, Any] | None:
        parent = self._node(address[:-1])
        if not isinstance(parent, yaml.MappingNode):
            return None
        return next(((key, item) for key, item in parent.value if key.value == str(address[-1])), None)

    def _value(self, address: Address) -> Any:
        value: Any = self.value
        for step in address:
            value = value[step]
        return value

    def _end(self, node: Any) -> int:
        """Return where a node ends; a block ends with the last thing in it, before comments and empty lines."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return len(self.text[: node.end_mark.index].rstrip())


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((item for key, item in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _with(members: Any, key: str, value: Any) -> dict[str, Any]:
    return {**members, key: value}
