"""State that the parts of a runner share: the settings of the run, its flows, its ledger, and the reason to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from krea_client._core.effects import Moment
from krea_client._core.list_pages import Look
from krea_client._core.list_watch import ListWatch
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client.bulk.flow_pool import FlowPool
from krea_client.bulk.progress_figures import RunControl
from krea_client.bulk.run_ledger import RunLedger
from krea_client.bulk.settle import server_time
from krea_client.bulk.storage import Storage
from krea_client.jobs import Job

LAST_INTENT, FRONTIER, BASELINE, SHARED, EARLIER = "last_intent", "frontier", "baseline", "shared", "earlier_jobs"
NEVER = Moment(0.0, datetime(1970, 1, 1, tzinfo=UTC))
CHAIN, CHAIN_ITEMS = "chain", "chain_items"
WEBHOOK_SIGNER = "webhook_secret"
NOTICE = (
    "notice "  # and the ordinal of an intent: the job that a webhook for it named; "" where two named different ones
)
PAID_EARLIER = "paid_earlier"  # millionths of a USD, of jobs without a result whose items were planned again


class RunnerOptions(NamedTuple):
    """How a run is carried out.

    Attributes:
        at_once: largest number of jobs at a time.
        lane: POSTs that may be unanswered at a time; None widens the lane from 1 only while slots stand idle.
        downloads: largest number of downloads at a time; 0 leaves them to other machines.
        resend_absent: an interrupted POST whose job is not in the account's list is sent again.
        settle_seconds: how long after its intent a POST may still create a job; None is an intent's life and the time-out of a POST.
        budget: in millionths of a USD, for the whole run; None is none.
        shared: another program uses the account, so no job is adopted; None watches for such jobs.
        webhook: makes the address that gets the end of an item's job; None has none.
        total: items of the input, where that is known.
        patience: seconds without any answer of the API after which the run is left.
    """

    at_once: int = 8
    lane: int | None = None
    downloads: int = 8
    resend_absent: bool = False
    settle_seconds: float | None = None
    budget: int | None = None
    shared: bool | None = None
    webhook: Callable[[int], str] | None = None
    total: int | None = None
    patience: float = 300.0


class Tag(NamedTuple):
    """What a flow is for: one of "post", "upload", "look", "save", "unclaimed", "settle"; with its item, job or look."""

    purpose: str
    ordinal: int = -1
    job: Job | None = None
    look: Look | None = None


@dataclass
class RunParts:
    """The shared state of one runner.

    Attributes:
        now: the moment of the present round.
        no_more: why nothing is sent any more; what runs is still watched and saved. "" while things are sent.
        leave: why the run is left at once, after the answers under way. "" while it goes on.
        frontier: the latest creation time that the API has shown: whatever is sent from now on is created later.
        outage_since: the monotonic time since which the API has not answered; None while it does.
    """

    settings: RunnerOptions
    options: RequestOptions
    context: CallContext
    ledger: RunLedger
    storage: Storage
    control: RunControl
    watch: ListWatch
    pool: FlowPool[Tag] = field(default_factory=FlowPool[Tag])
    now: Moment = NEVER
    no_more: str = ""
    leave: str = ""
    outage_since: float | None = None
    frontier: int = 0
    problems: list[str] = field(default_factory=list[str])

    @property
    def is_sending(self) -> bool:
        """Whether POSTs may be begun at all."""
        return not (self.no_more or self.leave)

    def stop_sending(self, reason: str) -> None:
        """Send nothing more, for the first reason that was given."""
        self.no_more = self.no_more or reason

    def leave_run(self, reason: str) -> None:
        """Leave the run, for the first reason that was given."""
        self.leave = self.leave or reason

    @property
    def clock_offset(self) -> timedelta:
        """How far the API's clock is ahead, as far as is known."""
        return self.options.clock_offset.value or timedelta()

    def note_times(self, jobs: Iterable[Job]) -> None:
        """Take creation times that the API has shown."""
        times = [server_time(job.created_at) for job in jobs if job.created_at is not None]
        self.frontier = max([self.frontier, *times])

    def answered(self) -> None:
        """Record that the API has answered."""
        self.outage_since = None

    def unanswered(self, error: Exception) -> None:
        """Record that the API has not answered; the run is left when that lasts."""
        if self.outage_since is None:
            self.outage_since = self.now.at
        elif self.now.at - self.outage_since > self.settings.patience:
            self.leave_run(f"the API has not answered for {self.settings.patience:g} s: {error}")
