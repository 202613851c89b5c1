"""KREA109: members of interfaces, type aliases and TypedDicts that a body is declared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir, names
from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.project import tail
from krea_migrate.flow.records import Record
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import Frame, Kind, Obj
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA109", "Types of bodies"
_LIST = re.compile(r"\[\]|\bArray<|\b[Ll]ist\[")
SHARED = "a body that goes to Krea is declared with this type, but so are other values: give the body a type of its own"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename the member of a type when everything that is declared with it goes to Krea."""
    said = list(_said(survey))
    for module in list(survey.project.modules.values()):
        for cls in module.classes:
            wanted = [one for one in cls.fields.values() if one.name in names.table().old]
            if not wanted or not _is_type(cls):
                continue
            records, shared = _declared(survey, said, cls)
            for one in wanted if records else ():
                end = one.at + len(one.name)
                place = Place("field", one.name, module.file, one.at, end, Edit(one.at, end, "{}"), tuple(records))
                found = Decision(place)
                if found.verdict is not None and found.verdict.new is not None:
                    yield (
                        survey.renamed(CODE, found, Certainty.UNSURE, SHARED) if shared else survey.renamed(CODE, found)
                    )
                    for use in _named(survey, cls, place) if not shared else ():
                        yield survey.renamed(CODE, Decision(use))


def _named(survey: Survey, cls: ir.Class, place: Place) -> Iterator[Place]:
    """Other types that name the member: Body["key"], Pick<Body, "key">, Omit<Body, "key">."""
    for module in survey.project.modules.values():
        if cls.name.encode() not in module.source:
            continue
        if not any(
            isinstance(alt.value, Kind) and alt.value.cls is cls
            for alt in survey.reach.ask.bindings.in_module(module, cls.name)
        ):
            continue
        told, key = re.escape(cls.name.encode()), re.escape(place.name.encode())
        pattern = rb"\b%b\[[\"'](%b)[\"']\]|\b(?:Pick|Omit)<%b,[^<>;{}]*?[\"'](%b)[\"']" % (told, key, told, key)
        for found in re.finditer(pattern, module.source):
            start, end = found.span(1) if found[1] is not None else found.span(2)
            yield place._replace(file=module.file, start=start, end=end, edit=Edit(start, end, "{}"))


def _is_type(cls: ir.Class) -> bool:
    return "interface" in cls.marks or any(tail(base) == "TypedDict" for base in cls.bases)


def _made_of(survey: Survey, cls: ir.Class) -> list[ir.Class]:
    """A type and those that have all of its members: `extends`, A & {...}, Partial<A>."""
    found = [cls]
    for one in found:
        heirs = [other for held in survey.project.classes.values() for other in held if _extends(other, one)]
        found += [other for other in heirs if other not in found]
    return found


def _extends(cls: ir.Class, base: ir.Class) -> bool:
    return _is_type(cls) and cls is not base and any(tail(one) == base.name for one in cls.bases)


def _declared(survey: Survey, said: list[Said], cls: ir.Class) -> tuple[list[Record], bool]:
    """The addresses of what is declared with a type, and whether something that is declared with it goes nowhere."""
    named = "|".join(re.escape(one.name) for one in _made_of(survey, cls))
    name = re.compile(rf"(?<![\w.])(?:{named})(?!\w|\[[\"'])")  # Body["key"] is the type of one member
    records: list[Record] = []
    shared = False
    for one in said:
        for held in _held(survey.reach, one) if name.search(one.type) else ():
            records += held
            shared |= not held
    return list(dict.fromkeys(records)), shared


class Said(NamedTuple):
    """A type that is said, of a variable, a parameter or the result of a function."""

    type: str
    of: ir.Def | ir.Param | ir.Function
    scope: ir.Function


def _said(survey: Survey) -> Iterator[Said]:
    for module in list(survey.project.modules.values()):
        for scope in (module.top, *module.functions):
            yield from (
                Said(one.annotation, one, scope) for defs in scope.defs.values() for one in defs if one.annotation
            )
            yield from (Said(one.annotation, one, scope) for one in scope.params if one.annotation)
            if scope.gives:
                yield Said(scope.gives, scope, scope)


def _held(reach: Reach, one: Said) -> Iterator[list[Record]]:
    """The addresses of each value that has a type."""
    if isinstance(one.of, ir.Function):
        for given in one.of.returns:
            yield reach.of_value_of(given, one.scope)
    elif isinstance(one.of, ir.Param):
        alts = reach.ask.parameters.named(one.of.name, one.scope, Frame(one.scope)) or []
        yield [record for alt in alts for record in reach.of_value(alt)]
        if any(not isinstance(alt.value, Obj) for alt in alts):
            yield []
    elif isinstance(one.of.value, ir.Node):
        value = ir.Element(0, 0, one.of.value) if _LIST.search(one.type) else one.of.value
        yield reach.of_value_of(value, one.scope)
    else:
        yield []
