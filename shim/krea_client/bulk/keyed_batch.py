"""Submit the requests of `run_all` durably: each by `once`, under its key in a journal, one POST at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from typing import Any, cast

from krea_client._core.effects import Flow, Moment, Now, Perform, Sleep
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client._request.build import PreparedRequest
from krea_client._session import Submit
from krea_client.bulk.journal import BulkItem, JournalError
from krea_client.bulk.once import RUN, KeyTaken, OnceCall, OnceOptions, once
from krea_client.bulk.run_folder import JOURNAL_VARIABLE, RunPlace
from krea_client.errors import Busy, ConnectionFailed, OutcomeUnknown
from krea_client.jobs import Job

# seconds between two looks whether it is a request's turn, by its place in the queue
_PAUSE, _LONGEST_PAUSE = (
    0.02,
    0.5,
)


class KeyedBatch:
    """The keys of one batch, and the queue of its requests that are to be sent.

    Args:
        journal: a local folder, or postgresql://...; KREA_BULK_JOURNAL where None.
        key: makes the key of a request; None numbers the requests, from 1.

    Raises:
        ValueError: neither an argument nor the environment names a journal.
        TypeError: `key` cannot be called.
    """

    def __init__(self, journal: str | os.PathLike[str] | None, key: Callable[[Any], object] | None) -> None:
        if journal is None and not os.environ.get(JOURNAL_VARIABLE, "").strip():
            raise ValueError(
                f"key= names the requests of a journal: give journal=, such as a folder, or set {JOURNAL_VARIABLE}"
            )
        if key is not None and not callable(key):
            raise TypeError(f"key={key!r}: give a function that returns the key of a request")
        self._place = RunPlace(RUN, None if journal is None else os.fspath(journal))
        self._key = key
        self._count = 0
        self._queue: deque[object] = deque()

    def submission_of(self, request: object) -> Submit:
        """Return what submits a request, or takes the job that an earlier call has made of it."""
        self._count += 1
        key = str(self._count if self._key is None else self._key(request))

        def submit(prepared: PreparedRequest, options: RequestOptions, context: CallContext) -> Flow[Job]:
            item = cast("BulkItem | None", (yield Perform(lambda: self._find(key))))
            call = OnceCall(key, prepared, self._place.open_journal, OnceOptions(), options, context)
            if item is not None and item.job_id is not None:
                return (yield from once(call))
            ticket = object()
            self._queue.append(ticket)
            try:
                while self._queue[0] is not ticket:
                    yield Sleep(min(_LONGEST_PAUSE, _PAUSE * self._queue.index(ticket)))
                return (yield from _sent(call))
            finally:
                self._queue.remove(ticket)

        return submit

    def is_last(self, end: object) -> bool:
        """Return True for the end of a request after which no other can be submitted: the journal cannot be used."""
        return isinstance(end, JournalError) and not isinstance(end, KeyTaken)

    def _find(self, key: str) -> BulkItem | None:
        journal = self._place.open_journal()
        try:
            return journal.find(key)
        finally:
            journal.close()


def _sent(call: OnceCall) -> Flow[Job]:
    """Send the request of a key when the API takes it; a lost answer is settled, which may take a minute."""
    began: Moment = yield Now()
    attempt, is_settling = 0, False
    while True:
        try:
            return (yield from once(call))
        except OutcomeUnknown:
            if is_settling:
                raise
            is_settling = True
        except (Busy, ConnectionFailed) as error:
            attempt += 1
            now: Moment = yield Now()
            busy = isinstance(error, Busy)
            after = error.retry_after if isinstance(error, Busy) else None
            pause = call.options.retry.pause(
                attempt, now.at - began.at, call.options.draw(), busy=busy, retry_after=after
            )
            if pause is None:
                raise
            yield Sleep(pause, for_room=busy)
