"""Cache of uploaded files: a client uploads equal contents once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from krea_client import _forks

CAPACITY = 1_000  # files


class UploadCache:
    """Addresses of uploaded contents by their digest. Threads may share it."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[str, str] = OrderedDict()
        self._uploading: set[str] = set()
        self._lock = Lock()
        _forks.register(self)

    def renew_after_fork(self) -> None:
        """Replace the lock, and forget the uploads in progress: their threads are the parent's."""
        self._lock = Lock()
        self._uploading.clear()

    def take(self, digest: str) -> str | None:
        """Return the address of these contents; None when the caller is to upload them, "" while another caller does."""
        with self._lock:
            if digest in self._addresses:
                self._addresses.move_to_end(digest)
                return self._addresses[digest]
            if digest in self._uploading:
                return ""
            self._uploading.add(digest)
            return None

    def put(self, digest: str, address: str | None) -> None:
        """Store the address of the contents, or with None that the upload failed."""
        with self._lock:
            self._uploading.discard(digest)
            if address is not None:
                self._addresses[digest] = address
                if len(self._addresses) > CAPACITY:
                    self._addresses.popitem(last=False)

    def forget(self, digest: str) -> None:
        """Forget the address of these contents, which the API may have deleted."""
        with self._lock:
            self._addresses.pop(digest, None)

    def clear(self) -> None:
        """Forget every address: one of them may have been deleted, and the API does not say which contents it had."""
        with self._lock:
            self._addresses.clear()
