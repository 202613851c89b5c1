"""A fault script: which request meets which fault, as data that a test, a file or the control API can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock
from types import NoneType
from typing import Any, NamedTuple, cast

from krea_client.sandbox.fault_kinds import KINDS, WEBHOOK_KINDS, Passage, Play, known_kinds
from krea_client.sandbox.http_messages import Delivery, Request, Response

# What a request is for, in the words of the client that makes it.
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
    def read(cls, given: object) -> Fault:
        """Read a fault from a mapping, or from the name of its kind; raises ValueError that says what does not fit."""
        if isinstance(given, Fault):
            return _checked(given)
        if isinstance(given, str):
            return _checked(cls(given))
        if not isinstance(given, Mapping):
            raise ValueError(  # noqa: TRY004  # about what a file says, not about a Python type
                f"a fault is {given!r}: give a mapping such as {{'kind': 'reset', 'on': 'submit'}}"
            )
        members = cast("Mapping[str, Any]", given)
        if unknown := sorted(set(members) - set(cls._fields)):
            raise ValueError(f"a fault has no {', '.join(unknown)}; it has {', '.join(cls._fields)}")
        if "kind" not in members:
            raise ValueError(f"a fault needs a kind: one of {known_kinds()}")
        return _checked(cls(**members))

    def play(self, request: Request, forward: Play) -> Passage:
        """Give what the request meets; `forward` makes the API work on it."""
        kind = KINDS[self.kind]
        accepted = self.accepted if self.accepted is not None else kind.accepted is not False
        made = forward(request) if accepted else Response(200, {"content-type": "application/json"}, b"{}")
        return kind.play(request, made, self.value)


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
    """The faults that lie ahead, in the order in which they were added; safe in several threads."""

    def __init__(self, faults: Iterable[object] = ()) -> None:
        self._lock = Lock()
        self._ahead: list[_Ahead] = []
        self._late: list[tuple[float, Delivery]] = []
        self.met: list[tuple[str, str, str]] = []  # kind, method, path of each fault that was met
        self.add(*faults)

    def add(self, *faults: object) -> None:
        """Put further faults in the way; raises ValueError for what is none, and then adds nothing."""
        read = [_Ahead(Fault.read(fault)) for fault in faults]
        with self._lock:
            self._ahead += read

    def set(self, faults: Iterable[object]) -> None:
        """Put these faults in the place of all others."""
        read = [_Ahead(Fault.read(fault)) for fault in faults]
        with self._lock:
            self._ahead = read

    def clear(self) -> None:
        """Take all faults away, and forget which were met."""
        with self._lock:
            self._ahead.clear()
            self._late.clear()
            self.met.clear()

    @property
    def ahead(self) -> list[Fault]:
        """The faults that have not all been met."""
        with self._lock:
            return [one.fault for one in self._ahead]

    @property
    def holds_webhooks(self) -> bool:
        """Whether a late webhook call is still to be made."""
        return bool(self._late)

    def meet(self, request: Request) -> Fault | None:
        """Give the fault that this request meets, if any; every fault on its occasion has counted it then."""
        return self._meet(occasion_of(request), request.method, request.path) if self._ahead else None

    def arrange(self, due: Iterable[Delivery], now: float) -> list[Delivery]:
        """Give the webhook calls to make now, in that order: twice, late and out of order where the script says so."""
        first = [one for at, one in self._late if at <= now]
        self._late = [(at, one) for at, one in self._late if at > now]
        last: list[Delivery] = []
        for one in due:
            fault = self._meet("webhook", "POST", one.url)
            if fault is None:
                first.append(one)
            elif fault.kind == "late":
                self._late.append((now + float(fault.value or 60), one))
            elif fault.kind == "out-of-order":
                last.append(one)
            else:
                first += [one, one]
        return first + last

    def _meet(self, occasion: str, method: str, path: str) -> Fault | None:
        found: Fault | None = None
        with self._lock:
            for one in self._ahead:
                if one.fault.on in (occasion, "any" if occasion != "webhook" else "") and one.due() and found is None:
                    one.used += 1
                    found = one.fault
            self._ahead = [one for one in self._ahead if one.left]
            if found is not None:
                self.met.append((found.kind, method, path))
        return found


class _Ahead:
    """A fault with how often its occasion came and how often it was met."""

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
    """Name what a request is for, as `Fault.on` has it."""
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
