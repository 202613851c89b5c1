"""`krea.bulk`: durable bulk runs of a client, sync and async."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from krea_client._core.effects import Flow
from krea_client._core.job_memory import JobMemory
from krea_client._core.list_watch import ListWatch
from krea_client._request.build import SubmitOptions, build_request
from krea_client._request.call_site import Site, call_site
from krea_client._session import Session
from krea_client.bulk import run_commands
from krea_client.bulk.input_files import InputLine, InputSource, open_input
from krea_client.bulk.iterable_input import IterableInput
from krea_client.bulk.journal import BulkItem
from krea_client.bulk.once import RUN, OnceCall, OnceOptions, once
from krea_client.bulk.planning import BulkPlan, make_plan
from krea_client.bulk.preparing import Preparer, RequestDefaults, body_digest
from krea_client.bulk.progress_figures import BulkProgress, RunControl
from krea_client.bulk.reports import BulkReport
from krea_client.bulk.result_names import ITEMS_PER_FOLDER
from krea_client.bulk.run_commands import BulkStatus
from krea_client.bulk.run_folder import BegunRun, RunPlace, begin_run, leader_name
from krea_client.bulk.run_ledger import RunLedger
from krea_client.bulk.run_options import BulkInput, BulkOptions, check_options, runner_options
from krea_client.bulk.run_parts import RunParts
from krea_client.bulk.runner import BulkRunner
from krea_client.bulk.webhook_receiver import WebhookAddresses
from krea_client.bulk.work import LEASE, AfterWork, AsyncBulkWorker, BulkWorker, WorkerParts, WorkerSettings
from krea_client.errors import KreaError
from krea_client.jobs import Job

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver

_LISTEN = 0.2  # seconds between two looks at the progress
_WAKE_UP = 1.0  # seconds until a thread that waits lets a signal through, on systems whose locks do not


class RunningBulk(NamedTuple):
    """A run that was begun, with its runner.

    Attributes:
        addresses: of its webhooks, where the option `webhook` is an address; for a `WebhookReceiver`.
    """

    begun: BegunRun
    parts: RunParts
    runner: BulkRunner
    preparer: Preparer
    addresses: WebhookAddresses | None = None

    def report(self) -> BulkReport:
        """Return how it ended."""
        parts = self.parts
        deprecated = self.begun.plan.deprecated if self.begun.plan is not None else self.preparer.deprecated
        return BulkReport(
            parts.ledger.counts(),
            self.begun.total,
            parts.leave or parts.no_more,
            tuple(parts.problems),
            dict(deprecated),
            self.begun.plan,
        )

    def finish(self) -> BulkReport:
        """Write the manifests, release the journal, and return how the run ended; after a failure nothing is written any more."""
        report = self.report()
        if not self.begun.is_closed:
            self.begun.finish(report)
            self.begun.close()
        return report


class BulkRequests:
    """Begins the runs of a client."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def source(self, requests: BulkInput, options: BulkOptions, site: Site) -> InputSource:
        """Return the source of an input: a file's path, or an iterable."""
        if isinstance(requests, (str, os.PathLike)):
            return open_input(requests)
        comparing = self.preparer(options, site)  # one of its own: it tells nobody of deprecated names
        comparing.rules = comparing.rules._replace(on_alias=None)

        def digest_of(line: InputLine) -> bytes:
            try:
                return body_digest(comparing.prepare(line))
            except KreaError:  # it cannot be sent, so nothing was paid for it
                return b""

        return IterableInput(requests, options.get("key"), digest_of)

    def preparer(self, options: BulkOptions, site: Site) -> Preparer:
        """Return what makes requests of lines."""
        media = options.get("media")
        defaults = RequestDefaults(
            options.get("set", {}), None if media is None else Path(media), check=options.get("check", True)
        )
        return Preparer(self._session.rules, site, defaults)

    def place(self, output: str | os.PathLike[str], options: BulkOptions) -> RunPlace:
        """Return where a run is."""
        journal = options.get("journal")
        return RunPlace(os.fspath(output), None if journal is None else os.fspath(journal))

    def plan(self, requests: BulkInput, options: BulkOptions, site: Site) -> BulkPlan:
        """Check an input whole."""
        check_options(options)
        return make_plan(
            self.source(requests, options, site).lines(), self.preparer(options, site), options.get("on_plan")
        )

    def begin(
        self, requests: BulkInput, output: str | os.PathLike[str], options: BulkOptions, site: Site
    ) -> RunningBulk:
        """Begin or resume a run."""
        settings = runner_options(options)
        preparer = self.preparer(options, site)
        begun = begin_run(
            self.place(output, options),
            self.source(requests, options, site),
            preparer,
            resend_absent=settings.resend_absent,
            on_plan=options.get("on_plan"),
        )
        addresses = None
        if isinstance(webhook := options.get("webhook"), str):
            addresses = WebhookAddresses(webhook, begun.webhook_secret())
            settings = settings._replace(webhook=addresses.of)
        session = self._session
        parts = RunParts(
            settings=settings._replace(total=begun.total),
            options=session.options._replace(memory=JobMemory()),
            context=session.context("bulk", site=site),
            ledger=RunLedger(begun.journal),
            storage=begun.storage,
            control=options.get("control") or RunControl(),
            watch=ListWatch(session.options.pace, informed=settings.webhook is not None),
        )
        return RunningBulk(begun, parts, BulkRunner(parts, begun.lines, preparer), preparer, addresses)

    def work(self, place: RunPlace, settings: WorkerSettings) -> WorkerParts:
        """Return what a worker needs."""
        return WorkerParts(self._session, place, settings)

    def once(
        self,
        journal: str | os.PathLike[str],
        key: str,
        request: tuple[object, Any],
        run: str,
        settings: OnceOptions,
        site: Site,
    ) -> Flow[Job]:
        """Build the call of one key."""
        session = self._session
        target, body = request
        prepared = build_request(target, body, {}, SubmitOptions(), session.rules, site)
        place = RunPlace(run, os.fspath(journal))
        options = session.options._replace(memory=JobMemory())
        context = session.context("once", site=site)
        return once(OnceCall(key, prepared, place.open_journal, settings, options, context))


