"""What is decided of a place: the new name or the loss, and how certain that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from krea_client.codemod_profile import Operation
from krea_migrate import names, profile
from krea_migrate.findings import Certainty, weakest
from krea_migrate.flow.coverage import Cut
from krea_migrate.flow.occurrences import Kind, Place
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Origin, meet
from krea_migrate.rules.mappings import Mapped
from krea_migrate.rules.wording import readable


class Rating(NamedTuple):
    """How certain a rename is, and why."""

    certainty: Certainty
    reason: str


class Decision:
    """What is known of one place: the new name or the loss, and how certain that is."""

    def __init__(self, place: Place) -> None:
        self.place = place
        records = [record for record in place.records if place.name not in record.without]
        self.ours = [record for record in records if _is_ours(record)]
        self.others = [record for record in records if record.target.kind == "other"]
        self.strangers = [record for record in records if record.target.kind == "unknown" and not _is_ours(record)]
        self.limits = sorted({limit for record in records for limit in record.limits} | place.limits)
        self.operations = _operations(self.ours) or (tuple(names.table().by_path.values()) if self.limits else ())
        self.clashes: str | None = None
        self.blended: str | None = None  # what the same body takes in of which no key is known
        self.cuts: list[Cut] = []  # calls in this program of which not everything was seen
        self.unnamed: frozenset[str] = frozenset()  # ids of operations whose address no file spells
        self.follows: Rating | None = None  # for what is read: how certain what sets it is
        self.verdict = names.judge(place.name, self.operations) if self.operations else None

    @property
    def new(self) -> str | None:
        """The new name, where there is one."""
        return self.verdict.new if self.verdict is not None else None

    @property
    def loss(self) -> str | None:
        """Why a name that this API alone is sent has no new one."""
        if self.verdict is None or self.new is not None or self.others or self.place.kind in ("read", "field"):
            return None
        return self.verdict.lost

    @property
    def dynamic(self) -> bool:
        """Only the run decides which operation it is."""
        return not self.ours or any(record.target.kind != "operation" for record in self.ours)

    @property
    def known_targets(self) -> list[names.Target]:
        """The addresses that lead to one operation each."""
        return [record.target for record in self.ours if record.target.kind == "operation"]

    @property
    def told(self) -> str:
        """The models, for a message."""
        models = sorted({target.operations[0].model for target in self.known_targets})
        more = f" and {len(models) - 2} more" if len(models) > 3 else ""
        return ", ".join(models[:2] if more else models) + more or profile.active().say(
            "a {api} model that only the run decides"
        )

    def clash(self, mapped: Mapped, listed: dict[str, set[str]]) -> str | None:
        """Return why the program may map this name by itself, or choose by it; None when it surely does not."""
        for record in self.place.records:
            also_set = mapped.get((record.group, self.new or ""), ())
            if any(meet((record.yes, record.no), condition) is not None for condition in also_set):
                return f"the program also sets {self.new!r} in the same body: look how the two go together"
        files = {record.file for record in self.place.records} | {self.place.file}
        if any(self.place.name in listed.get(file, ()) for file in files):
            return "keys are also chosen by a list with this name: change both together"
        return None

    @cached_property
    def rating(self) -> Rating:
        """Return the first of the rules that has something to say; none has where the rename makes no run worse."""
        for certainty, says in _RULES:
            reason = says(self)
            if reason is not None:
                return Rating(certainty, reason)
        return Rating(Certainty.CERTAIN, f"it goes to {self.told}")


def named(
    kind: Kind, name: str, file: str, at: int, records: Iterable[Record] = (), *, is_verbatim: bool = True
) -> Decision:
    """Return the decision on a name that begins there; `is_verbatim`: its letters stand there as they are."""
    place = Place.of_name(kind, name, file, at, records)
    return Decision(place if is_verbatim else place._replace(edit=None))


def _operations(records: Iterable[Record]) -> tuple[Operation, ...]:
    all_operations = tuple(names.table().by_path.values())
    by_id = {operation.id: operation for record in records for operation in record.target.operations or all_operations}
    return tuple(by_id.values())


def _is_ours(decision: Record) -> bool:
    if decision.target.kind in ("operation", "dynamic"):
        return True
    return decision.target.kind == "unknown" and decision.aware


def _has_new_name(decision: Decision) -> str | None:
    return (
        f"the same body also has {decision.new!r}: keep one of them" if decision.new in decision.place.beside else None
    )


def _goes_elsewhere(decision: Decision) -> str | None:
    return f"the same body is also sent to {decision.others[0].target.told}" if decision.others else None


def _goes_to_unknown(decision: Decision) -> str | None:
    if not decision.strangers:
        return None
    if decision.limits:
        return f"where it goes could not be followed: {_of_limits(decision.limits)}"
    return "the same body is also sent to an address that could not be followed"


def _is_not_writable(decision: Decision) -> str | None:
    is_writable = decision.place.edit is not None
    return None if is_writable else "the name is written with escapes or put together; change it by hand"


def _may_be_another(decision: Decision) -> str | None:
    return "what it belongs to may also be something else than the body" if decision.place.mixed else None


def _is_only_seen_in_part(decision: Decision) -> str | None:
    if decision.ours:
        return None
    return f"what it belongs to could not be followed: {_of_limits(decision.limits)}" if decision.limits else None


def _is_read_of(certainty: Certainty) -> Callable[[Decision], str | None]:
    def says(decision: Decision) -> str | None:
        follows = decision.follows
        return follows.reason if follows is not None and follows.certainty is certainty else None

    return says


def _is_ours_by_name(decision: Decision) -> str | None:
    if all(record.target.kind in ("operation", "dynamic") for record in decision.ours):
        return None
    return profile.active().say("the names around the call speak of {api}, but the address could not be followed")


def _may_be_taken_as_it_is(decision: Decision) -> str | None:
    old = decision.place.name
    addressed = {operation.id for target in decision.known_targets for operation in target.operations}
    for operation in decision.operations if decision.place.kind != "read" else ():
        if operation.id in decision.unnamed - addressed:
            continue
        if takes_any_name(operation) and old not in operation.aliases:
            return f"it goes to {decision.told}; {operation.model} takes any name, {old!r} as well as {decision.new!r}"
    return None


def _is_given_away(decision: Decision) -> str | None:
    if not decision.place.also:
        return None
    taker = f"{decision.place.also}() is given the same dict"
    return f"it goes to {decision.told}, but {taker}: look whether that reads the deprecated name"


def _may_be_set_twice(decision: Decision) -> str | None:
    if decision.blended is None or decision.place.kind == "read":
        return None
    source = readable(decision.blended)
    return f"it goes to {decision.told}; the same body takes in {source}, which may have one of the two names as well"


def _is_weak(decision: Decision) -> str | None:
    weak = any(record.weak for record in decision.ours)
    return f"it goes to {decision.told}, if the call on the way is what its name says" if weak else None


def _is_limited(decision: Decision) -> str | None:
    if not decision.limits:
        return None
    return f"it goes to {decision.told}, but not everything was seen: {_of_limits(decision.limits)}"


def _may_go_through_a_cut(decision: Decision) -> str | None:
    if not decision.cuts:
        return None
    cut = decision.cuts[0]
    line = cut.scope.module.source.count(b"\n", 0, cut.node.start) + 1
    return f"it goes to {decision.told}; what goes through {cut.file}:{line} was not seen: {_of_limits(sorted(cut.limits))}"


def _of_limits(limits: Iterable[str]) -> str:
    return f"the analysis stops at {' and at '.join(limits)}"


def takes_any_name(operation: Operation) -> bool:
    """Return whether the operation refuses no name that it does not know."""
    schema = operation.schema or {}
    return schema.get("additionalProperties") is not False and "anyOf" not in schema


# The rules of certainty, in this order. What none of them speaks against is certain.
_RULES: tuple[tuple[Certainty, Callable[[Decision], str | None]], ...] = (
    (Certainty.UNSURE, _has_new_name),
    (Certainty.UNSURE, lambda decision: decision.clashes),
    (Certainty.UNSURE, _goes_elsewhere),
    (Certainty.UNSURE, _goes_to_unknown),
    (Certainty.UNSURE, _is_not_writable),
    (Certainty.UNSURE, _may_be_another),
    (Certainty.UNSURE, _is_only_seen_in_part),
    (Certainty.UNSURE, _is_read_of(Certainty.UNSURE)),
    (Certainty.LIKELY, _is_ours_by_name),
    (Certainty.LIKELY, _is_read_of(Certainty.LIKELY)),
    (Certainty.LIKELY, _may_be_taken_as_it_is),
    (Certainty.LIKELY, _is_given_away),
    (Certainty.LIKELY, _may_be_set_twice),
    (Certainty.LIKELY, _is_weak),
    (Certainty.LIKELY, _is_limited),
    (Certainty.LIKELY, _may_go_through_a_cut),
)


def follow(decisions: list[Decision]) -> None:
    """Rate what is read as certain as what sets it."""
    setters: dict[tuple[int, str], Certainty] = {}
    counts: dict[tuple[Origin, str], int] = {}
    for decision in decisions:
        place = decision.place
        if place.kind == "read" or decision.new is None:
            continue
        certainty = decision.rating.certainty
        for group in {record.group for record in place.records}:
            setters[group, place.name] = weakest([certainty, setters.get((group, place.name), certainty)])
        if place.given and place.always:
            at = counts.setdefault((place.given, place.name), place.end)
            counts[place.given, place.name] = min(at, place.end)
    for decision in decisions:
        place = decision.place
        if place.kind != "read":
            continue
        if place.given and counts.get((place.given, place.name), place.start) >= place.start:
            why = "it is read of what comes from outside: whoever sends it chose the name"
            decision.follows = Rating(Certainty.UNSURE, why)
            continue
        groups = {(record.group, place.name) for record in place.records}
        certainty = weakest(setters[group] for group in groups if group in setters)
        if certainty is not Certainty.CERTAIN:
            decision.follows = Rating(certainty, "what sets it is no more certain than that")
