"""YAML text and the places of its keys, by PyYAML's reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import yaml

from krea_migrate.languages.json_text import Member, Value

MOST = 100_000


class NotYaml(ValueError):
    """The text is no YAML."""


class _Loader(yaml.SafeLoader):
    """Only composes; nothing is constructed, so unknown tags are no error."""


def parse(text: str) -> list[Value]:
    """The documents of a YAML text.

    Raises:
        NotYaml: it is none.
    """
    # PyYAML drops a byte-order mark and counts what is left, so the text must come without one.
    try:
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(str(error).splitlines()[0]) from None
    return _Reader().values(nodes)


class _Reader:
    """Makes values of nodes; what an anchor names is made wherever its name stands, up to a limit."""

    def __init__(self) -> None:
        self.left = MOST

    def values(self, nodes: Iterable[yaml.Node]) -> list[Value]:
        """The values of documents."""
        return [self._value(node, frozenset()) for node in nodes]

    def _value(self, node: yaml.Node, above: frozenset[int]) -> Value:
        self.left -= 1
        if self.left < 0:
            raise NotYaml(f"it stands for more than {MOST} values")
        found = Value(node.start_mark.index, node.end_mark.index)
        if id(node) in above:  # an anchor that holds itself
            return found
        inside = above | {id(node)}
        if isinstance(node, yaml.MappingNode):
            found.is_object = True
            found.members = list(self._members(node, inside))
        elif isinstance(node, yaml.SequenceNode):
            found.items = [self._value(one, inside) for one in node.value]
        else:
            found.text = str(node.value)
        return found

    def _members(self, node: yaml.MappingNode, inside: frozenset[int]) -> Iterator[Member]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield Member(str(key.value), key.start_mark.index, key.end_mark.index, self._value(value, inside))
