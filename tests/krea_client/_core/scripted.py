"""A driver with neither a clock nor a socket: it carries out what a flow asks for by a script, in virtual time."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from krea_client._core.clock_offset import ClockOffset
from krea_client._core.effects import (
    Answer,
    ApiCall,
    ConsumerClosed,
    Effect,
    Emit,
    Fetch,
    Flow,
    Gather,
    Moment,
    Notify,
    Now,
    Sleep,
    Unanswered,
    Warn,
)
from krea_client._core.job_memory import JobMemory
from krea_client._core.policies import Pace, Retry
from krea_client._core.retry_budget import RetryBudget
from krea_client._core.retrying import RequestOptions, longest
from krea_client._core.upload_cache import UploadCache

T = TypeVar("T")
START = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Slow(NamedTuple):
    """A reply that comes after so many seconds, or never within the call's time-out."""

    seconds: float
    reply: Answer | Exception


Reply = Answer | Exception | Slow
Server = Callable[[ApiCall, float], Reply]
HANGS = Slow(float("inf"), Unanswered("never seen"))


def says(status: int = 200, headers: dict[str, str] | None = None, /, **body: Any) -> Answer:
    """Return an answer with a JSON body."""
    return Answer(status, headers or {}, json.dumps(body).encode())


def in_turn(replies: Iterable[Reply]) -> Server:
    """Return a server that gives these replies one after the other, and not one more."""
    remaining = iter(replies)

    def serve(call: ApiCall, now: float) -> Reply:
        reply = next(remaining, None)
        assert reply is not None, f"at {now:g} s nothing is left to say to {call.method} {call.path}"
        return reply

    return serve


@dataclass
class World:
    """What the outside does to flows, and what they did: every call with its time, every pause, warning and result."""

    server: Server
    interrupt_at: float = float("inf")
    interrupt: Callable[[], BaseException] = KeyboardInterrupt
    warn: Callable[[Warn], object] = lambda effect: None
    default_timeout: float = 60.0
    now: float = 0.0
    calls: list[tuple[float, ApiCall]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    warned: list[Warn] = field(default_factory=list)
    emitted: list[Any] = field(default_factory=list)
    leave_after: int | None = None
    most_in_flight: int = 0
    _flying: dict[int, tuple[float, Answer | Exception]] = field(default_factory=dict)

    @property
    def sent(self) -> list[str]:
        """Each call as "METHOD path"."""
        return [f"{call.method} {call.path}" for _, call in self.calls]

    @property
    def times(self) -> list[float]:
        """When each call went out."""
        return [round(at, 3) for at, _ in self.calls]

    def run(self, flow: Flow[T]) -> T:
        """Return what the flow returns or raises."""
        outcome: Any = None
        while True:
            try:
                effect = flow.throw(outcome) if isinstance(outcome, BaseException) else flow.send(outcome)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # a Flow[T] returns a T
            try:
                outcome = self._perform(effect)
            except BaseException as error:  # noqa: BLE001  # thrown back in, as a real driver does
                outcome = error

    def _perform(self, effect: Effect) -> object:
        match effect:
            case Now():
                return Moment(self.now, START + timedelta(seconds=self.now))
            case Sleep():
                assert effect.seconds >= 0
                self.pauses.append(effect.seconds)
                self._pass_until(self.now + effect.seconds)
                return None
            case ApiCall():
                until, reply = self._begun(effect)
                self._pass_until(until)
                return _as_answer(reply)
            case Warn():
                self.warned.append(effect)
                return self.warn(effect)
            case Notify():
                return effect.callback(effect.value)
            case Emit():
                self.emitted.append(effect.value)
                if len(self.emitted) == self.leave_after:
                    raise ConsumerClosed
                return None
            case Gather():
                return self._together(effect)
            case Fetch():
                raise AssertionError("no test here downloads anything")

    def _begun(self, call: ApiCall) -> tuple[float, Answer | Exception]:
        self.calls.append((self.now, call))
        reply = self.server(call, self.now)
        if not isinstance(reply, Slow):
            return self.now, reply
        limit = longest(self.default_timeout if call.timeout is None else call.timeout)
        if reply.seconds > limit:
            return self.now + limit, Unanswered(f"no answer in {limit:g} s")
        return self.now + reply.seconds, reply.reply

    def _pass_until(self, until: float) -> None:
        if self.now <= self.interrupt_at <= until:
            self.now, self.interrupt_at = self.interrupt_at, float("inf")
            raise self.interrupt()
        self.now = max(self.now, until)

    def _together(self, effect: Gather) -> list[tuple[int, Answer | Exception]]:
        for number, call in effect.begin:
            assert number not in self._flying
            self._flying[number] = self._begun(call)
        self.most_in_flight = max(self.most_in_flight, len(self._flying))
        ends = [until for until, _ in self._flying.values()]
        if effect.until is not None:
            ends.append(effect.until)
        assert ends, "waits for nothing, for ever"
        self._pass_until(min(ends))
        finished = [number for number, (until, _) in self._flying.items() if until <= self.now]
        return [(number, self._flying.pop(number)[1]) for number in finished]


def _as_answer(reply: Answer | Exception) -> Answer:
    if isinstance(reply, Exception):
        raise reply
    return reply


def request_options(**changes: Any) -> RequestOptions:
    """Return the options of a client with everything by default, and no luck with jitter: each draw is 1."""
    defaults: dict[str, Any] = {
        "retry": Retry(),
        "pace": Pace(),
        "on_interrupt": "keep",
        "timeout": 60.0,
        "draw": lambda: 1.0,
        "first_time": lambda model: True,
        "memory": JobMemory(),
        "upload_cache": UploadCache(),
        "retry_budget": RetryBudget(),
        "clock_offset": ClockOffset(),
    }
    return RequestOptions(**(defaults | changes))
