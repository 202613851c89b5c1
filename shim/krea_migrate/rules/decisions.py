"""What is decided of a place: the new name or the loss, and how certain that is."""

from __future__ import annotations

from krea_client.codemod_profile import Operation
from krea_migrate import names
from krea_migrate.findings import CERTAINTIES, Certainty
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Origin, meet
from krea_migrate.rules.mappings import Mapped


class Decision:
    """What is known of one place: the new name or the loss, and how certain that is."""

    def __init__(self, place: Place) -> None:
        self.place = place
        sent = [one for one in place.records if place.name not in one.without]
        self.ours = [one for one in sent if _is_ours(one)]
        self.others = [one for one in sent if one.target.kind == "other"]
        self.strangers = [one for one in sent if one.target.kind == "unknown" and not _is_ours(one)]
        kinds: dict[str, Operation] = {}
        for one in self.ours:
            for operation in one.target.operations or tuple(names.table().by_path.values()):
                kinds[operation.id] = operation
        self.operations = tuple(kinds.values())
        self.clashes: str | None = None
        self.follows: tuple[Certainty, str] | None = None  # for what is read: how certain what sets it is
        self.verdict = names.judge(place.name, self.operations) if self.operations else None

    @property
    def dynamic(self) -> bool:
        """Only the run decides which operation it is."""
        return any(one.target.kind != "operation" for one in self.ours)

    @property
    def told(self) -> str:
        """The models, for a message."""
        named = sorted({one.target.operations[0].model for one in self.ours if one.target.kind == "operation"})
        more = f" and {len(named) - 2} more" if len(named) > 3 else ""
        return ", ".join(named[:2] if more else named) + more or "a Krea model"

    def clash(self, mapped: Mapped, listed: dict[str, set[str]]) -> str | None:
        """Why the program may map this name by itself, or choose by it; None when it surely does not."""
        new = self.verdict.new if self.verdict is not None else None
        new_there = [(one, also) for one in self.place.records for also in mapped.get((one.group, new or ""), ())]
        if any(meet((one.yes, one.no), also) is not None for one, also in new_there):
            return f"the program also sets {new!r} in the same body: look how the two go together"
        files = {record.file for record in self.place.records} | {self.place.file}
        if any(self.place.name in listed.get(file, ()) for file in files):
            return "keys are also chosen by a list with this name: change both together"
        return None

    def rating(self) -> tuple[Certainty, str]:
        """How certain a rename is, and why."""
        doubt = self._doubt()
        if doubt is not None:
            return "unsure", doubt
        place, verdict = self.place, self.verdict
        if self.dynamic:
            return (
                "likely",
                "it goes to Krea, but only the run decides to which model; every model that knew the name agrees",
            )
        if self.follows is not None:
            return self.follows
        if verdict is not None and verdict.stranger is not None and place.kind != "read":
            other = verdict.stranger.model
            return "likely", f"it goes to {self.told}, but {other} has neither the old name nor {verdict.new!r}"
        if place.also is not None:
            return (
                "likely",
                f"it goes to {self.told}, but {place.also}() is given the same dict: look whether that reads the old name",
            )
        if any(one.weak for one in self.ours):
            return "likely", f"it goes to {self.told}, if the call on the way is what its name says"
        return "certain", f"it goes to {self.told}"

    def _doubt(self) -> str | None:
        """Why nothing can be written here."""
        place = self.place
        new = self.verdict.new if self.verdict is not None else None
        if new is not None and new in place.beside:
            return f"the same body also has {new!r}: keep one of them"
        if self.clashes is not None:
            return self.clashes
        if self.others:
            return f"the same body is also sent to {self.others[0].target.told}"
        if self.strangers:
            return "the same body is also sent to an address that could not be followed"
        if place.edit is None:
            return "the name is written with escapes or put together; change it by hand"
        if place.mixed:
            return "what it belongs to may also be something else than the body"
        return self.follows[1] if self.follows is not None and self.follows[0] == "unsure" else None


def _is_ours(one: Record) -> bool:
    if one.target.kind in ("operation", "dynamic"):
        return True
    return one.target.kind == "unknown" and one.aware


def follow(found: list[Decision]) -> None:
    """What is read is as certain as what sets it."""
    least: dict[tuple[int, str], Certainty] = {}
    given: dict[tuple[Origin, str], int] = {}
    for one in found:
        place = one.place
        if place.kind == "read" or one.verdict is None or one.verdict.new is None:
            continue
        rated = one.rating()[0]
        for group in {record.group for record in place.records}:
            held = least.setdefault((group, place.name), rated)
            least[group, place.name] = _weaker(held, rated)
        if place.given and place.always:
            at = given.setdefault((place.given, place.name), place.end)
            given[place.given, place.name] = min(at, place.end)
    for one in found:
        place = one.place
        if place.kind != "read":
            continue
        if place.given and given.get((place.given, place.name), place.start) >= place.start:
            one.follows = "unsure", "it is read of what comes from outside: whoever sends it chose the name"
            continue
        setting: list[Certainty] = [
            least[record.group, place.name] for record in place.records if (record.group, place.name) in least
        ]
        weakest: Certainty = "certain"
        for rated in setting:
            weakest = _weaker(weakest, rated)
        if weakest != "certain":
            one.follows = weakest, "what sets it is no more certain than that"


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    return CERTAINTIES[max(CERTAINTIES.index(one), CERTAINTIES.index(other))]
