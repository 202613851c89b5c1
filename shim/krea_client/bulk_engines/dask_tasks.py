"""Downloads as tasks of Dask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from krea_client.bulk_engines.item_downloads import DownloadPlace, download_item


def submit_downloads(
    client: Any, place: DownloadPlace, documents: Iterable[Mapping[str, Any]], *, retries: int = 10
) -> list[Any]:
    """Submit a task for each item that `ended_items` yields, and return the futures.

    A task whose worker dies is run again on another one, and so is a finished one whose result was lost: neither costs anything.

    Args:
        client: a `distributed.Client` of the cluster.
        place: where the run is.
        documents: the items.
        retries: largest number of retries of one download.
    """
    return [
        client.submit(download_item, place, document, key=f"krea-download-{document['job_id']}", retries=retries)
        for document in documents
    ]
