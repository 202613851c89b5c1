"""What the rules look at: the places of all modules, each with a decision that several rules share."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from krea_migrate import ir, names
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow.constant_uses import Keys
from krea_migrate.flow.coverage import Coverage, Cut
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.message_passing import link
from krea_migrate.flow.occurrences import AnyName, Place, Places
from krea_migrate.flow.project import Project
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import Frame, Inst, Value
from krea_migrate.limits import LIMITS, Limits
from krea_migrate.rules import mappings
from krea_migrate.rules.decisions import Decision, follow


class Survey:
    """The programs of one tree, followed.

    Args:
        project: the modules.
        limits: of the analysis.
    """

    def __init__(self, project: Project, limits: Limits = LIMITS) -> None:
        self.project = project
        linking = Evaluator(project, limits)
        link(linking)
        self.reach = Reach(Evaluator(project, limits))
        self._not_linked = linking.state.observe()
        self._classes: dict[str, list[ir.Class]] = {}

    @property
    def modules(self) -> list[ir.Module]:
        """The programs as of now: following values may add files that they import."""
        return list(self.project.modules.values())

    def values(self, node: ir.Node, scope: ir.Function) -> list[Value]:
        """Return everything that an expression may stand for, whatever the conditions."""
        return [alt.value for alt in self.reach.ask.value(node, Frame(scope))]

    @cached_property
    def _taking(self) -> dict[str, list[ir.Function]]:
        """Functions by the names of their parameters."""
        by_parameter: dict[str, list[ir.Function]] = defaultdict(list)
        for function in (function for module in self.modules for function in module.functions):
            for param in function.params:
                by_parameter[param.name].append(function)
        return by_parameter

    def taking(self, name: str) -> list[ir.Function]:
        """Return the functions with a parameter of this name."""
        return self._taking.get(name, [])

    @cached_property
    def decorated(self) -> list[ir.Function]:
        """Return the functions that have decorators."""
        return [function for module in self.modules for function in module.functions if function.marks]

    @cached_property
    def _members(self) -> dict[str, list[tuple[ir.Module, list[ir.Attr]]]]:
        """Where members are read and set, by their names."""
        by_name: dict[str, list[tuple[ir.Module, list[ir.Attr]]]] = defaultdict(list)
        for module in self.modules:
            here: dict[str, list[ir.Attr]] = defaultdict(list)
            for node in (*module.reads, *(store.target for store in module.stores)):
                if isinstance(node, ir.Attr):
                    here[node.name].append(node)
            for name, nodes in here.items():
                by_name[name].append((module, nodes))
        return by_name

    @cached_property
    def keys(self) -> Keys:
        """The constants that name keys."""
        return Keys(self.reach)

    @cached_property
    def coverage(self) -> Coverage:
        """What was not seen, because a limit was hit."""
        cuts = list(self.reach.cuts)
        if self._not_linked:  # somebody may hand over anything
            cuts += [Cut(module.top, ir.Opaque(0, 0), self._not_linked, ()) for module in self.modules]
        return Coverage(self.project, cuts)

    def members_named(self, name: str) -> list[tuple[ir.Module, list[ir.Attr]]]:
        """Return the places where a member of this name is read or set, by module."""
        return self._members.get(name, [])

    def given_as(self, name: str) -> list[ir.Class]:
        """Return the classes of what parameters of this name are given, wherever that is known."""
        if name not in self._classes:
            ask = self.reach.ask
            values = [
                alt.value
                for function in self.taking(name)
                for alt in ask.parameters.named(name, function, Frame(function)) or ()
            ]
            self._classes[name] = [function.cls for function in values if isinstance(function, Inst)]
        return self._classes[name]

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every place with a name that a body had once."""
        places = Places(self.reach, names.table().interesting, frozenset(names.table().old))
        modules = self.modules
        decided = [Decision(place) for module in modules for place in places.all(module)]
        news = frozenset(new for table in names.table().old.values() for new in table)
        new_places = Places(self.reach, news, frozenset(), escapes=False)
        current = [place for module in modules for place in new_places.all(module)]
        mapped = mappings.both_names(current)
        listed = mappings.listed(self.reach)
        # Of what was looked for in all programs together:
        limits = self.reach.ask.state.observe().union(*(place.limits for place in current))
        blended = self.reach.blended
        unnamed = self._unnamed()
        for decision in decided:
            decision.unnamed = unnamed
            decision.limits = sorted({*decision.limits, *limits})
            decision.clashes = decision.clash(mapped, listed)
            decision.blended = next((blended[record.body] for record in decision.ours if record.body in blended), None)
            decision.cuts = self.coverage.of(decision.place.file)
        follow(decided)
        return decided

    def _unnamed(self) -> frozenset[str]:
        """Return the operations with an address that no file of the program spells, by their ids.

        Where a run decides on the whole path, a body goes to one of these only if somebody types its address into the program.
        """
        sources = {id(module.source): module.source for module in self.modules}.values()
        fronts = {
            operation.id: path.partition("{")[0].strip("/").encode()
            for path, operation in names.table().by_path.items()
        }
        spelled = {front for front in set(fronts.values()) if any(front in source for source in sources)}
        return frozenset(identity for identity, front in fronts.items() if front not in spelled)

    @cached_property
    def sent(self) -> list[Place]:
        """Every name that is set in a body, whatever the name."""
        places = Places(self.reach, AnyName(), frozenset(), escapes=False)
        return [place for module in self.modules for place in places.all(module) if place.records]

    def renamed(self, rule: str, decision: Decision, certainty: Certainty | None = None, reason: str = "") -> Finding:
        """Return the finding of one place that has a new name."""
        place = decision.place
        new = decision.new
        rated, why = decision.rating if certainty is None else (certainty, reason)
        finding = Finding(rule, place.file, place.start, place.end, place.name, new, rated, why)
        if rated is Certainty.UNSURE or place.edit is None or not new:
            return finding
        return finding._replace(edits=(place.edit._replace(new=place.edit.new.replace("{}", new)),))
