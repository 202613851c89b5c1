"""Batches: many operations as one, each in a slot until its job ends, with lazy input, one shared back-off, results as they end."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from krea_client._core.effects import (
    Call,
    ConsumerClosed,
    Effect,
    Emit,
    Flow,
    Gather,
    Moment,
    Now,
    Sleep,
)

LAST_RESPONSES = 5.0  # seconds that an interrupted batch waits for submissions in flight


@dataclass(slots=True)
class _Slot:
    number: int
    item: object
    flow: Flow[Any]
    delayed: Call | None = None  # a submission that waits because another one got a 429
    queued: bool = False  # it has waited for room, so its next submission is sent


@dataclass(slots=True)
class _Schedule:
    """Which slots have a call in flight, sleep until when, or wait until the API has room."""

    count: int = 0
    slots: dict[int, _Slot] = field(default_factory=dict[int, _Slot])
    begin: list[tuple[int, Call]] = field(default_factory=list[tuple[int, Call]])
    sleeping: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    for_room: set[int] = field(default_factory=set[int])
    wake_times: dict[int, float] = field(default_factory=dict[int, float])
    in_flight: set[int] = field(default_factory=set[int])

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
                self._woke(number)
        return numbers

    def wake_first_for_room(self) -> list[int]:
        number = min(self.for_room, default=None)
        if number is None:
            return []
        self._woke(number)
        return [number]

    def _woke(self, number: int) -> None:
        del self.wake_times[number]
        self.for_room.discard(number)

    def room_expected(self) -> float:
        return max(self.wake_times[number] for number in self.for_room)

    def next_wake(self) -> float | None:
        while self.sleeping and self.wake_times.get(self.sleeping[0][1]) != self.sleeping[0][0]:
            heapq.heappop(self.sleeping)
        return self.sleeping[0][0] if self.sleeping else None


Start = Callable[[Any], Flow[Any]]
Outcome = Callable[[Any, object], object]


def run_all(items: Iterator[Any], start: Start, outcome: Outcome, at_once: int) -> Flow[None]:
    """Run an operation for each item, so many at a time, and emit what `outcome` makes of each item and its end.

    Args:
        items: read one by one, when a slot is free.
        start: makes the operation of an item; an exception that it raises is that item's end.
        outcome: makes the emitted value of an item and of what its operation returned or raised.
        at_once: largest number of operations at a time.
    """
    schedule = _Schedule()
    try:
        more = True
        while more or schedule.slots:
            more = more and (yield from _fill(schedule, items, start, outcome, at_once))
            if schedule.slots:
                yield from _one_round(schedule, outcome)
    except GeneratorExit:  # destroyed without a driver: no effect can be performed any more
        raise
    except BaseException as stop:
        yield from _interrupt(schedule, stop, outcome)
        raise


def _fill(schedule: _Schedule, items: Iterator[Any], start: Start, outcome: Outcome, at_once: int) -> Flow[bool]:
    """Give every free slot an item; return False when there are no more."""
    while len(schedule.slots) < at_once:
        try:
            item = next(items)
        except StopIteration:
            return False
        schedule.count += 1
        schedule.slots[schedule.count] = _Slot(schedule.count, item, _start(start, item))
        yield from _advance(schedule, schedule.count, None, outcome)
    return True


def _start(start: Start, item: object) -> Flow[Any]:
    # The operation is made inside the generator, so that a bad item ends like any other failure.
    return (yield from start(item))


def _one_round(schedule: _Schedule, outcome: Outcome) -> Flow[None]:
    begin, schedule.begin = tuple(schedule.begin), []
    schedule.in_flight.update(number for number, _ in begin)
    responses = yield Gather(begin, schedule.next_wake())
    for number, response in responses:
        schedule.in_flight.discard(number)
        yield from _advance(schedule, number, response, outcome)
    now: Moment = yield Now()
    for number in schedule.wake(now.at):
        yield from _advance(schedule, number, None, outcome)


def _advance(schedule: _Schedule, number: int, reply: object, outcome: Outcome) -> Flow[None]:
    """Advance one slot's operation until it has to wait for something, or has ended."""
    slot = schedule.slots[number]
    if slot.delayed is not None:
        schedule.begin.append((number, slot.delayed))
        slot.delayed = None
        return
    while True:
        try:
            effect: Effect = slot.flow.throw(reply) if isinstance(reply, BaseException) else slot.flow.send(reply)
        except StopIteration as end:
            yield from _end(schedule, slot, end.value, outcome)
            return
        except Exception as error:  # noqa: BLE001  # the failure of one item must not end the others
            yield from _end(schedule, slot, error, outcome)
            return
        if isinstance(effect, Call):
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
            return
        try:
            reply = yield effect
        except Exception as error:  # noqa: BLE001  # it belongs to the slot whose effect it was
            reply = error


def _end(schedule: _Schedule, slot: _Slot, end: object, outcome: Outcome) -> Flow[None]:
    del schedule.slots[slot.number]
    yield Emit(outcome(slot.item, end))
    for number in schedule.wake_first_for_room():
        yield from _advance(schedule, number, None, outcome)


def _interrupt(schedule: _Schedule, stop: BaseException, outcome: Outcome) -> Flow[None]:
    """End every operation (which cancels its job, where the client is set so), one after the other.

    A second interrupt ends that at once, and then carries the ids of the jobs.
    """
    second: BaseException | None = None
    try:
        yield from _receive_last_responses(schedule, outcome)
    except BaseException as impatient:  # noqa: BLE001  # raised below, when every job is named
        second = impatient
    for slot in list(schedule.slots.values()):
        second = yield from _stop(slot, stop, second)
    schedule.slots.clear()
    if second is not None:
        for note in getattr(stop, "__notes__", ()):
            second.add_note(note)
        raise second


def _stop(slot: _Slot, stop: BaseException, second: BaseException | None) -> Flow[BaseException | None]:
    """End one operation and copy its notes; after a second interrupt no effect is performed any more."""
    reply: object = ConsumerClosed()  # whatever stopped the batch, no operation may take it for a failure of its own
    while True:
        try:
            effect = slot.flow.throw(reply) if isinstance(reply, BaseException) else slot.flow.send(reply)
        except BaseException as end:  # noqa: BLE001  # it ends with the interrupt that was thrown in
            for note in getattr(end, "__notes__", ()):
                stop.add_note(note)
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


def _receive_last_responses(schedule: _Schedule, outcome: Outcome) -> Flow[None]:
    """Receive the responses to submissions in flight, for a moment: they hold job ids."""
    now: Moment = yield Now()
    until = now.at + LAST_RESPONSES
    while schedule.in_flight:
        responses = yield Gather((), until)
        if not responses:
            return
        for number, response in responses:
            schedule.in_flight.discard(number)
            yield from _advance(schedule, number, response, outcome)
