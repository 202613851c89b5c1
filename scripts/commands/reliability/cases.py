"""Every fault, as it is put in the way of every operation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from krea_client.sandbox.fault_kinds import KINDS, WEBHOOK_KINDS

# What a Retry-After may hold: seconds, dates, nonsense.
RETRY_AFTER = (
    "0",
    "7",
    "1.5",
    "-3",
    "nan",
    "inf",
    "1" + "0" * 400,
    "86400",
    "Fri, 20 Nov 2026 00:00:09 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "soon",
    "",
)
STATUSES = (302, 303, 308, 400, 402, 405, 408, 409, 413, 422, 425, 451, 501, 504, 521, 522, 523, 530, 599)
VALUES: dict[str, Sequence[str | float | None]] = {
    "429-after": RETRY_AFTER,
    "status": STATUSES,
    "skew": (86_400.0, -86_400.0),
    "drip": (0.01, 1.0, 100.0),
}
MODES = ("sync", "async")
OPERATIONS = ("submit", "wait", "run", "run_all", "save", "upload", "list", "cancel")
# The requests of each operation that the faults are put in the way of.
OCCASIONS = {
    "submit": "submit",
    "wait": "look",
    "run": "look",
    "run_all": "submit",
    "save": "result",
    "upload": "upload",
    "list": "list",
    "cancel": "cancel",
}


class Case(NamedTuple):
    """A fault in the way of an operation; `times` is 0 for one that stays."""

    operation: str
    kind: str
    accepted: bool | None
    value: str | float | None
    times: int

    @property
    def name(self) -> str:
        """The case in a few words."""
        how = {None: "", True: "-after", False: "-before"}[self.accepted]
        value = "" if self.value is None else f"-{str(self.value)[:12]}"
        return f"{self.operation}-{self.kind}{value}{how}{'' if self.times else '-for-ever'}"

    @property
    def fault(self) -> dict[str, object]:
        """The fault as the script takes it."""
        return {
            "kind": self.kind,
            "on": OCCASIONS[self.operation],
            "accepted": self.accepted,
            "value": self.value,
            "times": self.times,
        }


def variants() -> Iterator[tuple[str, bool | None, str | float | None]]:
    """Yield every kind of fault, before and after acceptance where both can be, with every value worth having."""
    for kind, how in KINDS.items():
        if kind in WEBHOOK_KINDS:
            continue
        ways = (None,) if how.accepted is not None else (False, True)
        values = VALUES.get(kind, (None,))
        for accepted in ways:
            for value in values:
                # A refusal in so many words comes before acceptance; only faults of servers and edges come after it.
                if kind == "status" and accepted and isinstance(value, (int, float)) and not unclear(int(value)):
                    continue
                yield kind, accepted, value


def unclear(status: int) -> bool:
    """Return whether a job may exist after such an answer."""
    return status >= 500 or status == 408 or 300 <= status <= 306


def cases() -> list[Case]:
    """Return every fault once in the way of every operation, and those that can stay also for ever."""
    return [
        Case(operation, kind, accepted, value, times)
        for operation in OPERATIONS
        for kind, accepted, value in variants()
        for times in (1, 0)
        if times or (value is None and kind != "giant")  # a giant for ever takes seconds, and shows nothing more
    ]


def sample(seed: int = 0) -> list[tuple[Case, str]]:
    """Return cases with a mode each, such that every pair of two choices is among them.

    Every fault meets every operation once, some of them sync and some async, some of them once and some for ever. Of a fault
    with several values, each value meets two operations, one sync and one async. Another seed draws other combinations.
    """
    drawn: list[tuple[Case, str]] = []
    for row, (kind, accepted, value) in enumerate(variants()):
        for column, operation in enumerate(OPERATIONS):
            place = row + column + seed
            if value is None:
                is_single = kind == "giant" or place % 4 < 2
                drawn.append((Case(operation, kind, accepted, value, int(is_single)), MODES[place % 2]))
            elif place % 4 == 0:
                drawn.append((Case(operation, kind, accepted, value, 1), MODES[place // 4 % 2]))
    return drawn
