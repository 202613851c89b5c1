"""Batches: many operations as one, each in a slot until its job ends, with lazy input, one shared back-off, results as they end."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from krea_client._core import open_jobs
from krea_client._core.effects import (
    ApiCall,
    ConsumerClosed,
    Effect,
    Emit,
    Flow,
    Gather,
    Moment,
    Now,
    Sleep,
)
from krea_client._core.paid_answers import PaidAnswers
from krea_client._core.shared_looks import PAGE_SLOT, SharedLooks
from krea_client.errors import OverBudget

LAST_RESPONSES = 5.0  # seconds that an interrupted batch waits for submissions in flight


@dataclass(slots=True)
class _Slot:
    number: int
    item: object
    flow: Flow[Any]
    delayed: ApiCall | None = None  # a submission that waits because another one got a 429
    queued: bool = False  # it has waited for room, so its next submission is sent
    call: ApiCall | None = None  # the last one


@dataclass(slots=True)
class _Schedule:
    """Which slots have a call in flight, sleep until when, or wait until the API has room."""

    count: int = 0
    slots: dict[int, _Slot] = field(default_factory=dict[int, _Slot])
    begin: list[tuple[int, ApiCall]] = field(default_factory=list[tuple[int, ApiCall]])
    sleeping: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    for_room: set[int] = field(default_factory=set[int])
    wake_times: dict[int, float] = field(default_factory=dict[int, float])
    in_flight: set[int] = field(default_factory=set[int])
    responses: deque[tuple[int, object]] = field(default_factory=deque[tuple[int, object]])  # not yet processed
    exhausted: bool = False  # no further item is started: the input has ended, or the budget is spent
    interrupted: BaseException | None = None  # from then on nobody takes results
    shared: SharedLooks = field(default_factory=SharedLooks.off)
    answers: PaidAnswers = field(kw_only=True)

    def sleep(self, number: int, until: float, *, for_room: bool) -> None:
        self.wake_times[number] = until
        heapq.heappush(self.sleeping, (until, number))
        if for_room:
            self.for_room.add(number)

    def wake(self, now: float) -> list[int]:
        numbers: list[int] = []
        while self.sleeping and self.sleeping[0][0] <= now:
            until, number = heapq.heappop(self.sleeping)
            if self.wake_times.get(number) == until:  # else it was woken early, or sleeps again until later
                numbers.append(number)
                self.end_sleep(number)
        return numbers

    def wake_first_for_room(self) -> list[int]:
        number = min(self.for_room, default=None)
        if number is None:
            return []
        self.end_sleep(number)
        return [number]

    def end_sleep(self, number: int) -> None:
        del self.wake_times[number]
        self.for_room.discard(number)

    def room_expected(self) -> float:
        return max(self.wake_times[number] for number in self.for_room)

    def next_wake(self) -> float | None:
        while self.sleeping and self.wake_times.get(self.sleeping[0][1]) != self.sleeping[0][0]:
            heapq.heappop(self.sleeping)
        return self.sleeping[0][0] if self.sleeping else None


class Handlers(NamedTuple):
    """What a batch does with an item.

    Attributes:
        start: makes the operation of an item; an exception that it raises is that item's end.
        outcome: makes the emitted value of an item and of what its operation returned or raised.
        undelivered: adds a value that nobody takes any more to the exception that ended the batch.
        is_last: whether no further item is read after an item that ended so.
    """

    start: Callable[[Any], Flow[Any]]
    outcome: Callable[[Any, object], object]
    undelivered: Callable[[object, BaseException], None]
    is_last: Callable[[object], bool] = lambda _: False


def run_all(
    items: Iterator[Any], handlers: Handlers, at_once: int, shared_looks: SharedLooks | None = None
) -> Flow[None]:
    """Run an operation for each item, so many at a time, and emit what `handlers.outcome` makes of each item and its end.

    A submission that the budget does not allow is the last one: its item ends with OverBudget, and no further item is read.

    Args:
        items: read one by one, when a slot is free.
        handlers: what to do with an item.
        at_once: largest number of operations at a time.
        shared_looks: looks that the operations share; None where each looks by itself.
    """
    schedule = _Schedule(shared=shared_looks or SharedLooks.off(), answers=PaidAnswers(handlers.undelivered))
    try:
        while not schedule.exhausted or schedule.slots:
            yield from _fill(schedule, items, handlers, at_once)
            if schedule.slots:
                yield from _one_round(schedule, handlers)
    except GeneratorExit:  # destroyed without a driver: no effect can be performed any more
        raise
    except BaseException as stop:
        yield from _interrupt(schedule, stop, handlers)
        raise


def _fill(schedule: _Schedule, items: Iterator[Any], handlers: Handlers, at_once: int) -> Flow[None]:
    """Give every free slot an item."""
    while len(schedule.slots) < at_once and not schedule.exhausted:
        try:
            item = next(items)
        except StopIteration:
            schedule.exhausted = True
            return
        schedule.count += 1
        schedule.slots[schedule.count] = _Slot(schedule.count, item, _start(handlers, item))
        yield from _advance(schedule, schedule.count, None, handlers)


def _start(handlers: Handlers, item: object) -> Flow[Any]:
    # The operation is made inside the generator, so that a bad item ends like any other failure.
    return (yield from handlers.start(item))


def _one_round(schedule: _Schedule, handlers: Handlers) -> Flow[None]:
    begin, schedule.begin = tuple(schedule.begin), []
    schedule.in_flight.update(number for number, _ in begin if number != PAGE_SLOT)
    schedule.responses.extend((yield Gather(begin, schedule.next_wake())))
    yield from _process_responses(schedule, handlers)
    now: Moment = yield Now()
    for number in schedule.wake(now.at):
        until = schedule.shared.wait_for_page(number, now.at)
        if until is None:
            yield from _advance(schedule, number, None, handlers)
        else:
            schedule.sleep(number, until, for_room=False)
    if (page := schedule.shared.next_page(now.at)) is not None:
        schedule.begin.append((PAGE_SLOT, page))


def _process_responses(schedule: _Schedule, handlers: Handlers) -> Flow[None]:
    # The consumer may leave at any result that is emitted here: the responses behind it stay in the schedule.
    while schedule.responses:
        number, response = schedule.responses.popleft()
        schedule.in_flight.discard(number)
        if number != PAGE_SLOT:
            yield from _advance(schedule, number, response, handlers)
        elif schedule.interrupted is None:
            yield from _process_page(schedule, response, handlers)


def _process_page(schedule: _Schedule, response: object, handlers: Handlers) -> Flow[None]:
    now: Moment = yield Now()
    for number, job in schedule.shared.read(response, now.at).items():
        schedule.end_sleep(number)
        yield from _advance(schedule, number, job, handlers)


def _advance(schedule: _Schedule, number: int, reply: object, handlers: Handlers) -> Flow[None]:
    """Advance one slot's operation until it has to wait for something, or has ended."""
    slot = schedule.slots[number]
    schedule.shared.forget(number)
    if slot.delayed is not None:
        schedule.begin.append((number, slot.delayed))
        slot.delayed = None
        return
    schedule.answers.keep(number, slot.call, reply)
    while True:
        try:
            effect: Effect = slot.flow.throw(reply) if isinstance(reply, BaseException) else slot.flow.send(reply)
        except StopIteration as end:
            yield from _end(schedule, slot, end.value, handlers)
            return
        except Exception as error:  # noqa: BLE001  # the failure of one item must not end the others
            schedule.answers.name_slot_in(number, error)  # what a signal handler raised knows nothing of the job
            yield from _end(schedule, slot, error, handlers)
            return
        if isinstance(effect, ApiCall):
            slot.call = effect
            if effect.paid and schedule.for_room and not slot.queued:
                slot.delayed = effect
                schedule.sleep(number, schedule.room_expected(), for_room=True)
            else:
                schedule.begin.append((number, effect))
            slot.queued = False
            return
        if isinstance(effect, Sleep):
            now: Moment = yield Now()
            schedule.sleep(number, now.at + effect.seconds, for_room=effect.for_room)
            slot.queued = effect.for_room
            if effect.job_id is not None:
                schedule.shared.watched[number] = effect.job_id
            return
        try:
            reply = yield effect
        except Exception as error:  # noqa: BLE001  # it belongs to the slot whose effect it was
            reply = error


