"""Krea: the client for ordinary (synchronous) programs."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, Unpack

from krea_client._base_client import BaseClient
from krea_client._client_setup import arguments_in, set_up
from krea_client._clock import Clock
from krea_client._core.effects import Timeout
from krea_client._core.policies import Pace, Retry
from krea_client._core.retrying import CallLimits, OnInterrupt
from krea_client._redaction import redact_url
from krea_client._request.alias_translation import Policy
from krea_client._request.build import AliasUse, SubmitOptions
from krea_client._session import DurableBatch, OpenOptions, Session, sync_state
from krea_client._settings import Document
from krea_client._transport.driver import Driver
from krea_client._transport.http import SyncHttpTransport
from krea_client._transport.http_library import ProxyLike, SyncTransportLike
from krea_client._transport.progress_calls import plain_function
from krea_client.events import Hooks
from krea_client.jobs import Job, RunResult
from krea_client.resources._access import ResourceAccess

if TYPE_CHECKING:
    from krea_api import AuthenticatedClient
    from krea_client._transport.saving import SaveTarget
    from krea_client.bulk.runs import BulkRuns
    from krea_client.resources.assets import Assets
    from krea_client.resources.jobs import Jobs
    from krea_client.resources.node_apps import NodeApps
    from krea_client.resources.reports import Reports
    from krea_client.resources.styles import Styles

TIMEOUT = 60.0  # seconds


class Krea(BaseClient):
    """A client of the Krea API. Closes its connections at the end of a `with` block.

    Threads may share it. Deprecated field names are translated, with a warning at the line that uses them.

    Args:
        token: the API token; KREA_API_TOKEN, then KREA_API_KEY of the environment where None.
        base_url: the API's address; KREA_BASE_URL, then the documented one where None.
        timeout: of one HTTP exchange, in seconds, or a timeout object of httpx or httpx2. Connecting takes at most 10 s of it.
        transport: a transport of httpx or httpx2 that sends the requests, such as a sandbox's.
        proxy: a proxy for everything that is not on this computer: its address, or a proxy object of httpx or httpx2; HTTPS_PROXY,
            ALL_PROXY and NO_PROXY where None.
        verify: TLS settings, or a PEM file of authorities; SSL_CERT_FILE, SSL_CERT_DIR, then REQUESTS_CA_BUNDLE where None.
        cert: the PEM file of a client certificate, or the files of certificate and key.
        headers: further headers on every request to the API, such as those of a gateway; never sent to the hosts of results.
        aliases: what happens to deprecated field names: "translate" (and warn), "silent" (translate, no warning), "error" (refuse
            unsent), "passthrough" (send unchanged, and warn). KREA_CLIENT_ALIASES, then "translate" where None.
        on_alias: called with an `AliasUse` for every use of a deprecated name, whatever the policy.
        clock: a function that returns the date and time, or a `Clock`.
        retry, pace: when to send a request again; how often to poll a job, and how long to wait for it.
        on_interrupt: what happens to the remote job when a wait is interrupted: "keep" or "cancel".
        budget: spending limit in USD; a submission that would pass it, or whose price is unknown, is refused.
        hooks: functions to call round each HTTP exchange.
        profile: name of a profile in the user's configuration; KREA_PROFILE, then the file's default where None.
        document: "live" for models as the API publishes them, a path or a mapping for another document; KREA_CLIENT_DOCUMENT where None.

    Raises:
        ValueError, TypeError: an argument, or an environment variable, is not usable.
    """

    jobs: ResourceAccess[Jobs] = ResourceAccess("jobs", "Jobs", "Generations: get, list, cancel, candidates.")
    assets: ResourceAccess[Assets] = ResourceAccess("assets", "Assets", "Uploaded files: upload, get, list, delete.")
    styles: ResourceAccess[Styles] = ResourceAccess("styles", "Styles", "Styles: search, get, update, share, train.")
    node_apps: ResourceAccess[NodeApps] = ResourceAccess("node_apps", "NodeApps", "Node apps: get, execute.")
    reports: ResourceAccess[Reports] = ResourceAccess("reports", "Reports", "3D results in other formats, and usage.")
    bulk: ResourceAccess[BulkRuns] = ResourceAccess("runs", "BulkRuns", "Durable bulk runs.", package="bulk")

    def __init__(
        self,
        token: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float | Timeout = TIMEOUT,
        transport: SyncTransportLike | None = None,
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
            setup = set_up(is_async=False, **arguments_in(locals()))
        finally:
            del token
        clock, show = setup.settings.clock, setup.secret.show
        self._transport = SyncHttpTransport(setup.url, show(), timeout, transport, clock.monotonic, setup.network)
        self._session = Session(setup.settings)
        self._driver = Driver(self._transport, clock, self._session.undelivered)
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
    ) -> Job:
        """Start a generation and return its job, without waiting. It is never sent again once it may have been accepted.

        Args:
            request_or_model: a request object of `krea_api.models`, or a model id such as "z-image/z-image".
            body: with a model id, the request body.
            webhook_url: an address of yours that receives one POST with the job when it has ended.
            extra_body: fields that the spec does not know, sent as they are.
            check: False sends the body unchecked; the API moves faster than any spec.
            timeout: of this HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.
            fields: with a model id, fields of the body.

        Raises:
            RequestInvalid, AliasConflict, ModelUnknown, ValueError (an unusable timeout): refused here; nothing was sent.
            ModelGone, Unauthorized, OutOfCredits, Forbidden, Rejected, Busy: refused by the API; nothing was charged.
            ConnectionFailed: the API was not reached; nothing was charged.
            OutcomeUnknown: a job may have been created; `jobs.candidates(error)` lists what it may be.
        """
        options, limits = SubmitOptions(webhook_url, extra_body, check), CallLimits(timeout, retry)
        return self._driver.run(self._session.submit(request_or_model, body, fields, options, limits))

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
    ) -> Job:
        """Start a generation, wait for it and return the completed job; arguments as of `submit`, `wait`, `save`. `on_submit` gets its id.

        Raises:
            JobFailed, JobCancelled, JobEmpty, WaitTimeout, other KreaError: as `wait` and `submit` raise.
            SaveFailed: nothing can be saved at `save_to`, a file or a folder, and nothing was sent; or a result of `job_id` was not saved.
        """
        options, limits = SubmitOptions(webhook_url, extra_body, check), CallLimits(timeout, retry)
        state, target = sync_state(deadline, on_update, on_submit), save_target(save_to, overwrite=overwrite)
        return self._driver.run(self._session.run(request_or_model, body, fields, options, limits, state, target))

    def wait(
        self,
        job: Job | str,
        /,
        *,
        deadline: float | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        on_update: Callable[[Job], object] | None = None,
    ) -> Job:
        """Wait for a job and return it when it is completed.

        Args:
            job: a job, or its id.
            deadline: seconds for the whole wait, 0 for a single poll; two hours where None.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.
            on_update: called with the job after every poll.

        Raises:
            JobFailed, JobCancelled, JobEmpty: the job ended otherwise.
            WaitTimeout: the deadline passed first; the job goes on, and `error.job` can be waited for again.
            NotFound: there is no such job.
        """
        return self._driver.run(self._session.wait(job, CallLimits(timeout, retry), sync_state(deadline, on_update)))

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
    ) -> list[Path]:
        """Download a job's results and return their paths; a file is there whole or not at all. The token is not sent.

        Args:
            job: a completed job, the address of one result, such as `reports.export_3d` returns, or several of them for a folder.
            target: a file's name (numbered from the second result on; without an extension it gets that of its content), a folder,
                where files are named by job and content, or a binary file object, which takes one result.
            overwrite: True replaces files that exist.
            most_bytes: how large one result may be; 8 GiB where None.
            on_progress: called with a result's bytes so far, and its size or None; without it, up to 16 results are downloaded at a time.
            timeout: how long a download may wait for its next bytes, in seconds.
            retry: when to fetch a result, or its rest, again; the client's policy where None.

        Raises:
            JobEmpty, SaveFailed: the job has no results; a result could not be saved, or its file exists.
        """
        from krea_client._transport.saving import SaveOptions, plan_all, save

        saving = self._session.saving(CallLimits(timeout, retry))
        self._transport.read_ahead.note_save(job)
        downloads = plan_all(job, target, SaveOptions(overwrite, most_bytes, plain_function(on_progress)))
        return save(self._driver, saving, downloads, in_turn=on_progress is not None)

    def open(self, job: Job | str, number: int = 0, **options: Unpack[OpenOptions]) -> IO[bytes]:
        """Download the result with this number, from 0, into a temporary file that is gone when it is closed, and return it.

        Raises:
            IndexError, JobEmpty, SaveFailed: the job has fewer results, or none; it could not be downloaded.
        """
        return self._driver.run(self._session.open_result(job, number, **options))

    def read(self, job: Job | str, number: int = 0, **options: Unpack[OpenOptions]) -> bytes:
        """Download one result and return its bytes; see `open`."""
        with self.open(job, number, **options) as file:
            return file.read()

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
    ) -> Iterator[RunResult]:
        """Run many requests, so many at a time, and yield each result as it ends; one failure stops no other.

        Args:
            requests: request objects, or pairs of a model id and a body; read one by one, so the iterable may be endless.
            at_once: largest number of jobs at a time.
            deadline: seconds for the wait of each job.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.
            check: False sends the bodies unchecked.
            on_submit: called with each job as soon as it has an id.
            on_update: called with each job after its submission and after every poll.
            key: makes the key of a request in the journal (by default KREA_BULK_JOURNAL); None numbers the requests, from 1.
            journal: a folder, or postgresql://...; the same call after a crash sends nothing a second time; see `krea.bulk.once`.

        A loop that is left early ends the batch; jobs that go on are logged, and in `open_jobs`. OverBudget ends the batch too.
        """
        state = sync_state(deadline, on_update, on_submit)
        settings = (SubmitOptions(check=check), CallLimits(timeout, retry), state, durable_batch(journal, key))
        return self._driver.iterate(self._session.run_all(requests, at_once, *settings), self._session.undelivered)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client with this client's token and connections, for `krea_api.api.*`."""
        return self._transport.raw()

    def close(self) -> None:
        """End unfinished batches and close all connections; closing twice does no harm."""
        self.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        try:
            self._driver.close_iterations()
        finally:
            self._session.name_abandoned_jobs(error)
            self._transport.close()


def durable_batch(journal: str | os.PathLike[str] | None, key: Callable[[Any], object] | None) -> DurableBatch | None:
    """Return what makes `run_all` durable, or None where neither argument asks for it."""
    if journal is None and key is None:
        return None
    from krea_client.bulk.keyed_batch import KeyedBatch

    return KeyedBatch(journal, key)


def save_target(path: str | os.PathLike[str] | None, *, overwrite: bool) -> SaveTarget | None:
    """Return where `run` saves its results, or None where it does not."""
    if path is None:
        return None
    from krea_client._transport.saving import SaveTarget

    return SaveTarget(path, overwrite)
