"""The input of a bulk run that a Python program iterates; a resumed run compares the items that it passes over by a digest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, cast

from krea_client import _json
from krea_client.bulk.input_files import START, InputError, InputLine, from_members, with_key
from krea_client.bulk.journal import Checkpoint
from krea_client.bulk.result_names import ITEMS_PER_FOLDER

_CHUNK = ITEMS_PER_FOLDER  # items that are read and compared at a time
_DIGEST, _COUNT = "items_digest", "items_count"  # settings: of the items that were planned

KeyOf = Callable[[Any], object]


class PassedItems(NamedTuple):
    """Items that an earlier process has begun, passed over.

    Attributes:
        item_count: how many there were.
        digest: of all of them, as `InputLine.chain`.
        lines: those that were asked for, by ordinal.
        following: the items behind them.
    """

    item_count: int
    digest: str
    lines: dict[int, InputLine]
    following: Iterator[InputLine]


class ItemChain:
    """The digest of items in their order, with their keys: of 1.1 microseconds an item, where `add_all` takes many.

    JSON has no order of members and no tuples, so equal items have one digest in every process. Of local files it has the path.
    """

    def __init__(self, key_of: KeyOf | None, in_other_words: Callable[[int, Any], bytes]) -> None:
        self._key_of = key_of
        self._in_other_words = in_other_words  # the bytes of an item that is no JSON, by its number and itself
        self._items = hashlib.sha256()
        self._keys = hashlib.sha256()
        self.count: int = 0

    def add(self, item: object, key: str) -> None:
        """Add one item, whose key is known."""
        self._items.update(_json_bytes([item]) or self._in_other_words(self.count, item))
        if self._key_of is not None:
            self._keys.update(f"{key}\0".encode("utf-8", "surrogatepass"))
        self.count += 1

    def add_all(self, items: list[Any]) -> None:
        """Add items."""
        joined = _json_bytes(items)
        if joined is None:
            for number, item in enumerate(items):
                self._items.update(_json_bytes([item]) or self._in_other_words(self.count + number, item))
        else:
            self._items.update(joined)
        if self._key_of is not None and items:
            keys = "\0".join(map(str, map(self._key_of, items)))
            self._keys.update(f"{keys}\0".encode("utf-8", "surrogatepass"))
        self.count += len(items)

    def digest(self) -> str:
        """Return the digest of what was added."""
        keys = "" if self._key_of is None else self._keys.hexdigest()
        return self._items.hexdigest() + keys


def _path_as_text(value: object) -> object:
    if isinstance(value, os.PathLike):
        return os.fspath(cast("os.PathLike[str]", value))
    raise TypeError


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_path_as_text).encode


def _json_bytes(items: list[Any]) -> bytes | None:
    """Return the JSON of items with a comma behind each, or None where one of them is no JSON."""
    try:
        return f"{_encode(items)[1:-1]},".encode()
    except (TypeError, ValueError, RecursionError):
        return None


class IterableInput:
    """Items of a Python program: request objects, pairs of a model id and a body, or mappings like the lines of a file.

    Args:
        items: read one by one; a resumed run passes over what it has done, so they must come in the same order.
        key_of: makes the key of an item, from what the iterable yields; None numbers them.
        digest_of: returns bytes that tell an item from others, for those that are no JSON; None tells only their number.
    """

    fingerprint_is_whole = False

    def __init__(
        self,
        items: Iterable[Any],
        key_of: KeyOf | None = None,
        digest_of: Callable[[InputLine], bytes] | None = None,
    ) -> None:
        self._items = items
        self._key_of = key_of
        self._digest_of = digest_of
        self.can_be_read_twice: bool = isinstance(items, Sequence)

    @property
    def name(self) -> str:
        """Return "the items"."""
        return "the items"

    def lines(self, start: Checkpoint = START) -> Iterator[InputLine]:
        """Yield the items."""
        for ordinal, item in enumerate(self._items):
            if ordinal >= start.ordinal:
                yield self._line(ordinal, item)

    def pass_over(self, count: int, ordinals: Collection[int]) -> PassedItems:
        """Read the first items, and return their digest, and what comes behind them; an iterator is read once, from its beginning.

        Args:
            count: how many; there may be fewer.
            ordinals: of those whose lines are needed again.
        """
        items, chain = iter(self._items), self._chain()
        lines: dict[int, InputLine] = {}
        last: list[Any] = []  # of the last folder of results
        next_ordinals = sorted(ordinals, reverse=True)
        while chunk := list(islice(items, min(_CHUNK, count - chain.count))):
            first, last = chain.count, chunk
            chain.add_all(chunk)
            while next_ordinals and next_ordinals[-1] < chain.count:
                ordinal = next_ordinals.pop()
                lines[ordinal] = self._line(ordinal, chunk[ordinal - first])
        folder_begin = chain.count - chain.count % ITEMS_PER_FOLDER
        keys = {
            self._line(number, item).key for number, item in enumerate(last[: chain.count - folder_begin], folder_begin)
        }
        return PassedItems(chain.count, chain.digest(), lines, self._rest(items, chain, keys))

    def _rest(self, items: Iterator[Any], chain: ItemChain, keys: set[str]) -> Iterator[InputLine]:
        """Yield the lines of items; a key that another item of the same folder has would be the name of two results."""
        for item in items:
            line = self._line(chain.count, item)
            if not line.ordinal % ITEMS_PER_FOLDER:
                keys.clear()
            if line.key in keys and not line.problem:
                line = line._replace(problem=f"its key {line.key!r} is there already; give each item a key of its own")
            keys.add(line.key)
            chain.add(item, line.key)
            yield line._replace(chain=chain.digest())

    def _chain(self) -> ItemChain:
        return ItemChain(self._key_of, self._in_other_words)

    def _in_other_words(self, ordinal: int, item: object) -> bytes:
        own = b"" if self._digest_of is None else self._digest_of(self._line(ordinal, item))
        return b"\0" + own

    def _line(self, ordinal: int, item: Any) -> InputLine:
        bare = InputLine(ordinal, ordinal, f"item {ordinal + 1}", str(ordinal + 1))
        if _json.is_object(item):
            line = from_members(item, bare)
        else:
            parts = _json.sequence(item)
            target, body = (parts[0], parts[1]) if parts is not None and len(parts) == 2 else (item, None)
            line = bare._replace(target=target, body=cast("Mapping[str, Any] | None", body))
        return line if self._key_of is None else with_key(line, str(self._key_of(item)))

    def fingerprint(self) -> dict[str, str]:
        """Return number and digest of items that can be read twice; no settings for others, which are compared as they come."""
        if not self.can_be_read_twice:
            return {}
        chain, items = self._chain(), iter(self._items)
        while chunk := list(islice(items, _CHUNK)):
            chain.add_all(chunk)
        return {_COUNT: str(chain.count), _DIGEST: chain.digest()}

    def is_unchanged(self, settings: Mapping[str, str]) -> bool:
        """Return True for the items that were planned."""
        return _DIGEST in settings and self.fingerprint().items() <= settings.items()

    def check(self, settings: Mapping[str, str]) -> None:
        """Check that the run was not begun with a file."""
        if "input_size" in settings:
            raise InputError("this run was begun with a file; give that file")
