"""KREA106: fields of dataclasses, pydantic models and TypedDicts that are turned into a body."""

from __future__ import annotations

from collections.abc import Iterator

from krea_client.migrate import names
from krea_client.migrate.findings import Edit, Finding
from krea_client.migrate.flow.places import Place
from krea_client.migrate.flow.values import Frame, Inst, Kind, Unknown
from krea_client.migrate.languages import tree as t
from krea_client.migrate.rules.decisions import Decision
from krea_client.migrate.rules.survey import Survey

CODE, TITLE = "KREA106", "Fields of classes"
OPEN = "the class goes to Krea, but {count} uses of .{name} in these files could not be followed to a class"


def find(survey: Survey) -> Iterator[Finding]:
    """Renames a field with its keyword in constructors and every use; or the alias, where the field has one."""
    for cls in survey.reach.instances.values():
        records = tuple(survey.reach.records[("class", id(cls))])
        for field in cls.fields.values():
            key = field.alias.value if field.alias is not None else field.name
            if key not in names.table().interesting:
                continue
            token = field.alias
            start = token.inner if token is not None else field.at
            edit = Edit(start, start + len(key), "{}") if start >= 0 else None
            place = Place("field", key, cls.module.file, start, start + len(key), edit, records)
            one = Decision(place)
            if one.verdict is not None and one.verdict.new is not None:
                yield from _renamed(survey, cls, field, one)


def _renamed(survey: Survey, cls: t.Class, field: t.Field, one: Decision) -> Iterator[Finding]:
    uses = list(_constructors(survey, cls, one.place.name))
    if field.alias is None:
        members, unknown = _members(survey, cls, field.name)
        uses += members
        if unknown:
            yield survey.renamed(CODE, one, "unsure", OPEN.format(count=unknown, name=field.name))
            return
    yield survey.renamed(CODE, one)
    for use in uses:
        yield survey.renamed(CODE, Decision(use._replace(records=one.place.records)))


def _constructors(survey: Survey, cls: t.Class, name: str) -> Iterator[Place]:
    for placed in survey.project.words.get(name, ()):
        file = placed.scope.module.file
        for word in placed.call.words:
            if word.name != name:
                continue
            made = survey.reach.ask.value(placed.call.of, Frame(placed.scope))
            if any(isinstance(alt.value, Kind) and cls in survey.reach.ask.line(alt.value.cls) for alt in made):
                end = word.at + len(name)
                yield Place("field", name, file, word.at, end, Edit(word.at, end, "{}"), ())


def _members(survey: Survey, cls: t.Class, name: str) -> tuple[list[Place], int]:
    """Uses of the field, and how many uses of the same name could not be followed."""
    found: list[Place] = []
    unknown = 0
    for module in survey.project.modules.values():
        nodes = [one for one in module.reads if isinstance(one, t.Attr) and one.name == name]
        nodes += [one.target for one in module.stores if isinstance(one.target, t.Attr) and one.target.name == name]
        for node in nodes:
            scope = _scope(node.of, module)
            values = [alt.value for alt in survey.reach.ask.value(node.of, Frame(scope))]
            ours = [one for one in values if isinstance(one, Inst) and cls in survey.reach.ask.line(one.cls)]
            if ours and len(ours) == len(values):
                end = node.at + len(name)
                found.append(Place("field", name, module.file, node.at, end, Edit(node.at, end, "{}"), ()))
            elif ours or any(isinstance(one, Unknown) for one in values):
                unknown += 1
    return found, unknown


def _scope(node: t.Node, module: t.Module) -> t.Function:
    while isinstance(node, (t.Attr, t.Item, t.Call)):
        node = node.of
    return node.scope if isinstance(node, t.Name) else module.top
