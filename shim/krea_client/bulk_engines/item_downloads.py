"""What every engine runs: the download of one ended item, which may be repeated as often as an engine likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from krea_client.bulk.journal import BulkItem, JournalError, StoredFile
from krea_client.bulk.states import ItemState
from krea_client.bulk.work import LEASE, AfterWork
from krea_client.client import Krea
from krea_client.errors import ConnectionFailed, SaveFailed

# What a repetition may cure.
REPEATABLE: tuple[type[Exception], ...] = (SaveFailed, ConnectionFailed, JournalError, OSError)


class DownloadPlace(NamedTuple):
    """Where a run is, as each worker of an engine reaches it.

    Attributes:
        output: object storage such as s3://bucket/prefix, or a folder that all workers have.
        journal: such as postgresql://host/database; KREA_BULK_JOURNAL of the worker where None.
        after: called with each item whose files are kept; it must bear a second call for the same item.
        lease: seconds in which a download that was handed to the engine is handed out to nobody else.
    """

    output: str
    journal: str | None = None
    after: AfterWork | None = None
    lease: float = LEASE


def download_item(place: DownloadPlace, document: Mapping[str, Any]) -> dict[str, Any]:
    """Download the results of one item, and record that; return the item as JSON values.

    The client takes its token and address from the environment of the worker.

    Raises:
        SaveFailed, ConnectionFailed, JournalError, OSError: as in `REPEATABLE`.
        KreaError: a repetition does not help.
    """
    with Krea() as krea, krea.bulk.worker(place.output, journal=place.journal, after=place.after) as worker:
        return to_json(worker.save(from_json(document)))


def ended_items(place: DownloadPlace, most: int = 100, name: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield ended items as JSON values, to be handed to an engine; each is handed out again only when its lease has passed."""
    with (
        Krea() as krea,
        krea.bulk.worker(place.output, journal=place.journal, name=name, lease=place.lease) as worker,
    ):
        yield from map(to_json, worker.take(most))


def to_json(item: BulkItem) -> dict[str, Any]:
    """Return an item as JSON values, which every engine can carry."""
    document = item._asdict()
    return {**document, "state": int(item.state), "files": [list(file) for file in item.files]}


def from_json(document: Mapping[str, Any]) -> BulkItem:
    """Return the item of JSON values."""
    lists = {name: tuple(document[name]) for name in ("candidates", "urls")}
    files = tuple(StoredFile(*file) for file in document["files"])
    values: dict[str, Any] = {**document, **lists, "files": files, "state": ItemState(document["state"])}
    return BulkItem(**values)
