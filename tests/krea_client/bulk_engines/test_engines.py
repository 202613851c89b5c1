"""Celery and Dask download what a run has left to them. Ray and Temporal are tried by scripts/engines only, for their size."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from krea_client.bulk.states import ItemState
from krea_client.bulk_engines.celery_tasks import download_task
from krea_client.bulk_engines.dask_tasks import submit_downloads
from krea_client.bulk_engines.item_downloads import DownloadPlace, ended_items

pytestmark = pytest.mark.services
APP = """
import os
from celery import Celery
from krea_client.bulk_engines.celery_tasks import download_task
from krea_client.bulk_engines.item_downloads import DownloadPlace

app = Celery("pictures", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
download = download_task(app, DownloadPlace(os.environ["OUTPUT"]))
"""


def saved_files(place: DownloadPlace) -> list[str]:
    return sorted(path.name for path in (Path(place.output) / "000").glob("*.png"))


def test_celery(place: DownloadPlace, tmp_path: Path, service: Callable[[str], str]) -> None:
    celery = pytest.importorskip("celery", reason="needs Celery: scripts/services test tests/krea_client/bulk_engines")
    (tmp_path / "pictures.py").write_text(APP)
    queue = str(uuid4())
    environment = {**os.environ, "BROKER": service("redis"), "OUTPUT": place.output, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "celery", "-A", "pictures", "worker", "-P", "solo", "-l", "ERROR", "-Q", queue]
    worker = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
    try:
        app = celery.Celery("pictures", broker=service("redis"), backend=service("redis"))
        download = download_task(app, place)
        results = [download.apply_async(args=[document], queue=queue) for document in ended_items(place)]
        assert [result.get(timeout=60)["state"] for result in results] == [ItemState.SAVED] * 3
        app.close()
        assert saved_files(place) == ["1.png", "2.png", "3.png"]
    finally:
        worker.kill()
        worker.wait()


def test_dask(place: DownloadPlace) -> None:
    distributed = pytest.importorskip(
        "distributed", reason="needs Dask: scripts/services test tests/krea_client/bulk_engines"
    )
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        documents = client.gather(submit_downloads(client, place, ended_items(place)))
    assert [document["state"] for document in documents] == [ItemState.SAVED] * 3
    assert saved_files(place) == ["1.png", "2.png", "3.png"]
