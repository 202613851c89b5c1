"""Many flows at once as one flow: a slot held until its job ends, lazy input, one shared back-off, results as they come."""

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

LAST_ANSWERS = 5.0  # seconds that an interrupted batch waits for submissions under way


@dataclass(slots=True)
class _Slot:
    number: int
    item: object
    flow: Flow[Any]
    held: Call | None = None  # a submission that waits because another one was told that there is no room
    queued: bool = False  # it has waited for room, so its next submission goes out


@dataclass(slots=True)
class _Board:
    """What is going on: who is being asked for, who sleeps until when, who waits for the API to have room."""

    count: int = 0
    slots: dict[int, _Slot] = field(default_factory=dict[int, _Slot])
    begin: list[tuple[int, Call]] = field(default_factory=list[tuple[int, Call]])
    sleeping: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    for_room: set[int] = field(default_factory=set[int])
    asleep: dict[int, float] = field(default_factory=dict[int, float])
    in_flight: set[int] = field(default_factory=set[int])

    def lay_down(self, number: int, until: float, *, for_room: bool) -> None:
        self.asleep[number] = until
        heapq.heappush(self.sleeping, (until, number))
        if for_room:
            self.for_room.add(number)

    def wake(self, now: float) -> list[int]:
        woken: list[int] = []
        while self.sleeping and self.sleeping[0][0] <= now:
            until, number = heapq.heappop(self.sleeping)
            if self.asleep.get(number) == until:  # else it was woken early, or sleeps again until later
                woken.append(number)
                self._up(number)
        return woken

    def wake_one_for_room(self) -> list[int]:
        number = min(self.for_room, default=None)
        if number is None:
            return []
        self._up(number)
        return [number]

    def _up(self, number: int) -> None:
        del self.asleep[number]
        self.for_room.discard(number)

    def room_expected(self) -> float:
        return max(self.asleep[number] for number in self.for_room)

    def next_wake(self) -> float | None:
        while self.sleeping and self.asleep.get(self.sleeping[0][1]) != self.sleeping[0][0]:
            heapq.heappop(self.sleeping)
        return self.sleeping[0][0] if self.sleeping else None


Start = Callable[[Any], Flow[Any]]
Outcome = Callable[[Any, object], object]


def run_all(items: Iterator[Any], start: Start, outcome: Outcome, at_once: int) -> Flow[None]:
    """Runs a flow for each item, so many at a time, and emits what `outcome` makes of each item and its end.

    Args:
        items: taken one by one, when a slot is free.
        start: makes the flow of an item; what it raises becomes that item's end.
        outcome: makes the emitted value of an item and of what its flow returned or raised.
        at_once: how many flows are under way at most.
    """
    board = _Board()
    try:
        more = True
        while more or board.slots:
            more = more and (yield from _filled(board, items, start, outcome, at_once))
            if board.slots:
                yield from _one_round(board, outcome)
    except GeneratorExit:  # thrown away without a driver: nothing can be asked any more
        raise
    except BaseException as stop:
        yield from _interrupted(board, stop, outcome)
        raise


def _filled(board: _Board, items: Iterator[Any], start: Start, outcome: Outcome, at_once: int) -> Flow[bool]:
    """Gives every free slot an item; False when there are no more."""
    while len(board.slots) < at_once:
        try:
            item = next(items)
        except StopIteration:
            return False
        board.count += 1
        board.slots[board.count] = _Slot(board.count, item, _started(start, item))
        yield from _advance(board, board.count, None, outcome)
    return True


def _started(start: Start, item: object) -> Flow[Any]:
    # The flow is made inside the flow, so that a bad item ends like any other failure.
    return (yield from start(item))


def _one_round(board: _Board, outcome: Outcome) -> Flow[None]:
    begin, board.begin = tuple(board.begin), []
    board.in_flight.update(number for number, _ in begin)
    done = yield Gather(begin, board.next_wake())
    for number, answer in done:
        board.in_flight.discard(number)
        yield from _advance(board, number, answer, outcome)
    now: Moment = yield Now()
    for number in board.wake(now.at):
        yield from _advance(board, number, None, outcome)


def _advance(board: _Board, number: int, told: object, outcome: Outcome) -> Flow[None]:
    """Moves one slot's flow on until it has to wait for something, or has ended."""
    slot = board.slots[number]
    if slot.held is not None:
        board.begin.append((number, slot.held))
        slot.held = None
        return
    while True:
        try:
            effect: Effect = slot.flow.throw(told) if isinstance(told, BaseException) else slot.flow.send(told)
        except StopIteration as end:
            yield from _ended(board, slot, end.value, outcome)
            return
        except Exception as error:  # noqa: BLE001  # whatever ends one item must not end the others
            yield from _ended(board, slot, error, outcome)
            return
        if isinstance(effect, Call):
            if effect.paid and board.for_room and not slot.queued:
                slot.held = effect
                board.lay_down(number, board.room_expected(), for_room=True)
            else:
                board.begin.append((number, effect))
            slot.queued = False
            return
        if isinstance(effect, Sleep):
            now: Moment = yield Now()
            board.lay_down(number, now.at + effect.seconds, for_room=effect.for_room)
            slot.queued = effect.for_room
            return
        try:
            told = yield effect
        except Exception as error:  # noqa: BLE001  # what happened belongs to the slot that asked
            told = error


def _ended(board: _Board, slot: _Slot, end: object, outcome: Outcome) -> Flow[None]:
    del board.slots[slot.number]
    yield Emit(outcome(slot.item, end))
    for number in board.wake_one_for_room():
        yield from _advance(board, number, None, outcome)


def _interrupted(board: _Board, stop: BaseException, outcome: Outcome) -> Flow[None]:
    """Lets every flow take its leave (and cancel its job, where it was told to), one after the other.

    A second interrupt ends that at once, and is the one that carries the jobs' ids then.
    """
    second: BaseException | None = None
    try:
        yield from _landed(board, outcome)
    except BaseException as impatient:  # noqa: BLE001  # raised below, when every job is named
        second = impatient
    for slot in list(board.slots.values()):
        second = yield from _taken_leave(slot, stop, second)
    board.slots.clear()
    if second is not None:
        for note in getattr(stop, "__notes__", ()):
            second.add_note(note)
        raise second


def _taken_leave(slot: _Slot, stop: BaseException, second: BaseException | None) -> Flow[BaseException | None]:
    """Ends one flow and notes what it says; nothing is asked for any more once there was a second interrupt."""
    told: object = ConsumerClosed()  # whatever stopped the batch, no flow may take it for a failure of its own
    while True:
        try:
            effect = slot.flow.throw(told) if isinstance(told, BaseException) else slot.flow.send(told)
        except BaseException as left:  # noqa: BLE001  # it ends with the interrupt that was thrown in
            for note in getattr(left, "__notes__", ()):
                stop.add_note(note)
            return second
        if second is not None:
            told = ConsumerClosed()
            continue
        try:
            told = yield effect
        except Exception as error:  # noqa: BLE001  # what happened belongs to the slot that asked
            told = error
        except BaseException as impatient:  # noqa: BLE001  # raised by the caller, when every job is named
            second, told = impatient, ConsumerClosed()


def _landed(board: _Board, outcome: Outcome) -> Flow[None]:
    """Takes in the answers of submissions that are under way, for a moment: they hold job ids."""
    now: Moment = yield Now()
    until = now.at + LAST_ANSWERS
    while board.in_flight:
        done = yield Gather((), until)
        if not done:
            return
        for number, answer in done:
            board.in_flight.discard(number)
            yield from _advance(board, number, answer, outcome)
