"""What the rules look at: the places of all modules, each with a decision that several rules share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from krea_client.migrate import names
from krea_client.migrate.findings import Certainty, Edit, Finding
from krea_client.migrate.flow.evaluator import Evaluator
from krea_client.migrate.flow.places import Kind, Place, Places
from krea_client.migrate.flow.project import Project
from krea_client.migrate.flow.reach import Reach, Record
from krea_client.migrate.rules import mappings
from krea_client.operations import Operation


class Decision:
    """What is known of one place: the new name or the loss, and how certain that is."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.ours = [one for one in place.records if _is_ours(one)]
        self.others = [one for one in place.records if one.target.kind == "other"]
        self.strangers = [one for one in place.records if one.target.kind == "unknown" and not _is_ours(one)]
        kinds: dict[str, Operation] = {}
        for one in self.ours:
            for operation in one.target.operations or tuple(names.table().by_path.values()):
                kinds[operation.id] = operation
        self.operations = tuple(kinds.values())
        self.clashes: str | None = None
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

    def clash(self, mapped: set[tuple[int, str]], listed: dict[str, set[str]]) -> str | None:
        """Why the program may map this name by itself, or choose by it; None when it surely does not."""
        new = self.verdict.new if self.verdict is not None else None
        if any((record.group, new) in mapped for record in self.place.records):
            return f"the program also sets {new!r} in the same body: look how the two go together"
        files = {record.file for record in self.place.records} | {self.place.file}
        if any(self.place.name in listed.get(file, ()) for file in files):
            return "keys are also chosen by a list with this name: change both together"
        return None

    def rating(self) -> tuple[Certainty, str]:
        """How certain a rename is, and why."""
        place, verdict = self.place, self.verdict
        new = verdict.new if verdict is not None else None
        if new is not None and new in place.beside:
            return "unsure", f"the same body also has {new!r}: keep one of them"
        if self.clashes is not None:
            return "unsure", self.clashes
        if self.others:
            return "unsure", f"the same body is also sent to {self.others[0].target.told}"
        if self.strangers:
            return "unsure", "the same body is also sent to an address that could not be followed"
        if place.edit is None:
            return "unsure", "the name is written with escapes or put together; change it by hand"
        if place.mixed:
            return "unsure", "what it belongs to may also be something else than the body"
        if self.dynamic:
            return (
                "likely",
                "it goes to Krea, but only the run decides to which model; every model that knew the name agrees",
            )
        if place.also is not None:
            return (
                "likely",
                f"it goes to {self.told}, but {place.also}() is given the same dict: look whether that reads the old name",
            )
        if any(one.weak for one in self.ours):
            return "likely", f"it goes to {self.told}, if the call on the way is what its name says"
        return "certain", f"it goes to {self.told}"


def _is_ours(one: Record) -> bool:
    if one.target.kind in ("operation", "dynamic"):
        return True
    return one.target.kind == "unknown" and one.aware


class Survey:
    """The programs of one tree, followed.

    Args:
        project: the modules.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.reach = Reach(Evaluator(project))

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every place with a name that a body had once."""
        places = Places(self.reach, names.table().interesting, frozenset(names.table().old))
        modules = list(self.project.modules.values())
        found = [Decision(place) for module in modules for place in places.all(module)]
        news = frozenset(new for table in names.table().old.values() for new in table)
        mapped = mappings.both_names(
            place for module in modules for place in Places(self.reach, news, frozenset()).all(module)
        )
        listed = mappings.listed(self.project, self.reach.ask)
        for one in found:
            one.clashes = one.clash(mapped, listed)
        return found

    def renames(self, rule: str, *kinds: Kind) -> Iterator[Finding]:
        """Findings for the places of some kinds whose name has a new one."""
        for one in self.decisions:
            if one.place.kind in kinds and one.verdict is not None and one.verdict.new is not None:
                yield self.renamed(rule, one)

    def renamed(self, rule: str, one: Decision, certainty: Certainty | None = None, reason: str = "") -> Finding:
        """The finding of one place that has a new name."""
        place = one.place
        new = one.verdict.new if one.verdict is not None else None
        rated, why = one.rating()
        if certainty is not None:
            rated, why = certainty, reason
        edits = (
            (Edit(place.edit.start, place.edit.end, place.edit.new.replace("{}", new)),) if place.edit and new else ()
        )
        return Finding(
            rule, place.file, place.start, place.end, place.name, new, rated, why, edits if rated != "unsure" else ()
        )