def _end(schedule: _Schedule, slot: _Slot, end: object, handlers: Handlers) -> Flow[None]:
    del schedule.slots[slot.number]
    schedule.answers.forget(slot.number)
    if (isinstance(end, OverBudget) and end.limit_reached) or handlers.is_last(end):
        schedule.exhausted = True
    value = handlers.outcome(slot.item, end)
    if schedule.interrupted is not None:
        handlers.undelivered(value, schedule.interrupted)
        return
    yield Emit(value, slot.number)
    for number in schedule.wake_first_for_room():
        yield from _advance(schedule, number, None, handlers)


def _interrupt(schedule: _Schedule, stop: BaseException, handlers: Handlers) -> Flow[None]:
    """End every operation (which cancels its job, where the client is set so), one after the other.

    A second interrupt ends that at once, and then carries the jobs.
    """
    second: BaseException | None = None
    schedule.interrupted = stop
    try:
        yield from _receive_last_responses(schedule, handlers)
    except BaseException as impatient:  # noqa: BLE001  # raised below, when every job is named
        second = impatient
    for slot in list(schedule.slots.values()):
        second = yield from _stop(slot, stop, second)
    schedule.slots.clear()
    if second is not None and second is not stop:
        open_jobs.move(stop, second)
        open_jobs.report(second)
        raise second
    open_jobs.report(stop)


def _stop(slot: _Slot, stop: BaseException, second: BaseException | None) -> Flow[BaseException | None]:
    """End one operation and take over its jobs and notes; after a second interrupt no effect is performed any more."""
    reply: object = ConsumerClosed()  # whatever stopped the batch, no operation may take it for a failure of its own
    while True:
        try:
            effect = slot.flow.throw(reply) if isinstance(reply, BaseException) else slot.flow.send(reply)
        except BaseException as end:  # noqa: BLE001  # it ends with the interrupt that was thrown in
            open_jobs.move(end, stop)
            return second
        if second is not None:
            reply = ConsumerClosed()
            continue
        try:
            reply = yield effect
        except Exception as error:  # noqa: BLE001  # it belongs to the slot whose effect it was
            reply = error
        except BaseException as impatient:  # noqa: BLE001  # raised by the caller, when every job is named
            second, reply = impatient, ConsumerClosed()


def _receive_last_responses(schedule: _Schedule, handlers: Handlers) -> Flow[None]:
    """Receive the responses to calls in flight, for a moment: they hold job ids and results."""
    now: Moment = yield Now()
    until = now.at + LAST_RESPONSES
    yield from _process_responses(schedule, handlers)
    while schedule.in_flight:
        schedule.responses.extend((yield Gather((), until)))
        now = yield Now()
        if not schedule.responses and now.at >= until:
            return
        yield from _process_responses(schedule, handlers)
