"""YAML text and the places of its keys, by PyYAML's parser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from krea_migrate import time_limit
from krea_migrate.languages.json_text import Member, Value
from krea_migrate.limits import READING, LimitReached

# The parser in C is ten times as fast; not every build of PyYAML has it.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_MEMBERS: list[Member] = []  # of a text: nobody changes them
_NO_ITEMS: list[Value] = []


class NotYaml(ValueError):
    """The text is no YAML."""


def parse(text: str) -> list[Value]:
    """Return the documents of a YAML text.

    Raises:
        NotYaml: it is none.
    """
    # PyYAML drops a byte-order mark and counts what is left, so the text must come without one.
    try:
        return _Composer().documents(yaml.parse(text, Loader=_LOADER))
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(str(error).splitlines()[0]) from None


class _Composer:
    """Makes values of the parser's events, without a tree of its own in between; what an anchor names is one value everywhere."""

    def __init__(self) -> None:
        self.open: list[Value] = []
        self.keys: list[Value | None] = []  # of each open value: the key whose value comes next
        self.anchors: dict[str, Value] = {}
        self.sizes: dict[Value, int] = {}  # of the anchors' values, with all that their names stand for
        self.counts: list[int] = [0]
        self.repeated = 0

    def documents(self, events: Iterable[yaml.Event]) -> list[Value]:
        """Return the values of all documents."""
        documents: list[Value] = []
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                start, end = _index(event.start_mark), _index(event.end_mark)
                self._place(Value(start, end, str(event.value), _NO_MEMBERS, _NO_ITEMS), event.anchor, documents)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self.open) >= READING.nesting.value:
                    raise LimitReached(READING.nesting)
                value = Value(_index(event.start_mark), is_object=isinstance(event, yaml.MappingStartEvent))
                self._place(value, event.anchor, documents)
                self.open.append(value)
                self.keys.append(None)
                self.counts.append(0)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(_index(event.end_mark))
            elif isinstance(event, yaml.AliasEvent):
                self._repeat(str(event.anchor), documents)
            elif isinstance(event, yaml.DocumentStartEvent):
                self.anchors.clear()
        return documents

    def _place(self, value: Value, anchor: str | None, documents: list[Value]) -> None:
        self.counts[-1] += 1
        if anchor is not None:
            self.anchors[anchor] = value
            self.sizes[value] = 1
        self._attach(value, documents)

    def _attach(self, value: Value, documents: list[Value]) -> None:
        if not self.open:
            documents.append(value)
        elif not self.open[-1].is_object:
            self.open[-1].items.append(value)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = value
        else:
            self.keys[-1] = None
            if key.text is not None:
                self.open[-1].members.append(Member(key.text, key.start, key.stop, value))

    def _close(self, end: int) -> None:
        time_limit.check()
        value = self.open.pop()
        value.stop = end
        self.keys.pop()
        size = self.counts.pop()
        self.counts[-1] += size
        if value in self.sizes:
            self.sizes[value] += size

    def _repeat(self, name: str, documents: list[Value]) -> None:
        value = self.anchors.get(name)
        if value is None:
            raise NotYaml(f"nothing has the anchor {name!r}")
        if any(value is around for around in self.open):  # an anchor that holds itself
            self._attach(Value(value.start, value.stop), documents)
            return
        self.repeated += self.sizes[value]
        if self.repeated > READING.anchors.value:
            raise LimitReached(READING.anchors)
        self.counts[-1] += self.sizes[value]
        self._attach(value, documents)


def _index(mark: Any) -> int:  # the parser in C has a type of mark of its own
    index: int = mark.index
    return index
