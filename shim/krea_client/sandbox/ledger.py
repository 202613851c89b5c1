"""The money: a prepaid balance, what is set aside for running jobs, and one row per accepted job."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from krea_client.sandbox.job_states import SandboxJob, status

# The sandbox's own: the price of a request, in USD, where the documentation publishes none.
DEFAULT_PRICE = 0.04

MICRO = 1_000_000


class LedgerRow(NamedTuple):
    """One accepted job. `price` is what it costs when it completes, `billed` what was taken so far (both USD).

    `foreign` jobs were begun by other programs on the same account.
    """

    job_id: str
    path: str
    model: str
    body: bytes
    price: float
    billed: float
    created_at: datetime
    status: str
    foreign: bool = False

    @property
    def fields(self) -> Any:
        """The body as it was received, read as JSON."""
        return json.loads(self.body)


class Totals(NamedTuple):
    """Counts since the last reset, which also cover jobs that have been forgotten; `amount` is USD."""

    accepted: int
    completed: int
    failed: int
    cancelled: int
    amount: float


class Ledger:
    """Keeps the balance in whole micro-dollars, so that no sum drifts; only completed jobs are billed."""

    def __init__(self, balance: float) -> None:
        self.set_balance(balance)
        self._reserved = 0
        self._amount = 0
        self._counts = {"accepted": 0, "completed": 0, "failed": 0, "cancelled": 0}

    @property
    def balance(self) -> float:
        """What is left, in USD; running jobs are not taken off yet."""
        return self._balance / MICRO

    def set_balance(self, dollars: float) -> None:
        """Set what is left, in USD."""
        self._balance = micro(dollars)

    @property
    def totals(self) -> Totals:
        """Everything since the last reset in five figures."""
        return Totals(**self._counts, amount=self._amount / MICRO)

    def covers(self, price: int) -> bool:
        """Return whether the balance, less what running jobs will cost, pays for one more."""
        return self._balance - self._reserved >= price

    def accept(self, job: SandboxJob) -> None:
        """Set the job's price aside."""
        self._counts["accepted"] += 1
        self._reserved += job.price

    def close(self, job: SandboxJob) -> None:
        """Bill the finished job if it completed, and give the rest back."""
        ended = status(job, job.ended or 0.0)
        self._counts[ended] += 1
        self._reserved -= job.price
        if ended == "completed":
            self._balance -= job.price
            self._amount += job.price


def row(job: SandboxJob, now: float) -> LedgerRow:
    """Write the ledger row of a job as it stands at `now`."""
    state = status(job, now)
    return LedgerRow(
        job_id=job.job_id,
        path=job.operation.path,
        model=job.operation.model,
        body=job.body,
        price=job.price / MICRO,
        billed=job.price / MICRO if state == "completed" else 0.0,
        created_at=job.created_at,
        status=state,
        foreign=job.foreign,
    )


def micro(dollars: float) -> int:
    """Turn USD into whole micro-dollars."""
    return round(dollars * MICRO)
