"""KREA109: members of interfaces, type aliases and TypedDicts that a body is declared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir, names, profile
from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.records import Record
from krea_migrate.flow.taint import Reach
from krea_migrate.flow.values import Frame, Kind, Kw, Obj
from krea_migrate.ir import tail
from krea_migrate.rules.decisions import Decision, named
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA109", "Types of bodies"
_LIST = re.compile(r"\[\]|\bArray<|\b[Ll]ist\[")
SHARED = (
    "a body that goes to {api} is declared with this type, but so are other values: give the body a type of its own"
)


def find(survey: Survey) -> Iterator[Finding]:
    """Rename the member of a type when everything that is declared with it goes to Krea."""
    declarations = list(_said(survey))
    for module in survey.modules:
        for cls in module.classes:
            fields = [field for field in cls.fields.values() if field.name in names.table().old]
            if not fields or not _is_type(cls):
                continue
            records, shared = _declared(survey, declarations, cls)
            for field in fields if records else ():
                decision = named("field", field.name, module.file, field.at, records)
                if decision.new is not None and shared:
                    yield survey.renamed(CODE, decision, Certainty.UNSURE, profile.active().say(SHARED))
                elif decision.new is not None:
                    uses = map(Decision, _named(survey, cls, decision.place))
                    yield from (survey.renamed(CODE, use) for use in (decision, *uses))


def _named(survey: Survey, cls: ir.Class, place: Place) -> Iterator[Place]:
    """Yield other types that name the member: Body["key"], Pick<Body, "key">, Omit<Body, "key">."""
    for module in survey.modules:
        bound = survey.reach.ask.bindings.in_module(module, cls.name) if cls.name.encode() in module.source else []
        if not any(isinstance(alt.value, Kind) and alt.value.cls is cls for alt in bound):
            continue
        class_name, key = re.escape(cls.name.encode()), re.escape(place.name.encode())
        pattern = rb"\b%b\[[\"'](%b)[\"']\]|\b(?:Pick|Omit)<%b,[^<>;{}]*?[\"'](%b)[\"']" % ((class_name, key) * 2)
        for match in re.finditer(pattern, module.source):
            start, end = match.span(match.lastindex or 0)
            yield place._replace(file=module.file, start=start, end=end, edit=Edit(start, end, "{}"))


def _is_type(cls: ir.Class) -> bool:
    return "interface" in cls.marks or any(tail(base) == "TypedDict" for base in cls.bases)


def _made_of(survey: Survey, cls: ir.Class) -> list[ir.Class]:
    """Return a type and those that have all of its members: `extends`, A & {...}, Partial<A>."""
    classes = [cls]
    for base in classes:
        heirs = [heir for of_name in survey.project.classes.values() for heir in of_name if _extends(heir, base)]
        classes += [heir for heir in heirs if heir not in classes]
    return classes


def _extends(cls: ir.Class, base: ir.Class) -> bool:
    return _is_type(cls) and cls is not base and any(tail(parent) == base.name for parent in cls.bases)


def _declared(survey: Survey, declarations: list[Said], cls: ir.Class) -> tuple[list[Record], bool]:
    """Return the addresses of what is declared with a type, and whether something that is declared with it goes nowhere."""
    names_pattern = "|".join(re.escape(type_class.name) for type_class in _made_of(survey, cls))
    name = re.compile(rf"(?<![\w.])(?:{names_pattern})(?!\w|\[[\"'])")  # Body["key"] is the type of one member
    records: list[Record] = []
    shared = False
    for declaration in declarations:
        for records_there in _held(survey.reach, declaration) if name.search(declaration.type) else ():
            records += records_there
            shared |= not records_there
    return list(dict.fromkeys(records)), shared


class Said(NamedTuple):
    """A type that is said, of a variable, a parameter or the result of a function."""

    type: str
    of: ir.Def | ir.Param | ir.Function
    scope: ir.Function


def _said(survey: Survey) -> Iterator[Said]:
    for module in survey.modules:
        for scope in (module.top, *module.functions):
            yield from (
                Said(definition.annotation, definition, scope)
                for defs in scope.defs.values()
                for definition in defs
                if definition.annotation
            )
            yield from (Said(param.annotation, param, scope) for param in scope.params if param.annotation)
            if scope.gives:
                yield Said(scope.gives, scope, scope)


def _held(reach: Reach, declaration: Said) -> Iterator[list[Record]]:
    """Yield the addresses of each value that has a type."""
    if isinstance(declaration.of, ir.Function):
        for node in declaration.of.returns:
            yield reach.of_value_of(node, declaration.scope)
    elif isinstance(declaration.of, ir.Param):
        alts = reach.ask.parameters.named(declaration.of.name, declaration.scope, Frame(declaration.scope)) or []
        yield [record for alt in alts for record in reach.of_value(alt)]
        if any(not isinstance(alt.value, (Obj, Kw)) for alt in alts):
            yield []
    elif isinstance(declaration.of.value, ir.Node):
        value = ir.Element(0, 0, declaration.of.value) if _LIST.search(declaration.type) else declaration.of.value
        yield reach.of_value_of(value, declaration.scope)
    else:
        yield []
