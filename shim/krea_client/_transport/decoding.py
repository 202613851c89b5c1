"""Undo content encodings in small pieces, so that a small response never becomes a large one in memory before it is measured."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from krea_client._core.effects import Unanswered

ACCEPTED = "gzip, deflate"  # what a request asks for; any other encoding is refused
MOST_ENCODINGS = 3  # of one response, one inside the other
_PIECE = 64 << 10  # bytes that one step gives at most
_NAMES = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


class Decoder:
    """Undoes the content encodings of one response, whichever of the accepted ones and however often they are stacked.

    Args:
        content_encoding: that header, or None.
        most_bytes: bytes that any of the encodings may expand to.

    Raises:
        Unanswered: an encoding is not known, or there are too many.
    """

    def __init__(self, content_encoding: str | None, most_bytes: int) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")] if content_encoding else []
        names = [name for name in names if name not in ("", "identity")]
        unknown = [name for name in names if name not in _NAMES]
        if unknown:
            raise Unanswered(f"the response has the content encoding {unknown[0][:40]!r}, which was not asked for")
        if len(names) > MOST_ENCODINGS:
            raise Unanswered(f"the response is encoded {len(names)} times")
        self._stages = [_Stage(_NAMES[name], most_bytes) for name in reversed(names)]

    def feed(self, data: bytes) -> Iterable[bytes]:
        """Yield the decoded pieces of the next bytes.

        Raises:
            Unanswered: they are broken, or expand to too much.
        """
        pieces: Iterable[bytes] = (data,)
        for stage in self._stages:
            pieces = stage.expand(pieces)
        return pieces

    def finish(self) -> None:
        """Check that the encoded response came to its end.

        Raises:
            Unanswered: it is cut off.
        """
        if not all(stage.ended for stage in self._stages):
            raise Unanswered("the compressed response is cut off")


class _Stage:
    """One encoding."""

    def __init__(self, name: str, most_bytes: int) -> None:
        self._name = name
        self._most_bytes = most_bytes
        self._count = 0
        self._first = b""
        self._inflater: zlib._Decompress | None = None
        self._done = False  # what follows is no part of the content

    @property
    def ended(self) -> bool:
        """True when nothing came, or the whole."""
        return self._done or (self._inflater is None and not self._first)

    def expand(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            data = piece
            while data and not self._done:
                inflater = self._inflater or self._begin(data)
                if inflater is None:
                    break
                data, self._first = self._first + data, b""
                yield from self._inflate(inflater, data)
                data = self._next_member(inflater)

    def _begin(self, data: bytes) -> zlib._Decompress | None:
        head = self._first + data
        if self._count and (self._name != "gzip" or head[0] != 0x1F):
            self._done, self._first = True, b""
            return None
        if len(head) < 2:  # too little to tell
            self._first = head
            return None
        is_zlib = head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
        bits = 31 if self._name == "gzip" else 15 if is_zlib else -15  # some servers mean a bare stream by "deflate"
        self._inflater = zlib.decompressobj(bits)
        return self._inflater

    def _inflate(self, inflater: zlib._Decompress, data: bytes) -> Iterator[bytes]:
        try:
            while output := inflater.decompress(data, _PIECE):
                self._count += len(output)
                if self._count > self._most_bytes:
                    raise Unanswered(f"the response expands to more than {self._most_bytes >> 20} MB")
                yield output
                data = inflater.unconsumed_tail
        except zlib.error as fault:
            raise Unanswered(f"the compressed response is broken: {fault}") from None

    def _next_member(self, inflater: zlib._Decompress) -> bytes:
        """Return what follows the end of a compressed stream, if another one may begin there."""
        if not inflater.eof:
            return b""
        self._inflater = None
        return inflater.unused_data
