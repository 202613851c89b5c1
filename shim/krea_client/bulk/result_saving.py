"""Download the results of an ended job to a storage; if a URL has expired, fetch the job again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from krea_client._core import operations
from krea_client._core.effects import Fetch, Flow
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client.bulk.journal import BulkItem, StoredFile
from krea_client.bulk.result_names import result_name
from krea_client.bulk.storage import Storage
from krea_client.errors import KreaError, SaveFailed
from krea_client.jobs import Job

UNCLAIMED = "unclaimed"


class NothingToSave(KreaError):
    """The job has ended, and has no results any more."""


def save_item(
    item: BulkItem, storage: Storage, options: RequestOptions, context: CallContext
) -> Flow[tuple[StoredFile, ...]]:
    """Save the results of an ended item and return their files.

    Raises:
        SaveFailed: one could not be saved; those before it are kept, and keeping them again does nothing.
        NothingToSave: the job has no results any more.
    """
    urls: Sequence[str] = item.urls
    if not urls:
        urls = yield from _addresses(item.job_id or "", options, context)
    try:
        return (yield from _save_all(item, urls, storage, options))
    except SaveFailed as error:
        if is_local(error):
            raise
        fresh = yield from _addresses(item.job_id or "", options, context)
        return (yield from _save_all(item, fresh, storage, options))


def save_unclaimed(job: Job, storage: Storage, options: RequestOptions) -> Flow[tuple[StoredFile, ...]]:
    """Save the results of a job that may belong to an unknown item, under its id."""
    files: list[StoredFile] = []
    for number, url in enumerate(job.urls, 1):
        stem = result_name(0, job.id).partition("/")[2]
        name = f"{UNCLAIMED}/{stem}" + ("" if number == 1 else f".{number}")
        files.append((yield from _save(url, name, job.id, storage, options)))
    return tuple(files)


def is_local(error: SaveFailed) -> bool:
    """Return True where the storage did not take a result, rather than its host not giving it."""
    return error.url is None


def _save_all(
    item: BulkItem, urls: Sequence[str], storage: Storage, options: RequestOptions
) -> Flow[tuple[StoredFile, ...]]:
    files: list[StoredFile] = []
    for number, url in enumerate(urls, 1):
        name = result_name(item.ordinal, item.key, number)
        files.append((yield from _save(url, name, item.job_id, storage, options)))
    return tuple(files)


def _save(url: str, name: str, job_id: str | None, storage: Storage, options: RequestOptions) -> Flow[StoredFile]:
    sink = storage.sink(name, url, job_id)
    try:
        return cast("StoredFile", (yield from operations.fetch_whole(Fetch(url, sink, then=sink.keep), options)))
    finally:
        sink.abandon()


def _addresses(job_id: str, options: RequestOptions, context: CallContext) -> Flow[Sequence[str]]:
    job = yield from operations.get_job(job_id, options, context)
    if not job.urls:
        raise NothingToSave(f"job {job_id} is {job.status or 'running'} and has no results any more")
    return job.urls
