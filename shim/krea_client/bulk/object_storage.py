"""Results in object storage (S3, Google, Azure): each is checked on local disk, then written as a whole object or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from krea_client._transport.downloads import Download
from krea_client.bulk.journal import JournalError, StoredFile
from krea_client.bulk.result_names import is_result_folder
from krea_client.errors import SaveFailed

ONE_REQUEST = 4 << 30  # bytes; S3 takes 5 GiB in one request, and only one request can say "if there is none yet"


class ObjectStorage:
    """A prefix of a bucket for results.

    Credentials, region and endpoint come from the environment, as the tools of each provider have it (AWS_ACCESS_KEY_ID, AWS_REGION,
    AWS_ENDPOINT_URL, GOOGLE_SERVICE_ACCOUNT, AZURE_STORAGE_ACCOUNT_NAME, ...).

    Args:
        address: such as "s3://bucket/prefix", "gs://bucket/prefix" or "az://container/prefix".

    Raises:
        JournalError: obstore is not installed, or the address cannot be used.
    """

    def __init__(self, address: str) -> None:
        try:
            from obstore.store import from_url
        except ImportError:
            text = (
                f"{_public(address)}: needs the extra `object-storage`; run: pip install 'krea-client[object-storage]'"
            )
            raise JournalError(text) from None
        self._address = _public(address)
        try:
            self._store: Any = from_url(address)
        except Exception as error:
            raise JournalError(f"{self._address}: cannot be used: {_first_line(error)}") from error

    @property
    def address(self) -> str:
        """Return the address, without a password."""
        return self._address

    def sink(self, name: str, url: str, job_id: str | None) -> ObjectSink:
        """Return the destination of one result."""
        return ObjectSink(self, name, url, job_id)

    def put(self, name: str, content: bytes) -> None:
        """Write a small file; see `Storage.put`."""
        import obstore

        with self._saving(name, None):
            obstore.put(self._store, name, content, use_multipart=False)

    def holds_results(self) -> bool:
        """Return True where folders of results are there."""
        obstore: Any = import_module("obstore")
        with self._saving("", None):
            listing = obstore.list_with_delimiter(self._store)
        return any(is_result_folder(prefix.rstrip("/").rpartition("/")[2]) for prefix in listing["common_prefixes"])

    def create(self, name: str, path: Path, job_id: str | None) -> bool:
        """Write a local file as an object; return False where there is one of that name, which stays as it is.

        Raises:
            SaveFailed: it cannot be written; nothing has its name.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError

        with self._saving(name, job_id):
            if self.digest(name, job_id) is not None:
                return False
            if path.stat().st_size > ONE_REQUEST:
                obstore.put(self._store, name, path)
                return True
            try:
                obstore.put(self._store, name, path, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
            return True

    def digest(self, name: str, job_id: str | None) -> StoredFile | None:
        """Return the facts of an object, by reading it, or None where there is none."""
        import obstore

        digest, size = hashlib.sha256(), 0
        with self._saving(name, job_id):
            try:
                chunks = obstore.get(self._store, name).stream()
            except FileNotFoundError:
                return None
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
        return StoredFile(name, size, digest.hexdigest())

    @contextmanager
    def _saving(self, name: str, job_id: str | None) -> Generator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as fault:
            place = f"{self._address.rstrip('/')}/{name}"
            text = f"{place} could not be written or read: {_first_line(fault)}; see the credentials and the bucket"
            raise SaveFailed(text, path=place, job_id=job_id) from fault


class ObjectSink:
    """One result on its way to its object: it comes into a temporary file, where it is checked."""

    def __init__(self, storage: ObjectStorage, name: str, url: str, job_id: str | None) -> None:
        self.job_id = job_id
        self._storage, self._name = storage, name
        self._folder = TemporaryDirectory(prefix="krea-client-")
        self._inner = Download(Path(self._folder.name, "result"), naming=True, overwrite=True, url=url, job_id=job_id)

    @property
    def came(self) -> int:
        """Return how many bytes of the file are there already."""
        return self._inner.came

    def wants(self) -> Mapping[str, str]:
        """Return headers that ask for the rest of the file."""
        return self._inner.wants()

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the head of the response."""
        self._inner.begin(status, headers)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._inner.write(chunk)

    def finish(self) -> None:
        """Validate the whole; see `ResultSink`."""
        self._inner.verify()

    def keep(self) -> StoredFile:
        """Write the whole object; one that has its name already stays."""
        path = self._inner.store()
        name = self._name + path.suffix
        with path.open("rb") as file:
            own = StoredFile(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
        try:
            if self._storage.create(name, path, self.job_id):
                return own
            return self._storage.digest(name, self.job_id) or own
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Leave nothing behind, also where a thread is still at the download."""
        self._inner.stop()
        self._inner.abandon()
        self._folder.cleanup()


def _public(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300] or type(error).__name__
