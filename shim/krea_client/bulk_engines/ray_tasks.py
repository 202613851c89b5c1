"""Downloads as tasks of Ray."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from krea_client.bulk_engines.item_downloads import REPEATABLE, DownloadPlace, download_item


def download_function(place: DownloadPlace, *, max_retries: int = 10) -> Any:
    """Return a remote function; `.remote(document)` downloads one item that `ended_items` yields.

    A task whose worker dies, or whose download fails, is run again.

    Args:
        place: where the run is.
        max_retries: largest number of retries of one download.
    """
    ray: Any = import_module("ray")

    def download(document: dict[str, Any]) -> dict[str, Any]:
        return download_item(place, document)

    return ray.remote(max_retries=max_retries, retry_exceptions=list(REPEATABLE))(download)
