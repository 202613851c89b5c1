"""Which local files a client has uploaded already: equal contents go out once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

ROOM = 1_000  # files that are remembered


class UploadCache:
    """Addresses of uploaded contents by their digest. Threads may share it."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[str, str] = OrderedDict()
        self._on_the_way: set[str] = set()
        self._lock = Lock()

    def take(self, digest: str) -> str | None:
        """The address of these contents; None when the caller is to upload them, "" while somebody else does."""
        with self._lock:
            if digest in self._addresses:
                self._addresses.move_to_end(digest)
                return self._addresses[digest]
            if digest in self._on_the_way:
                return ""
            self._on_the_way.add(digest)
            return None

    def put(self, digest: str, address: str | None) -> None:
        """Notes where the contents are now, or with None that uploading them did not work."""
        with self._lock:
            self._on_the_way.discard(digest)
            if address is not None:
                self._addresses[digest] = address
                if len(self._addresses) > ROOM:
                    self._addresses.popitem(last=False)

    def forget(self) -> None:
        """Holds no address any more: one of them may have gone, and which contents were there nobody tells."""
        with self._lock:
            self._addresses.clear()