class BulkRuns:
    """Durable bulk runs, as `krea.bulk`: each paid job is recorded before it is sent, so that a run can be killed and resumed."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._requests = BulkRequests(session)
        self._driver = driver

    def run(self, requests: BulkInput, output: str | os.PathLike[str], /, **options: Unpack[BulkOptions]) -> BulkReport:
        """Carry out a run, or go on with it, and return how it ended. Takes the options of `BulkOptions`.

        Args:
            requests: the path of a .jsonl, .csv or .parquet file; or an iterable of request objects, of pairs of a model id and a
                body, or of mappings with custom_id, model and body. To resume, give the same again.
            output: a folder, or object storage such as s3://bucket/prefix.
            options: see `BulkOptions`.

        Raises:
            BadBulkInput: lines of the input cannot be sent; nothing was sent.
            InputError, JournalError: the run cannot be begun or resumed; the message says what to do.
            LedByAnother: another process works on it.
        """
        run = self._requests.begin(requests, output, options, call_site())
        for _ in self.results(run, options.get("on_progress")):
            pass
        return run.finish()

    def begin(
        self, requests: BulkInput, output: str | os.PathLike[str], /, **options: Unpack[BulkOptions]
    ) -> RunningBulk:
        """Begin a run like `run`, and carry nothing out yet: for programs that take signals themselves."""
        return self._requests.begin(requests, output, options, call_site())

    def iterate(
        self, requests: BulkInput, output: str | os.PathLike[str], /, **options: Unpack[BulkOptions]
    ) -> Iterator[BulkItem]:
        """Carry out a run like `run`, and yield each item that comes to rest; a loop that is left can be resumed.

        The run begins with the first item that is asked for.
        """
        return self._iterate(requests, output, options, call_site())

    def _iterate(
        self, requests: BulkInput, output: str | os.PathLike[str], options: BulkOptions, site: Site
    ) -> Iterator[BulkItem]:
        run = self._requests.begin(requests, output, options, site)
        results = self.results(run, options.get("on_progress"))
        try:
            yield from results
        finally:
            results.close()
            run.finish()

    def results(
        self, run: RunningBulk, on_progress: Callable[[BulkProgress], object] | None = None
    ) -> Generator[BulkItem]:
        """Yield the items of a run that a thread carries out, so that no signal interrupts it; an interrupt ends it in order."""
        queue: SimpleQueue[BulkItem | BaseException | None] = SimpleQueue()
        thread = Thread(target=self._carry_out, args=(run, queue), name="krea-client-bulk", daemon=True)
        control = run.parts.control
        timeout = _WAKE_UP if on_progress is None else _LISTEN
        thread.start()
        failure = interrupt = None
        while True:
            try:
                with suppress(Empty):
                    item = queue.get(timeout=timeout)
                    if not isinstance(item, BulkItem):
                        failure = item
                        break
                    run.begun.changed_folders.add(item.ordinal // ITEMS_PER_FOLDER)
                    if interrupt is None:
                        yield item
                if on_progress is not None and control.progress is not None:
                    on_progress(control.progress)
            except BaseException as stop:  # an error of `on_progress` too ends the run in order
                if interrupt is not None:  # a second one leaves at once
                    raise
                interrupt = stop
                on_progress = None if isinstance(stop, Exception) else on_progress
                control.stopping.set()
        thread.join()
        if failure is not None:
            run.begun.close()
            raise failure
        if interrupt is not None:
            if not isinstance(interrupt, GeneratorExit):
                run.finish()
            raise interrupt

    def _carry_out(self, run: RunningBulk, queue: SimpleQueue[BulkItem | BaseException | None]) -> None:
        try:
            for item in self._driver.iterate(run.runner.run(run.begun.recovered), _in_journal):
                queue.put(item)
        except BaseException as error:  # noqa: BLE001  # raised where the results are taken
            queue.put(error)
        else:
            queue.put(None)

    def once(
        self,
        journal: str | os.PathLike[str],
        key: str,
        request_or_model: object,
        body: Mapping[str, Any] | None = None,
        /,
        *,
        run: str = RUN,
        resend_absent: bool = False,
        settle_seconds: float | None = None,
        shared: bool | None = None,
        patience: float = 600.0,
    ) -> Job:
        """Return the job of a key: its request is sent if no call before has sent it, in this process or any other.

        For tasks of an engine that runs a task again after a failure: the intent is durable before the POST, and a second execution
        takes the job of the first one. The job is not waited for.

        Args:
            journal: a local folder, for the processes of this machine; or postgresql://..., for those of many.
            key: names the request for ever, such as the number of a row.
            request_or_model: a request object of `krea_api.models`, or a model id.
            body: with a model id, the request body.
            run: the name of the run that the keys belong to, where a database keeps several; all its calls use one account.
            resend_absent: an interrupted POST whose job is not in the account's list is sent again.
            settle_seconds: how long after its intent a POST may still create a job; 5 s and the client's timeout where None.
            shared: whether another program uses the account; then nothing is adopted. None finds out.
            patience: seconds to wait for other calls with this journal.

        Raises:
            OutcomeUnknown: a job may exist; `krea-client batch claim` or `release` decides.
            RefusedOnce: the API refused the request of this key before.
            JournalError: the journal cannot be used, or this key names another request.
            KreaError: as `submit` raises.
        """
        settings = OnceOptions(resend_absent, settle_seconds, shared, patience)
        return self._driver.run(self._requests.once(journal, key, (request_or_model, body), run, settings, call_site()))

    def worker(
        self,
        output: str | os.PathLike[str],
        /,
        *,
        journal: str | None = None,
        name: str | None = None,
        lease: float = LEASE,
        after: AfterWork | None = None,
    ) -> BulkWorker:
        """Return a worker, which downloads what has ended in a run that another process leads.

        Args:
            output: where the results of the run go.
            journal: address of the journal; KREA_BULK_JOURNAL, then the output where None.
            name: what tells this worker from others; its process and machine where None.
            lease: seconds after which another worker takes an item that was taken and not saved.
            after: called with each item whose files are kept, before that is recorded; it must bear a second call for the same item.
        """
        settings = WorkerSettings(name or leader_name(), lease, after)
        return BulkWorker(self._requests.work(RunPlace(os.fspath(output), journal), settings), self._driver)

    def plan(self, requests: BulkInput, /, **options: Unpack[BulkOptions]) -> BulkPlan:
        """Check every item of an input and add up prices and times; nothing is sent, no token is needed."""
        return self._requests.plan(requests, options, call_site())

    def status(self, output: str | os.PathLike[str], /, *, journal: str | None = None) -> BulkStatus:
        """Return where a run is, also while it is under way."""
        return run_commands.status(RunPlace(os.fspath(output), journal))

    def unknowns(self, output: str | os.PathLike[str], /, *, journal: str | None = None) -> list[BulkItem]:
        """Return the items whose outcome is unknown, with the jobs that may be theirs."""
        return run_commands.unknowns(RunPlace(os.fspath(output), journal))

    def claim(
        self, output: str | os.PathLike[str], key: str, job_id: str, /, *, journal: str | None = None
    ) -> BulkItem:
        """Decide that a job is that of an unknown item; the next run takes its results."""
        return run_commands.claim(RunPlace(os.fspath(output), journal), key, job_id)

    def release(self, output: str | os.PathLike[str], key: str, /, *, journal: str | None = None) -> BulkItem:
        """Decide that an unknown item has no job; the next run sends it again."""
        return run_commands.release(RunPlace(os.fspath(output), journal), key)

    def retry(
        self,
        output: str | os.PathLike[str],
        /,
        *,
        failed: bool = False,
        empty: bool = False,
        refused: bool = False,
        journal: str | None = None,
    ) -> int:
        """Plan items again that ended without a result, and return their number; the next run sends them."""
        place = RunPlace(os.fspath(output), journal)
        return run_commands.retry(place, failed=failed, empty=empty, refused=refused)


class AsyncBulkRuns:
    """Durable bulk runs, as `krea.bulk` of an `AsyncKrea`; arguments and errors are those of `BulkRuns`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._requests = BulkRequests(session)
        self._driver = driver

    async def run(
        self, requests: BulkInput, output: str | os.PathLike[str], /, **options: Unpack[BulkOptions]
    ) -> BulkReport:
        """Carry out a run, or go on with it, and return how it ended; see `BulkRuns.run`."""
        run = await asyncio.to_thread(self._requests.begin, requests, output, options, call_site())
        try:
            async for item in self._results(run, options.get("on_progress")):
                run.begun.changed_folders.add(item.ordinal // ITEMS_PER_FOLDER)
        finally:
            report = await asyncio.to_thread(run.finish)
        return report

    async def iterate(
        self, requests: BulkInput, output: str | os.PathLike[str], /, **options: Unpack[BulkOptions]
    ) -> AsyncIterator[BulkItem]:
        """Carry out a run like `run`, and yield each item that comes to rest; a loop that is left can be resumed."""
        run = await asyncio.to_thread(self._requests.begin, requests, output, options, call_site())
        results = self._results(run, options.get("on_progress"))
        try:
            async for item in results:
                run.begun.changed_folders.add(item.ordinal // ITEMS_PER_FOLDER)
                yield item
        finally:
            await results.aclose()
            await asyncio.to_thread(run.finish)

    async def _results(
        self, run: RunningBulk, on_progress: Callable[[BulkProgress], object] | None
    ) -> AsyncGenerator[BulkItem]:
        """Yield the items of a run that a task carries out; a cancellation ends it in order."""
        queue: asyncio.Queue[BulkItem | None] = asyncio.Queue()
        task = asyncio.create_task(self._carry_out(run, queue))
        control = run.parts.control
        try:
            while True:
                item: BulkItem | None = None
                try:
                    async with asyncio.timeout(_LISTEN):  # wait_for of Python 3.11 may lose a cancellation
                        item = await queue.get()
                except TimeoutError:
                    pass
                else:
                    if item is None:
                        break
                    yield item
                if on_progress is not None and control.progress is not None:
                    outcome = on_progress(control.progress)
                    if isinstance(outcome, Awaitable):
                        await outcome
        finally:
            control.stopping.set()
            try:
                await asyncio.wait([task])
            finally:
                if task.done() and task.exception() is not None:
                    run.begun.close()
        await task

    async def _carry_out(self, run: RunningBulk, queue: asyncio.Queue[BulkItem | None]) -> None:
        try:
            async for item in self._driver.iterate(run.runner.run(run.begun.recovered), _in_journal):
                queue.put_nowait(item)
        finally:
            queue.put_nowait(None)

    def once(
        self,
        journal: str | os.PathLike[str],
        key: str,
        request_or_model: object,
        body: Mapping[str, Any] | None = None,
        /,
        *,
        run: str = RUN,
        resend_absent: bool = False,
        settle_seconds: float | None = None,
        shared: bool | None = None,
        patience: float = 600.0,
    ) -> Coroutine[Any, Any, Job]:
        """Return the job of a key: its request is sent if no call before has sent it; see `BulkRuns.once`."""
        settings = OnceOptions(resend_absent, settle_seconds, shared, patience)
        return self._driver.later(
            self._requests.once, journal, key, (request_or_model, body), run, settings, call_site()
        )

    async def worker(
        self,
        output: str | os.PathLike[str],
        /,
        *,
        journal: str | None = None,
        name: str | None = None,
        lease: float = LEASE,
        after: AfterWork | None = None,
    ) -> AsyncBulkWorker:
        """Return a worker, which downloads what has ended in a run that another process leads; see `BulkRuns.worker`."""
        settings = WorkerSettings(name or leader_name(), lease, after)
        place = RunPlace(os.fspath(output), journal)
        return AsyncBulkWorker(await asyncio.to_thread(self._requests.work, place, settings), self._driver)

    async def plan(self, requests: BulkInput, /, **options: Unpack[BulkOptions]) -> BulkPlan:
        """Check every item of an input and add up prices and times; nothing is sent, no token is needed."""
        return await asyncio.to_thread(self._requests.plan, requests, options, call_site())

    async def status(self, output: str | os.PathLike[str], /, *, journal: str | None = None) -> BulkStatus:
        """Return where a run is, also while it is under way."""
        return await asyncio.to_thread(run_commands.status, RunPlace(os.fspath(output), journal))

    async def unknowns(self, output: str | os.PathLike[str], /, *, journal: str | None = None) -> list[BulkItem]:
        """Return the items whose outcome is unknown, with the jobs that may be theirs."""
        return await asyncio.to_thread(run_commands.unknowns, RunPlace(os.fspath(output), journal))

    async def claim(
        self, output: str | os.PathLike[str], key: str, job_id: str, /, *, journal: str | None = None
    ) -> BulkItem:
        """Decide that a job is that of an unknown item; the next run takes its results."""
        return await asyncio.to_thread(run_commands.claim, RunPlace(os.fspath(output), journal), key, job_id)

    async def release(self, output: str | os.PathLike[str], key: str, /, *, journal: str | None = None) -> BulkItem:
        """Decide that an unknown item has no job; the next run sends it again."""
        return await asyncio.to_thread(run_commands.release, RunPlace(os.fspath(output), journal), key)

    async def retry(
        self,
        output: str | os.PathLike[str],
        /,
        *,
        failed: bool = False,
        empty: bool = False,
        refused: bool = False,
        journal: str | None = None,
    ) -> int:
        """Plan items again that ended without a result, and return their number; the next run sends them."""
        place = RunPlace(os.fspath(output), journal)
        return await asyncio.to_thread(run_commands.retry, place, failed=failed, empty=empty, refused=refused)


def _in_journal(_item: object, _stop: BaseException) -> None:
    """Add nothing to the exception of an interrupted run: the journal knows the item."""
