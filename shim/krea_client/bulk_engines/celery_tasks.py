"""Downloads as a task of Celery."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from krea_client.bulk_engines.item_downloads import REPEATABLE, DownloadPlace, download_item


def download_task(app: Any, place: DownloadPlace, *, name: str = "krea.download", max_retries: int = 10) -> Any:
    """Return a task of the app that downloads one item; send it what `ended_items` yields.

    A task whose worker dies is run again (acks_late), and one that fails is retried with growing pauses.

    Args:
        app: the Celery app.
        place: where the run is.
        name: the name of the task, the same in every worker.
        max_retries: largest number of retries of one download.
    """

    def download(document: Mapping[str, Any]) -> dict[str, Any]:
        return download_item(place, document)

    return app.task(
        download,
        name=name,
        acks_late=True,
        reject_on_worker_lost=True,
        autoretry_for=REPEATABLE,
        retry_backoff=True,
        retry_jitter=True,
        max_retries=max_retries,
    )
