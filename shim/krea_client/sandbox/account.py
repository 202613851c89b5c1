"""The state of the sandbox's account: jobs, money, files, styles. Handlers work on it, one request at a time."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from krea_client.sandbox.api_document import ApiDocument, ApiOperation
from krea_client.sandbox.asset_store import AssetStore
from krea_client.sandbox.foreign_jobs import ForeignJobs
from krea_client.sandbox.http_messages import Delivery, Request, Response, refusal
from krea_client.sandbox.job_outputs import UPLOADS, JobOutputs, product
from krea_client.sandbox.job_states import SandboxJob, describe, steering
from krea_client.sandbox.job_store import JobStore
from krea_client.sandbox.ledger import DEFAULT_PRICE, Ledger, micro
from krea_client.sandbox.schema_validation import BodyValidator
from krea_client.sandbox.style_store import StyleStore

if TYPE_CHECKING:
    from krea_client._clock import Clock

RESULTS = "https://gen.krea.ai"  # where finished pictures were seen to live (guides.yaml, jobs)


class SandboxSettings(NamedTuple):
    """The settings of a sandbox; `keep` bounds its memory."""

    balance: float = 10.0
    concurrent: int = 8
    backlog: int = 0
    tokens: Collection[str] | None = None
    seed: int = 0
    keep: int = 20_000
    sunsets: Mapping[str, str] = MappingProxyType({})
    usage_tokens: Collection[str] = ()
    post_delay: float = 0.0
    created_at_step: float = 0.0
    results_expire_after: float | None = None
    foreign_rate: float = 0.0

    def as_busy(
        self, post_delay: float, created_at_step: float, results_expire_after: float | None, foreign_rate: float
    ) -> SandboxSettings:
        """Return these settings with the times and the rate of an account that is in use.

        Raises:
            ValueError: one is negative or not finite.
        """
        rules = self._replace(
            post_delay=post_delay,
            created_at_step=created_at_step,
            results_expire_after=results_expire_after,
            foreign_rate=foreign_rate,
        )
        for name in ("post_delay", "created_at_step", "results_expire_after", "foreign_rate"):
            number: float | None = getattr(rules, name)
            if number is not None and not 0 <= number < float("inf"):
                raise ValueError(f"{name}={number}: give a finite number, 0 or more")
        return rules


class Account:
    """Everything that is kept between requests, and the steps that several handlers share."""

    def __init__(self, document: ApiDocument, clock: Clock, rules: SandboxSettings) -> None:
        self.document: ApiDocument = document
        self.clock: Clock = clock
        self.rules: SandboxSettings = rules
        self.validator: BodyValidator = BodyValidator(document)
        self.reset()

    def reset(self) -> None:
        """Begin again with the first balance and limits, and nothing else."""
        rules = self.rules
        self.job_store: JobStore = JobStore(
            rules.concurrent, rules.backlog, rules.keep, created_at_step=timedelta(seconds=rules.created_at_step)
        )
        self.ledger: Ledger = Ledger(rules.balance)
        self.assets: AssetStore = AssetStore()
        self.styles: StyleStore = StyleStore()
        self.webhooks: deque[Delivery] = deque(maxlen=rules.keep)
        self.undelivered: deque[Delivery] = deque(maxlen=rules.keep)
        self._random = random.Random(rules.seed)
        self.foreign_jobs: ForeignJobs = ForeignJobs(
            self.document, rules.foreign_rate, rules.seed, self.clock.monotonic()
        )

    def today(self) -> datetime:
        """Return the sandbox's date and time, in UTC."""
        return self.clock.now().astimezone(UTC)

    def settle(self) -> float:
        """Carry out everything that is due by now; return the clock's monotonic time."""
        now = self.clock.monotonic()
        for at, operation in self.foreign_jobs.due(now):
            self._end_due_jobs(at)
            self.begin_foreign(operation, at=at)
        self._end_due_jobs(now)
        return now

    def _end_due_jobs(self, now: float) -> None:
        for job in self.job_store.settle(now):
            self.close(job, now)

    def begin_foreign(
        self, operation: ApiOperation, seconds: float | None = None, at: float | None = None
    ) -> SandboxJob | None:
        """Create a job of another program, at an earlier moment where `at` says so; None when it would be refused."""
        price = self.price(operation, {})
        if self.payment_refusal(price) is not None:
            return None
        steer = "" if seconds is None else f" [sandbox:seconds={seconds:g}]"
        body = json.dumps({"prompt": f"of another program{steer}"}).encode()
        job = self.begin(operation, Request("POST", operation.path, body=body), price, product(operation, {}), at=at)
        job.foreign = True
        return job

    def new_id(self) -> str:
        """Return a new unique id."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def home(self, request: Request) -> str:
        """Return the address under which this caller reaches the sandbox's files."""
        return request.origin if request.origin not in ("", self.document.server) else RESULTS

    def price(self, operation: ApiOperation, fields: Mapping[str, object]) -> int:
        """Return what a request costs, in micro-USD."""
        published = operation.price(fields)
        return micro(DEFAULT_PRICE if published is None else published)

    def payment_refusal(self, price: int, jobs: int = 1) -> Response | None:
        """Return the refusal of jobs that the balance or the number of slots does not allow, or None."""
        if not self.ledger.covers(price):
            text = f"The balance does not cover {price / 1e6:g} USD for this request. Top up and send it again."
            return refusal(402, text)
        if not self.job_store.has_room(jobs):
            text = f"{self.job_store.active} jobs are running or waiting, which is the limit. Wait for one to end."
            return refusal(429, text, code="CONCURRENCY_LIMIT_REACHED")
        return None

    def missing_media(self, request: Request) -> Response | None:
        """Return the refusal when the last validated body names a file that does not exist, or None."""
        own = self.home(request) + UPLOADS
        for address in self.validator.media:
            if address.startswith(own) and self.assets.at(address.removeprefix(own)) is None:
                return refusal(422, "Invalid asset URL")
        return None

    def begin(
        self,
        operation: ApiOperation,
        request: Request,
        price: int,
        outputs: JobOutputs,
        webhook: str | None = None,
        at: float | None = None,
    ) -> SandboxJob:
        """Create a job and reserve its price."""
        present = self.clock.monotonic()
        now = present if at is None else at
        ending, seconds = steering(operation, request.body)
        job = SandboxJob(
            job_id=self.new_id(),
            operation=operation,
            body=request.body,
            created_at=self.job_store.moment(self.today() - timedelta(seconds=present - now)),
            submitted=now,
            seconds=seconds,
            ending=ending,
            price=price,
            home=self.home(request),
            product=outputs,
            webhook=webhook,
            results_expire_after=self.rules.results_expire_after,
        )
        self.job_store.add(job, now)
        self.ledger.accept(job)
        return job

    def close(self, job: SandboxJob, now: float) -> None:
        """Bill a job that has ended, publish its style and queue its webhook."""
        self.ledger.close(job)
        if job.style is not None:
            self.styles.publish(job.style, job.ending == "completed" and not job.cancelled)
        if job.webhook:
            delivery = Delivery(job.job_id, job.webhook, json.dumps(describe(job, now)).encode())
            self.webhooks.append(delivery)
            self.undelivered.append(delivery)
