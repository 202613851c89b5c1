"""Downloads as an activity of Temporal."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from krea_client.bulk_engines.item_downloads import DownloadPlace, download_item

ACTIVITY = "krea_download"


def download_activity(place: DownloadPlace) -> Any:
    """Return the activity `krea_download`, which downloads one item; give it to a worker that has an `activity_executor`.

    Temporal repeats it by its retry policy until it succeeds, also after the death of a worker.

    Args:
        place: where the run is.
    """
    activity: Any = import_module("temporalio.activity")

    def krea_download(document: dict[str, Any]) -> dict[str, Any]:
        return download_item(place, document)

    return activity.defn(name=ACTIVITY)(krea_download)


def download_options(*, seconds: float = 600.0) -> dict[str, Any]:
    """Return the options with which a workflow executes the activity: retried for ever, each try within so many seconds."""
    common: Any = import_module("temporalio.common")
    policy = common.RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
    return {"start_to_close_timeout": timedelta(seconds=seconds), "retry_policy": policy}
