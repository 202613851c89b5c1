"""`save`: the results of one job or of many, several at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from krea_client._core.effects import DownloadSink, Flow
from krea_client._transport.downloads import Download, OnDownload, StreamDownload, plan, refuse_target
from krea_client.jobs import Job

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver

AT_ONCE = 16  # downloads
STOP_SECONDS = 1.0  # that an interrupted save waits for its downloads to stop
Operation = Callable[[str, DownloadSink], Flow[Any]]
Planned = tuple[str, Download | StreamDownload]


class SaveOptions(NamedTuple):
    """The options of `save`; see there."""

    overwrite: bool = False
    most_bytes: int | None = None
    on_progress: OnDownload | None = None


class SaveTarget(NamedTuple):
    """Where the results of a request go that is still to be sent: `save_to` and `overwrite` of `Krea.run`."""

    path: str | os.PathLike[str]
    overwrite: bool

    def check(self) -> None:
        """Refuse it before anything is paid for; raise what `refuse_target` raises."""
        refuse_target(self.path, overwrite=self.overwrite)

    def plan(self, job: Job) -> Sequence[Planned]:
        """Return the downloads of a job; raise what `plan_all` raises."""
        return plan_all(job, self.path, SaveOptions(self.overwrite))


def plan_all(
    jobs: Job | str | Sequence[Job | str], target: str | os.PathLike[str] | BinaryIO, options: SaveOptions
) -> Sequence[Planned]:
    """Return the downloads of one job or of many, which go into a folder; raise what `plan` raises.

    Raises:
        TypeError: many jobs, and the target is a file object.
    """
    limits: dict[str, Any] = {"overwrite": options.overwrite, "most_bytes": options.most_bytes}
    if isinstance(jobs, (Job, str)):
        downloads = [*plan(jobs, target, **limits)]
    elif isinstance(target, (str, os.PathLike)):
        folder = f"{os.fspath(target)}/"
        downloads = [download for job in jobs for download in plan(job, folder, **limits)]
    else:
        raise TypeError("the results of several jobs do not go into one file object; give a folder")
    for _, sink in downloads:
        sink.report_to(options.on_progress)
    return downloads


def save(driver: Driver, operation: Operation, downloads: Sequence[Planned], *, in_turn: bool) -> list[Path]:
    """Download everything, several files at a time; raise the first failure when the others have ended.

    Args:
        driver: the client's.
        operation: makes the operation of one download.
        downloads: what `plan_all` gave.
        in_turn: one file after the other.
    """
    if in_turn or len(downloads) < 2:
        return _paths(driver.run(operation(url, sink)) for url, sink in downloads)
    threads = ThreadPoolExecutor(min(AT_ONCE, len(downloads)), thread_name_prefix="krea-client-save")
    # The note about a download comes before it is handed to a thread: an interrupt can hit in between.
    futures: list[Future[Any]] = [Future() for _ in downloads]

    def carry(future: Future[Any], url: str, sink: Download | StreamDownload) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(driver.run(operation(url, sink)))
        except BaseException as error:  # noqa: BLE001  # raised by whoever waits
            future.set_exception(error)

    try:
        for future, (url, sink) in zip(futures, downloads, strict=True):
            threads.submit(carry, future, url, sink)
        wait(futures)
    except BaseException:
        for _, sink in downloads:
            sink.stop()
        threads.shutdown(wait=False, cancel_futures=True)
        wait([future for future in futures if not future.cancel()], STOP_SECONDS)
        raise
    threads.shutdown(wait=False)
    _raise_first([future.exception() for future in futures])
    return _paths(future.result() for future in futures)


async def save_async(
    driver: AsyncDriver, operation: Operation, downloads: Sequence[Planned], *, in_turn: bool
) -> list[Path]:
    """Do as `save`, on asyncio."""
    import asyncio

    if in_turn or len(downloads) < 2:
        return _paths([await driver.run(operation(url, sink)) for url, sink in downloads])
    slots = asyncio.Semaphore(AT_ONCE)

    async def one_file(url: str, sink: Download | StreamDownload) -> Any:
        async with slots:
            return await driver.run(operation(url, sink))

    tasks = [asyncio.create_task(one_file(url, sink)) for url, sink in downloads]
    try:
        await asyncio.wait(tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    _raise_first([task.exception() for task in tasks])
    return _paths(task.result() for task in tasks)


def _raise_first(errors: Sequence[BaseException | None]) -> None:
    failures = [error for error in errors if error is not None]
    if failures:
        for other in failures[1:]:
            failures[0].add_note(f"and: {other}")
        raise failures[0]


def _paths(outcomes: Any) -> list[Path]:
    return [path for path in outcomes if path is not None]  # a file object has none
