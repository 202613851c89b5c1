"""What one account of the sandbox has: jobs, money, files, styles. The desks work on it, one request at a time."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from krea_client.sandbox.api_document import Document, Operation
from krea_client.sandbox.asset_store import AssetShelf
from krea_client.sandbox.http_messages import Delivery, Request, Response, refusal
from krea_client.sandbox.job_outputs import UPLOADS, Product
from krea_client.sandbox.job_states import Job, describe, steering
from krea_client.sandbox.job_store import JobBook
from krea_client.sandbox.ledger import DEFAULT_PRICE, Ledger, micro
from krea_client.sandbox.schema_validation import Judge
from krea_client.sandbox.style_store import StyleShelf

if TYPE_CHECKING:
    from krea_client._clock import Clock

RESULTS = "https://gen.krea.ai"  # where finished pictures were seen to live (guides.yaml, jobs)


class Rules(NamedTuple):
    """What a machine is told at the start; sizes bound its memory."""

    balance: float = 10.0
    concurrent: int = 8
    backlog: int = 0
    tokens: Collection[str] | None = None
    seed: int = 0
    keep: int = 20_000
    sunsets: Mapping[str, str] = MappingProxyType({})
    usage_tokens: Collection[str] = ()


class Account:
    """Everything that is kept between requests, and the few steps that several desks take."""

    def __init__(self, document: Document, clock: Clock, rules: Rules) -> None:
        self.document: Document = document
        self.clock: Clock = clock
        self.rules: Rules = rules
        self.judge: Judge = Judge(document)
        self.reset()

    def reset(self) -> None:
        """Begin again with the first balance and limits, and nothing else."""
        rules = self.rules
        self.book: JobBook = JobBook(rules.concurrent, rules.backlog, rules.keep)
        self.ledger: Ledger = Ledger(rules.balance)
        self.assets: AssetShelf = AssetShelf()
        self.styles: StyleShelf = StyleShelf()
        self.webhooks: deque[Delivery] = deque(maxlen=rules.keep)
        self.undelivered: deque[Delivery] = deque(maxlen=rules.keep)
        self._random = random.Random(rules.seed)

    def today(self) -> datetime:
        """Give the moment, in UTC."""
        return self.clock.now().astimezone(UTC)

    def settle(self) -> float:
        """Let everything happen that is due by now; give the clock's monotonic time."""
        now = self.clock.monotonic()
        for job in self.book.settle(now):
            self.close(job, now)
        return now

    def new_id(self) -> str:
        """Give an id that nothing else has."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def home(self, request: Request) -> str:
        """Give the address under which this caller reaches the sandbox's files."""
        return request.origin if request.origin not in ("", self.document.server) else RESULTS

    def price(self, operation: Operation, fields: Mapping[str, object]) -> int:
        """Give what a request costs, in micro-USD."""
        published = operation.price(fields)
        return micro(DEFAULT_PRICE if published is None else published)

    def unpaid(self, price: int, jobs: int = 1) -> Response | None:
        """Make the refusal of jobs that the balance does not cover or for which there is no slot; None when they may begin."""
        if not self.ledger.covers(price):
            text = f"The balance does not cover {price / 1e6:g} USD for this request. Top up and send it again."
            return refusal(402, text)
        if not self.book.has_room(jobs):
            text = f"{self.book.active} jobs are running or waiting, which is the limit. Wait for one to end."
            return refusal(429, text, code="CONCURRENCY_LIMIT_REACHED")
        return None

    def lost_media(self, request: Request) -> Response | None:
        """Make the refusal of a body, the one judged last, that names a file which was never uploaded or is deleted."""
        own = self.home(request) + UPLOADS
        for address in self.judge.media:
            if address.startswith(own) and self.assets.at(address.removeprefix(own)) is None:
                return refusal(422, "Invalid asset URL")
        return None

    def begin(
        self, operation: Operation, request: Request, price: int, product: Product, webhook: str | None = None
    ) -> Job:
        """Take a job in, its price set aside."""
        now = self.clock.monotonic()
        ending, seconds = steering(operation, request.body)
        job = Job(
            job_id=self.new_id(),
            operation=operation,
            body=request.body,
            created_at=self.book.moment(self.today()),
            submitted=now,
            seconds=seconds,
            ending=ending,
            price=price,
            home=self.home(request),
            product=product,
            webhook=webhook,
        )
        self.book.add(job, now)
        self.ledger.accept(job)
        return job

    def close(self, job: Job, now: float) -> None:
        """Do what follows from a job's end: the bill, the style, the webhook."""
        self.ledger.close(job)
        if job.style is not None:
            self.styles.publish(job.style, job.ending == "completed" and not job.cancelled)
        if job.webhook:
            delivery = Delivery(job.job_id, job.webhook, json.dumps(describe(job, now)).encode())
            self.webhooks.append(delivery)
            self.undelivered.append(delivery)
