"""KREA109: members of interfaces, type aliases and TypedDicts that a body is declared with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_client.migrate import names
from krea_client.migrate.findings import Edit, Finding
from krea_client.migrate.flow.places import Place
from krea_client.migrate.flow.project import tail
from krea_client.migrate.flow.reach import Record
from krea_client.migrate.flow.values import Frame, Obj
from krea_client.migrate.languages import tree as t
from krea_client.migrate.rules.survey import Decision, Survey

CODE, TITLE = "KREA109", "Types of bodies"
SHARED = "a body that goes to Krea is declared with this type, but so are other values: give the body a type of its own"


def find(survey: Survey) -> Iterator[Finding]:
    """Renames the member of a type when everything that is declared with it goes to Krea."""
    for module in list(survey.project.modules.values()):
        for cls in module.classes:
            wanted = [one for one in cls.fields.values() if one.name in names.table().old]
            if not wanted or not ("interface" in cls.marks or any(tail(base) == "TypedDict" for base in cls.bases)):
                continue
            records, shared = _declared(survey, cls)
            for one in wanted if records else ():
                end = one.at + len(one.name)
                place = Place("field", one.name, module.file, one.at, end, Edit(one.at, end, "{}"), tuple(records))
                found = Decision(place)
                if found.verdict is not None and found.verdict.new is not None:
                    yield survey.renamed(CODE, found, "unsure", SHARED) if shared else survey.renamed(CODE, found)


def _declared(survey: Survey, cls: t.Class) -> tuple[list[Record], bool]:
    """The addresses of what is declared with a type, and whether something that is declared with it goes nowhere."""
    name = re.compile(rf"\b{re.escape(cls.name)}\b")
    records: list[Record] = []
    shared = False
    for module in survey.project.modules.values():
        for scope in (module.top, *module.functions):
            for one in (one for defs in scope.defs.values() for one in defs if name.search(one.annotation)):
                held = survey.reach.of_value_of(one.value, scope) if isinstance(one.value, t.Node) else []
                records += held
                shared |= not held
            for param in scope.params:
                if name.search(param.annotation):
                    alts = survey.reach.ask.parameter(param.name, scope, Frame(scope)) or []
                    held = [record for alt in alts for record in survey.reach.of_value(alt)]
                    records += held
                    shared |= not held or any(not isinstance(alt.value, Obj) for alt in alts)
    return list(dict.fromkeys(records)), shared
