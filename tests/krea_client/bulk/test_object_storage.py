"""Results in object storage, on a real S3 server: whole or not at all, and a second one of a name changes nothing."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from krea_client._core.effects import InvalidDownload
from krea_client.bulk.backends import open_storage
from krea_client.bulk.journal import JournalError, StoredFile
from krea_client.bulk.object_storage import ObjectStorage
from krea_client.bulk.storage import ResultSink
from krea_client.errors import SaveFailed

from ..sandbox.conftest import PNG

obstore = pytest.importorskip("obstore", reason="needs the extra `object-storage`")
pytestmark = pytest.mark.services


@pytest.fixture
def bucket(service: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Return the name of a new bucket; temporary files go to a folder of the test."""
    name, endpoint = f"b{uuid4()}", service("s3")
    for variable, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test-secret",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert httpx.put(f"{endpoint}/{name}", trust_env=False).status_code == 200
    return name


def content(bucket: str, name: str) -> bytes:
    return bytes(obstore.store.from_url(f"s3://{bucket}").get(f"night/one/{name}").bytes())


@pytest.fixture
def storage(bucket: str) -> ObjectStorage:
    storage = open_storage(f"s3://{bucket}/night/one")
    assert isinstance(storage, ObjectStorage)
    return storage


def fill(sink: ResultSink, content: bytes) -> ResultSink:
    sink.begin(200, {"content-type": "image/png", "content-length": str(len(content))})
    sink.write(content[:10])
    sink.write(content[10:])
    sink.finish()
    return sink


def keep(storage: ObjectStorage, content: bytes = PNG) -> StoredFile:
    return fill(storage.sink("000/cat", "https://example.com/a", "j1"), content).keep()


def test_a_result_is_an_object_with_the_extension_of_its_content(
    storage: ObjectStorage, bucket: str, tmp_path: Path
) -> None:
    stored = keep(storage)
    assert stored == StoredFile("000/cat.png", len(PNG), hashlib.sha256(PNG).hexdigest())
    assert content(bucket, "000/cat.png") == PNG
    assert list(tmp_path.iterdir()) == []


def test_keeping_a_name_a_second_time_changes_nothing(storage: ObjectStorage, bucket: str) -> None:
    first = keep(storage)
    again = keep(storage, PNG + b"more")
    assert again == first
    assert content(bucket, "000/cat.png") == PNG


def test_of_two_that_keep_at_the_same_time_one_wins_and_both_tell_the_truth(
    storage: ObjectStorage, bucket: str
) -> None:
    for number in range(5):
        sinks = [
            fill(storage.sink(f"000/{number}", "https://example.com/a", "j1"), PNG + bytes([side])) for side in (0, 1)
        ]
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(lambda sink: sink.keep(), sinks)
        assert first == second
        assert hashlib.sha256(content(bucket, first.name)).hexdigest() == first.sha256


def test_what_is_incomplete_or_abandoned_leaves_nothing(storage: ObjectStorage, bucket: str, tmp_path: Path) -> None:
    cut = storage.sink("000/cut", "https://example.com/a", "j1")
    cut.begin(200, {"content-type": "image/png", "content-length": "9999"})
    cut.write(PNG)
    with pytest.raises(InvalidDownload, match="of 9999 bytes came"):
        cut.finish()
    cut.abandon()
    fill(storage.sink("000/left", "https://example.com/a", "j1"), PNG).abandon()
    assert not list(obstore.store.from_url(f"s3://{bucket}").list().collect())
    assert list(tmp_path.iterdir()) == []


def test_small_files_are_replaced_and_results_are_seen(storage: ObjectStorage, bucket: str) -> None:
    storage.put("manifest.jsonl", b"1")
    storage.put("manifest.jsonl", b"2")
    assert content(bucket, "manifest.jsonl") == b"2"
    assert not storage.holds_results()
    keep(storage)
    assert storage.holds_results()


def test_a_bucket_that_is_not_there_is_one_error_with_the_place(storage: ObjectStorage, tmp_path: Path) -> None:
    missing = ObjectStorage("s3://nosuch-bucket-here/p")
    with pytest.raises(SaveFailed, match=r"s3://nosuch-bucket-here/p/000/cat\.png") as excinfo:
        keep(missing)
    assert "test-secret" not in str(excinfo.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unusable_address_is_refused() -> None:
    with pytest.raises(JournalError, match="not a known scheme"):
        open_storage("ftp://host/results")
