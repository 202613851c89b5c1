"""The sandbox's public class: a machine with its clock, in one object."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

from krea_client.sandbox.api_document import ApiDocument, installed
from krea_client.sandbox.fault_script import FaultScript
from krea_client.sandbox.http_messages import Delivery, Request, Response
from krea_client.sandbox.job_states import describe
from krea_client.sandbox.ledger import LedgerRow, Totals, row
from krea_client.sandbox.machine import Machine, SandboxSettings
from krea_client.sandbox.optional_packages import missing
from krea_client.sandbox.virtual_clock import VirtualClock

if TYPE_CHECKING:
    from krea_client.sandbox.httpx_transport import SandboxTransport

T = TypeVar("T")


def _document(document: ApiDocument | Mapping[str, Any] | str | os.PathLike[str] | None) -> ApiDocument:
    if isinstance(document, ApiDocument):
        return document
    if document is None:
        return installed()
    from krea_client.sandbox.document_overlay import overlaid

    return overlaid(document)


class State(NamedTuple):
    """Date, money, limits and counts of a sandbox at one moment.

    `now` is its date in UTC, `balance` USD. `active` jobs run or wait for a slot, `kept` ones
    are remembered; `totals` also counts the forgotten ones.
    """

    now: datetime
    balance: float
    concurrent: int
    backlog: int
    active: int
    kept: int
    totals: Totals


class Sandbox:
    """A Krea API of your own, in memory: no network, no bill.

    `date` is the machine's today (a date, a datetime, ISO text; now by default) and `time_scale` its virtual seconds per
    real one (0 stands still); with `clock`, several sandboxes share one. `balance` is in USD. `concurrent` jobs run at
    once, `backlog` more may wait, the next is answered 429. `tokens` are the only ones let in (any, by default). `seed`
    fixes the job ids. `keep` finished jobs are remembered, older ones forgotten. `sunsets` maps a model to the day on
    which it is switched off. `usage_tokens` are let in too, and may read the usage. `faults` is a fault script: a mapping
    for each `Fault`. `document` is an OpenAPI document of the API, or its path: its models are played beside the known ones.

    The answer to a paid POST takes `post_delay` seconds (real ones over a port, else the clock's); the job exists after
    half of them. `created_at` is rounded down to a multiple of `created_at_step` seconds, so that jobs share it. The
    address of a result works for `results_expire_after` seconds after the job was shown. Other programs begin on average
    `foreign_rate` jobs a second on the account; no more than the limits allow.

    Raises ValueError for an argument that is not usable, FileNotFoundError without openapi.json, ModuleNotFoundError,
    with what to install, without the extra `sandbox`.
    """

    def __init__(
        self,
        *,
        date: date | str | None = None,
        balance: float = 10.0,
        concurrent: int = 8,
        backlog: int = 0,
        time_scale: float = 1.0,
        clock: VirtualClock | None = None,
        tokens: Collection[str] | None = None,
        seed: int = 0,
        keep: int = 20_000,
        sunsets: Mapping[str, str] | None = None,
        document: ApiDocument | Mapping[str, Any] | str | os.PathLike[str] | None = None,
        faults: Iterable[object] = (),
        usage_tokens: Collection[str] = (),
        post_delay: float = 0.0,
        created_at_step: float = 0.0,
        results_expire_after: float | None = None,
        foreign_rate: float = 0.0,
    ) -> None:
        if (problem := missing()) is not None:
            raise ModuleNotFoundError(problem)
        self.clock: VirtualClock = clock if clock is not None else VirtualClock(date, time_scale)
        if clock is not None and date is not None:
            clock.set_date(date)
        rules = SandboxSettings(balance, concurrent, backlog, tokens, seed, keep, sunsets or {}, usage_tokens)
        rules = rules.as_busy(post_delay, created_at_step, results_expire_after, foreign_rate)
        self.machine: Machine = Machine(_document(document), self.clock, rules)
        self.faults: FaultScript = FaultScript(faults)

    def transport(self) -> SandboxTransport:
        """Make an httpx transport, sync and async, that answers in the API's place."""
        from krea_client.sandbox.httpx_transport import SandboxTransport

        return SandboxTransport(self.machine, self.faults)

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        return self.machine.answer(request)

    def reset(self) -> None:
        """Forget all jobs and requests and start again with the first balance and limits, and no faults; the clock goes on."""
        self.faults.clear()
        self.machine.reset()

    @property
    def state(self) -> State:
        """Date, money, limits and counts of this moment, in one value."""
        with self.machine.lock:
            self.machine.settle()
            job_store = self.machine.job_store
            return State(
                now=self.clock.now(),
                balance=self.machine.ledger.balance,
                concurrent=job_store.concurrent,
                backlog=job_store.backlog,
                active=job_store.active,
                kept=len(job_store),
                totals=self.machine.ledger.totals,
            )

    def advance(self, seconds: float) -> None:
        """Let virtual time pass; raises ValueError for a negative number of seconds."""
        self.clock.advance(seconds)

    def limit(self, *, concurrent: int | None = None, backlog: int | None = None) -> None:
        """Set how many jobs run at once and how many more may wait; what is None stays. Raises ValueError below 0."""
        with self.machine.lock:
            self.machine.settle()
            job_store = self.machine.job_store
            concurrent = job_store.concurrent if concurrent is None else concurrent
            backlog = job_store.backlog if backlog is None else backlog
            if concurrent < 0 or backlog < 0:
                raise ValueError(f"Limits of {concurrent} and {backlog} jobs: give 0 or more.")
            job_store.concurrent, job_store.backlog = concurrent, backlog

    def add_foreign_job(self, model: str = "z-image/z-image", *, seconds: float | None = None) -> str | None:
        """Begin a job of another program on the account, and return its id; None when it is refused.

        `seconds` is how long it takes. Raises ValueError for an unknown model.
        """
        with self.machine.lock:
            self.machine.settle()
            account = self.machine.account
            job = account.begin_foreign(account.foreign_jobs.operation(model), seconds)
            return None if job is None else job.job_id

    @property
    def date(self) -> datetime:
        """The machine's date and time, in UTC."""
        return self.clock.now()

    @date.setter
    def date(self, moment: date | str) -> None:
        self.clock.set_date(moment)

    @property
    def balance(self) -> float:
        """What is left, in USD, after all jobs that have completed by now."""
        self.machine.settle()
        return self.machine.ledger.balance

    @balance.setter
    def balance(self, dollars: float) -> None:
        self.machine.settle()
        self.machine.ledger.set_balance(dollars)

    @property
    def concurrent(self) -> int:
        """How many jobs run at once."""
        return self.machine.job_store.concurrent

    @concurrent.setter
    def concurrent(self, jobs: int) -> None:
        self.limit(concurrent=jobs)

    @property
    def ledger(self) -> list[LedgerRow]:
        """One row per accepted job, in the order of acceptance."""
        with self.machine.lock:
            now = self.machine.settle()
            return [row(job, now) for job in self.machine.job_store]

    @property
    def totals(self) -> Totals:
        """Count and the sum billed since the last reset, forgotten jobs included."""
        self.machine.settle()
        return self.machine.ledger.totals

    @property
    def jobs(self) -> list[dict[str, Any]]:
        """Every job as the API would show it now, in the order of acceptance."""
        with self.machine.lock:
            now = self.machine.settle()
            return [describe(job, now) for job in self.machine.job_store]

    @property
    def requests(self) -> list[Request]:
        """The last requests that came in, oldest first, without the token's value."""
        return list(self.machine.requests)

    @property
    def webhooks(self) -> list[Delivery]:
        """The webhook calls of all jobs that have ended by now, oldest first."""
        self.machine.settle()
        return list(self.machine.webhooks)

    @overload
    def deliver_webhooks(self) -> list[int | None]: ...

    @overload
    def deliver_webhooks(self, post: Callable[[Delivery], T]) -> list[T]: ...

    def deliver_webhooks(self, post: Callable[[Delivery], Any] | None = None) -> list[Any]:
        """Make every due webhook call and return its status, or None where nobody answered.

        With `post`, each call is handed to it instead of the network, and its results are returned.
        """
        from krea_client.sandbox.webhook_sender import deliver, send_due

        return send_due(self.machine, post or deliver, self.faults)
