"""Run many flows in one: each is resumed when its effect has been performed, and the runner collects flows that have ended."""

from __future__ import annotations

import heapq
from typing import Generic, TypeVar

from krea_client._core.effects import ApiCall, Effect, Fetch, Flow, Gather, Moment, Now, Perform, Sleep

Tag = TypeVar("Tag")


class FlowPool(Generic[Tag]):
    """Flows under way, each with a tag that says what it is for."""

    def __init__(self) -> None:
        self._flows: dict[int, tuple[Tag, Flow[object]]] = {}
        self._count = 0
        self._begin: list[tuple[int, ApiCall | Fetch | Perform]] = []
        self._sleeping: list[tuple[float, int]] = []
        self._ended: list[tuple[Tag, object]] = []

    def __len__(self) -> int:
        return len(self._flows)

    def start(self, tag: Tag, flow: Flow[object]) -> Flow[None]:
        """Start a flow. Its first calls are begun by the next `collect`."""
        self._count += 1
        self._flows[self._count] = (tag, flow)
        yield from self._advance(self._count, None)

    def close(self) -> None:
        """Close the flows that have not ended: they leave nothing behind."""
        for _, flow in self._flows.values():
            flow.close()
        self._flows.clear()

    def collect(self, until: float | None) -> Flow[list[tuple[Tag, object]]]:
        """Wait until a flow has ended, or until a monotonic time; return (tag, value or exception) of all that have ended.

        It may return earlier, with nothing, when a flow has gone on without ending.
        """
        if not self._ended:
            times = [time for time in (until, self._sleeping[0][0] if self._sleeping else None) if time is not None]
            begin, self._begin = tuple(self._begin), []
            for number, outcome in (yield Gather(begin, min(times, default=None))):
                yield from self._advance(number, outcome)
            now: Moment = yield Now()
            while self._sleeping and self._sleeping[0][0] <= now.at:
                yield from self._advance(heapq.heappop(self._sleeping)[1], None)
        ended, self._ended = self._ended, []
        return ended

    def _advance(self, number: int, reply: object) -> Flow[None]:
        tag, flow = self._flows[number]
        while True:
            try:
                effect: Effect = flow.throw(reply) if isinstance(reply, BaseException) else flow.send(reply)
            except StopIteration as end:
                self._end(number, tag, end.value)
                return
            except Exception as error:  # noqa: BLE001  # the failure of one flow must not end the others
                self._end(number, tag, error)
                return
            if isinstance(effect, (ApiCall, Fetch, Perform)):
                self._begin.append((number, effect))
                return
            if isinstance(effect, Sleep):
                now: Moment = yield Now()
                heapq.heappush(self._sleeping, (now.at + effect.seconds, number))
                return
            try:
                reply = yield effect
            except Exception as error:  # noqa: BLE001  # it belongs to the flow whose effect it was
                reply = error

    def _end(self, number: int, tag: Tag, outcome: object) -> None:
        del self._flows[number]
        self._ended.append((tag, outcome))
