"""Fault scripts: which request gets which fault, as data for a test, a file or the control API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock
from types import NoneType
from typing import Any, NamedTuple, cast

from krea_client.sandbox.fault_kinds import KINDS, WEBHOOK_KINDS, Play, Transmission, known_kinds
from krea_client.sandbox.http_messages import Delivery, Request, Response

# The purposes of requests, as the client names them; `look` is a poll.
OCCASIONS = ("submit", "look", "list", "cancel", "upload", "result", "other", "any", "webhook")


class Fault(NamedTuple):
    """One fault in the way of the `nth` request on an occasion, counted from when the script got it.

    `kind` is one of `KINDS`, `on` one of `OCCASIONS`. It stays for so many `times` in a row (0: for ever). `accepted` says
    whether the API works on the request all the same; None leaves that to the kind. `value` is the kind's own: seconds,
    a status, the text of a header.
    """

    kind: str
    on: str = "any"
    nth: int = 1
    times: int = 1
    accepted: bool | None = None
    value: str | float | None = None

    @classmethod
    def read(cls, value: object) -> Fault:
        """Read a fault from a mapping, or from the name of its kind; raises ValueError that says what does not fit."""
        if isinstance(value, Fault):
            return _checked(value)
        if isinstance(value, str):
            return _checked(cls(value))
        if not isinstance(value, Mapping):
            raise ValueError(  # noqa: TRY004  # about what a file says, not about a Python type
                f"a fault is {value!r}: give a mapping such as {{'kind': 'reset', 'on': 'submit'}}"
            )
        members = cast("Mapping[str, Any]", value)
        if unknown := sorted(set(members) - set(cls._fields)):
            raise ValueError(f"a fault has no {', '.join(unknown)}; it has {', '.join(cls._fields)}")
        if "kind" not in members:
            raise ValueError(f"a fault needs a kind: one of {known_kinds()}")
        return _checked(cls(**members))

    def play(self, request: Request, forward: Play) -> Transmission:
        """Return what the request meets; `forward` makes the API work on it."""
        kind = KINDS[self.kind]
        accepted = self.accepted if self.accepted is not None else kind.accepted is not False
        response = forward(request) if accepted else Response(200, {"content-type": "application/json"}, b"{}")
        return kind.play(request, response, self.value)


def _checked(fault: Fault) -> Fault:
    if fault.kind not in KINDS:
        raise ValueError(f"there is no fault {fault.kind!r}; there are {known_kinds()}")
    if fault.on not in OCCASIONS:
        raise ValueError(f"{fault.kind}: on={fault.on!r} is no occasion; there are {', '.join(OCCASIONS)}")
    members: dict[str, object] = fault._asdict()
    for name, least in (("nth", 1), ("times", 0)):
        number = members[name]
        if not isinstance(number, int) or isinstance(number, bool) or number < least:
            raise ValueError(f"{fault.kind}: {name}={number!r}: give a whole number, {least} or more")
    if (fault.kind in WEBHOOK_KINDS) != (fault.on == "webhook"):
        raise ValueError(
            f"{fault.kind} on {fault.on!r}: on='webhook' goes with {', '.join(WEBHOOK_KINDS)}, and they with it"
        )
    if type(members["accepted"]) not in (bool, NoneType):
        raise ValueError(f"{fault.kind}: accepted={fault.accepted!r}: give true, false or nothing")
    if type(members["value"]) not in (str, int, float, NoneType):
        raise ValueError(f"{fault.kind}: value={fault.value!r}: give a text or a number")
    possible = KINDS[fault.kind].accepted
    if None not in (fault.accepted, possible) and fault.accepted != possible:
        raise ValueError(f"{fault.kind}: it happens only where the request was {'' if possible else 'not '}accepted")
    return fault


class FaultScript:
    """The faults to come, in the order in which they were added; thread-safe."""

    def __init__(self, faults: Iterable[object] = ()) -> None:
        self._lock = Lock()
        self._ahead: list[_PendingFault] = []
        self._late: list[tuple[float, Delivery]] = []
        self.met: list[tuple[str, str, str]] = []  # kind, method, path of each fault that was met
        self.add(*faults)

    def add(self, *faults: object) -> None:
        """Add faults; raise ValueError for an invalid one, and then add nothing."""
        pending = [_PendingFault(Fault.read(fault)) for fault in faults]
        with self._lock:
            self._ahead += pending

    def set(self, faults: Iterable[object]) -> None:
        """Replace all faults by these."""
        pending = [_PendingFault(Fault.read(fault)) for fault in faults]
        with self._lock:
            self._ahead = pending

    def clear(self) -> None:
        """Remove all faults, and forget which were met."""
        with self._lock:
            self._ahead.clear()
            self._late.clear()
            self.met.clear()

    @property
    def ahead(self) -> list[Fault]:
        """The faults that have not all been met."""
        with self._lock:
            return [pending.fault for pending in self._ahead]

    @property
    def holds_webhooks(self) -> bool:
        """Whether a late webhook call is still to be made."""
        return bool(self._late)

    def meet(self, request: Request) -> Fault | None:
        """Return the fault that this request meets, if any; every fault on its occasion has counted it then."""
        return self._meet(occasion_of(request), request.method, request.path) if self._ahead else None

    def arrange(self, due: Iterable[Delivery], now: float) -> list[Delivery]:
        """Return the webhook calls to make now, in that order: twice, late and out of order where the script says so."""
        first = [delivery for at, delivery in self._late if at <= now]
        self._late = [(at, delivery) for at, delivery in self._late if at > now]
        last: list[Delivery] = []
        for delivery in due:
            fault = self._meet("webhook", "POST", delivery.url)
            if fault is None:
                first.append(delivery)
            elif fault.kind == "late":
                self._late.append((now + float(fault.value or 60), delivery))
            elif fault.kind == "out-of-order":
                last.append(delivery)
            else:
                first += [delivery, delivery]
        return first + last

    def _meet(self, occasion: str, method: str, path: str) -> Fault | None:
        matching: Fault | None = None
        with self._lock:
            for pending in self._ahead:
                if (
                    pending.fault.on in (occasion, "any" if occasion != "webhook" else "")
                    and pending.due()
                    and matching is None
                ):
                    pending.used += 1
                    matching = pending.fault
            self._ahead = [pending for pending in self._ahead if pending.left]
            if matching is not None:
                self.met.append((matching.kind, method, path))
        return matching


class _PendingFault:
    """A fault with how often its occasion came and how often it was used."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.seen = 0
        self.used = 0

    def due(self) -> bool:
        self.seen += 1
        return self.seen >= self.fault.nth

    @property
    def left(self) -> bool:
        return self.fault.times == 0 or self.used < self.fault.times


def occasion_of(request: Request) -> str:
    """Return what a request is for, as `Fault.on` has it."""
    first = request.path.split("/")[1] if "/" in request.path else ""
    if request.method == "POST":
        free = {
            "assets": "upload",
            "export": "other",
            "styles": "submit" if request.path == "/styles/train" else "other",
        }
        return free.get(first, "submit")
    if first == "jobs":
        if request.method == "DELETE":
            return "cancel"
        return "list" if request.path.rstrip("/") == "/jobs" else "look"
    return "other" if first in ("assets", "styles", "node-apps", "usage", "__sandbox__") else "result"
