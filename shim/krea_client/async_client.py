"""AsyncKrea: the client for asyncio programs."""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, Unpack

from krea_client._base_client import BaseClient
from krea_client._client_setup import arguments_in, set_up
from krea_client._clock import Clock
from krea_client._core.effects import Timeout
from krea_client._core.policies import Pace, Retry
from krea_client._core.polling import PollState
from krea_client._core.retrying import CallLimits, OnInterrupt
from krea_client._redaction import redact_url
from krea_client._request.alias_translation import Policy
from krea_client._request.build import AliasUse, SubmitOptions
from krea_client._session import OpenOptions, Session
from krea_client._settings import Document
from krea_client._transport.async_driver import AsyncDriver
from krea_client._transport.async_http import AsyncHttpTransport
from krea_client._transport.http_library import AsyncTransportLike, ProxyLike
from krea_client._transport.progress_calls import awaiting
from krea_client._transport.saving import SaveOptions, plan_all, save_async
from krea_client.client import TIMEOUT, durable_batch, save_target
from krea_client.events import Hooks
from krea_client.jobs import Job, RunResult
from krea_client.resources._access import ResourceAccess

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient
    from krea_client.bulk.runs import AsyncBulkRuns
    from krea_client.resources.assets import AsyncAssets
    from krea_client.resources.jobs import AsyncJobs
    from krea_client.resources.node_apps import AsyncNodeApps
    from krea_client.resources.reports import AsyncReports
    from krea_client.resources.styles import AsyncStyles


