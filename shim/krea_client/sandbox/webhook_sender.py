"""Delivery of webhooks: one POST each, no retry, since none is documented."""

from __future__ import annotations

import asyncio
import logging
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from krea_client.sandbox.http_messages import JSON, Delivery

if TYPE_CHECKING:
    from krea_client.sandbox.fault_script import FaultScript
    from krea_client.sandbox.machine import Machine

T = TypeVar("T")

PAUSE = 0.05
PATIENCE = 5.0

_log = logging.getLogger("krea_client.sandbox")


class WebhookSender:
    """Sends the webhooks of jobs that have ended, every 50 ms; with `post`, hands them to it instead."""

    def __init__(
        self, machine: Machine, post: Callable[[Delivery], object] | None = None, faults: FaultScript | None = None
    ) -> None:
        self._machine = machine
        self._faults = faults
        self._post = post or deliver

    async def run(self) -> None:
        """Send webhooks until cancelled; a failed delivery is logged."""
        while True:
            self._machine.settle()
            if self._machine.undelivered or (self._faults and self._faults.holds_webhooks):
                await asyncio.to_thread(send_due, self._machine, self._post, self._faults)
            await asyncio.sleep(PAUSE)


def send_due(machine: Machine, post: Callable[[Delivery], T], faults: FaultScript | None = None) -> list[T]:
    """Hand every due webhook call to `post` and return its results; concurrent calls take turns.

    Each goes out once, in the order of the jobs' ends, unless the fault script says otherwise.
    """
    now = machine.settle()
    with machine.delivering:
        if faults is not None:
            due = [machine.undelivered.popleft() for _ in range(len(machine.undelivered))]
            machine.undelivered.extend(faults.arrange(due, now))
        results: list[T] = []
        while machine.undelivered:
            results.append(post(machine.undelivered.popleft()))
        return results


def deliver(delivery: Delivery) -> int | None:
    """Post one delivery, past any proxy; give the answered status, or None when nobody answered."""
    call = urllib.request.Request(  # noqa: S310 - the machine lets only http and https addresses in
        delivery.url, data=delivery.body, method="POST", headers={"content-type": JSON}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(call, timeout=PATIENCE) as answered:
            status: int = answered.status
            return status
    except urllib.error.HTTPError as refused:
        with refused:
            _log.warning("Webhook of job %s: the receiver answered %s.", delivery.job_id, refused.code)
            return refused.code
    except OSError as error:
        _log.warning("Webhook of job %s was not delivered: %s", delivery.job_id, error)
        return None


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        """Follow nothing: a POST that became a GET elsewhere would look like a delivery."""