class AsyncKrea(BaseClient):
    """A client of the Krea API on asyncio. Closes its connections at the end of an `async with` block.

    Its methods translate, warn and validate when they are called, so that a warning names the caller's line even under `gather`
    or `create_task`; they raise when they are awaited. Arguments and errors are those of `Krea`; the transport is an async one.
    """

    jobs: ResourceAccess[AsyncJobs] = ResourceAccess("jobs", "AsyncJobs", "Generations: get, list, cancel, candidates.")
    assets: ResourceAccess[AsyncAssets] = ResourceAccess(
        "assets", "AsyncAssets", "Uploaded files: upload, get, list, delete."
    )
    styles: ResourceAccess[AsyncStyles] = ResourceAccess(
        "styles", "AsyncStyles", "Styles: search, get, update, share, train."
    )
    node_apps: ResourceAccess[AsyncNodeApps] = ResourceAccess("node_apps", "AsyncNodeApps", "Node apps: get, execute.")
    reports: ResourceAccess[AsyncReports] = ResourceAccess(
        "reports", "AsyncReports", "3D results in other formats, and usage."
    )
    bulk: ResourceAccess[AsyncBulkRuns] = ResourceAccess("runs", "AsyncBulkRuns", "Durable bulk runs.", package="bulk")

    def __init__(
        self,
        token: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float | Timeout = TIMEOUT,
        transport: AsyncTransportLike | None = None,
        proxy: str | ProxyLike | None = None,
        verify: ssl.SSLContext | str | os.PathLike[str] | None = None,
        cert: str | tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        aliases: Policy | None = None,
        on_alias: Callable[[AliasUse], object] | None = None,
        clock: Clock | Callable[[], datetime] | None = None,
        retry: Retry | None = None,
        pace: Pace | None = None,
        on_interrupt: OnInterrupt = "keep",
        budget: float | None = None,
        hooks: Hooks | None = None,
        document: Document | None = None,
        profile: str | None = None,
    ) -> None:
        try:
            setup = set_up(is_async=True, **arguments_in(locals()))
        finally:
            del token
        clock, show = setup.settings.clock, setup.secret.show
        self._transport = AsyncHttpTransport(setup.url, show(), timeout, transport, clock.monotonic, setup.network)
        self._driver = AsyncDriver(self._transport, clock)
        self._session = Session(setup.settings)
        self._base_url = redact_url(self._transport.base_url)

    def submit(
        self,
        request_or_model: object,
        body: Mapping[str, Any] | None = None,
        /,
        *,
        webhook_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        check: bool = True,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        **fields: Any,
    ) -> Coroutine[Any, Any, Job]:
        """Start a generation and return its job, without waiting; see `Krea.submit`."""
        submission = SubmitOptions(webhook_url, extra_body, check)
        return self._driver.later(
            self._session.submit, request_or_model, body, fields, submission, CallLimits(timeout, retry)
        )

    def run(
        self,
        request_or_model: object,
        body: Mapping[str, Any] | None = None,
        /,
        *,
        webhook_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        check: bool = True,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        deadline: float | None = None,
        on_submit: Callable[[Job], object] | None = None,
        on_update: Callable[[Job], object] | None = None,
        save_to: str | os.PathLike[str] | None = None,
        overwrite: bool = False,
        **fields: Any,
    ) -> Coroutine[Any, Any, Job]:
        """Start a generation, wait for it and return the completed job; see `Krea.run`."""
        submission, limits = SubmitOptions(webhook_url, extra_body, check), CallLimits(timeout, retry)
        state, target = PollState(deadline, on_update, on_submit), save_target(save_to, overwrite=overwrite)
        return self._driver.later(self._session.run, request_or_model, body, fields, submission, limits, state, target)

    def wait(
        self,
        job: Job | str,
        /,
        *,
        deadline: float | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        on_update: Callable[[Job], object] | None = None,
    ) -> Coroutine[Any, Any, Job]:
        """Wait for a job and return it when it is completed; see `Krea.wait`."""
        return self._driver.later(self._session.wait, job, CallLimits(timeout, retry), PollState(deadline, on_update))

    def save(
        self,
        job: Job | str | Sequence[Job | str],
        target: str | os.PathLike[str] | BinaryIO = ".",
        *,
        overwrite: bool = False,
        most_bytes: int | None = None,
        on_progress: Callable[[int, int | None], object] | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, list[Path]]:
        """Download a job's results and return their paths; a file is there whole or not at all; see `Krea.save`."""
        limits = CallLimits(timeout, retry)
        return awaiting(
            on_progress, lambda report: self._save(job, target, SaveOptions(overwrite, most_bytes, report), limits)
        )

    async def _save(
        self,
        job: Job | str | Sequence[Job | str],
        target: str | os.PathLike[str] | BinaryIO,
        options: SaveOptions,
        limits: CallLimits,
    ) -> list[Path]:
        saving = self._session.saving(limits)
        self._transport.read_ahead.note_save(job)
        downloads = plan_all(job, target, options)
        return await save_async(self._driver, saving, downloads, in_turn=options.on_progress is not None)

    def open(self, job: Job | str, number: int = 0, **options: Unpack[OpenOptions]) -> Coroutine[Any, Any, IO[bytes]]:
        """Download one result into a temporary file and return it; see `Krea.open`."""
        return self._driver.later(self._session.open_result, job, number, **options)

    def read(self, job: Job | str, number: int = 0, **options: Unpack[OpenOptions]) -> Coroutine[Any, Any, bytes]:
        """Download one result and return its bytes; see `Krea.read`."""
        return _read(self.open(job, number, **options))

    def run_all(
        self,
        requests: Iterable[Any],
        /,
        *,
        at_once: int = 8,
        deadline: float | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        check: bool = True,
        on_submit: Callable[[Job], object] | None = None,
        on_update: Callable[[Job], object] | None = None,
        key: Callable[[Any], object] | None = None,
        journal: str | os.PathLike[str] | None = None,
    ) -> AsyncIterator[RunResult]:
        """Run many requests, so many at a time, and yield each result as it ends; see `Krea.run_all`."""
        state = PollState(deadline, on_update, on_submit)
        settings = (SubmitOptions(check=check), CallLimits(timeout, retry), state, durable_batch(journal, key))
        return self._driver.iterate(self._session.run_all(requests, at_once, *settings), self._session.undelivered)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client with this client's token and connections, for the `asyncio` functions of `krea_api.api.*`."""
        return self._transport.raw()

    async def aclose(self) -> None:
        """End unfinished batches and close all connections; closing twice does no harm."""
        await self._close(None)

    async def _close(self, error: BaseException | None) -> None:
        try:
            await self._driver.close_iterations()
        finally:
            self._session.name_abandoned_jobs(error)
            await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        await self._close(error)


async def _read(opening: Coroutine[Any, Any, IO[bytes]]) -> bytes:
    with await opening as file:
        return file.read()
