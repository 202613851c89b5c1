"""KREA106: fields of dataclasses, pydantic models and TypedDicts that are turned into a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import ir, names, profile
from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.flow.data_classes import camel, makes_camel
from krea_migrate.flow.known_functions import ALTERED
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.readers import scope_of
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Inst, Kind, Kw, Obj, Unknown, Value
from krea_migrate.ir import tail
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey

CODE, TITLE = "KREA106", "Fields of classes"
_ROUTES = frozenset({"get", "post", "put", "patch", "delete", "route", "api_route", "websocket"})
FILLED = "{cls} is also filled with what is not known here, which may have the name {name!r}"
COMES_IN = "{cls} also says what the callers of this program send: give the body for {api} a class of its own"
GENERATED = "a generator of aliases makes {old!r} of it: give {cls} none"
STRANGE = "the class goes to {api}; by the name of what has it, .{name} is elsewhere of another class (seen: {count})"
OPEN = "the class goes to {api}, but what .{name} is read of in these files could not be followed to a class (seen: {count})"


def find(survey: Survey) -> Iterator[Finding]:
    """Rename a field with its keyword in constructors and every use; or the alias, where the field has one."""
    for cls in list(survey.reach.instances):
        records = survey.reach.records.get(("class", cls), [])
        aliased = survey.reach.records.get(("alias", cls), [])
        for field in cls.fields.values():
            if field.alias is not None:
                yield from _of_key(survey, cls, field, field.alias, aliased)
            elif makes_camel(cls) and aliased:
                yield from _generated(survey, cls, field, aliased)
            if field.alias is None or records:
                yield from _of_key(survey, cls, field, None, records if field.alias is not None else records + aliased)


def _of_key(
    survey: Survey, cls: ir.Class, field: ir.Field, token: ir.Str | None, records: list[Record]
) -> Iterator[Finding]:
    """Yield a field by its alias, or by its own name."""
    key = token.value if token is not None else field.name
    if not records or key not in names.table().interesting:
        return
    start = token.inner if token is not None else field.at
    edit = Edit.of_name(start, key) if start >= 0 else None
    start = start if start >= 0 else token.start if token is not None else field.at
    decision = Decision(Place("field", key, cls.module.file, start, start + len(key), edit, tuple(records)))
    if decision.new is not None:
        yield from _renamed(survey, cls, field, token, decision)


def _generated(survey: Survey, cls: ir.Class, field: ir.Field, records: list[Record]) -> Iterator[Finding]:
    """Yield a field whose deprecated name is made when the program runs."""
    old, end = camel(field.name), field.at + len(field.name)
    decision = Decision(Place("field", old, cls.module.file, field.at, end, None, tuple(records)))
    if decision.new == field.name:
        yield survey.renamed(CODE, decision, Certainty.UNSURE, GENERATED.format(old=old, cls=cls.name))


def _renamed(
    survey: Survey, cls: ir.Class, field: ir.Field, token: ir.Str | None, decision: Decision
) -> Iterator[Finding]:
    key = decision.place.name
    input_key = field.takes.value if field.takes is not None else field.name
    uses: list[Place] = []
    doubt, strange = "", 0
    if input_key == key and field.takes in (None, token):
        uses, filled = _constructors(survey, cls, key)
        doubt = FILLED.format(cls=cls.name, name=key) if filled else ""
    if token is None:
        members = _members(survey, cls, field.name)
        uses += members.places
        strange = members.strange
        doubt = profile.active().say(OPEN, count=members.unknown, name=field.name) if members.unknown else doubt
    if input_key == key and _comes_in(survey, cls):
        doubt = profile.active().say(COMES_IN, cls=cls.name)
    for place in [decision.place, *uses]:
        use = Decision(place._replace(records=decision.place.records))
        if doubt:
            yield survey.renamed(CODE, use, Certainty.UNSURE, doubt)
        elif strange and use.rating.certainty is Certainty.CERTAIN:
            reason = profile.active().say(STRANGE, count=strange, name=field.name)
            yield survey.renamed(CODE, use, Certainty.LIKELY, reason)
        else:
            yield survey.renamed(CODE, use)


def _comes_in(survey: Survey, cls: ir.Class) -> bool:
    """Return whether the class also describes what the callers of the program's own server send."""
    word = re.compile(rf"\b{re.escape(cls.name)}\b")
    return any(
        word.search(param.annotation) is not None
        for function in survey.decorated
        if function.marks & _ROUTES
        for param in function.params
    )


def _constructors(survey: Survey, cls: ir.Class, name: str) -> tuple[list[Place], bool]:
    """Return the keys that an instance is made with, and whether some are not known."""
    places: list[Place] = []
    filled = False
    classes = survey.reach.ask.classes
    words = [word for kind in (cls, *classes.heirs(cls)) for word in survey.project.also_named(kind.name)]
    callers = [site for word in words for site in survey.project.placed.get(word, ())]
    for site in dict.fromkeys(callers):
        callees = survey.values(site.call.of, site.scope)
        if any(isinstance(callee, Kind) and cls in classes.line(callee.cls) for callee in callees):
            filled |= _given_words(survey, site, name, places)
    for site in _alterations(survey, cls):
        filled |= _given_words(survey, site, name, places)
    return list(dict.fromkeys(places)), filled


def _given_words(survey: Survey, site: ir.CallSite, name: str, places: list[Place]) -> bool:
    """Add the keywords of one call that give a field, and say whether it may be given by what is not known."""
    filled = False
    for word in site.call.words:
        if word.name == name:
            places.append(Place.of_name("field", name, site.scope.module.file, word.at))
        elif word.name is None or (word.name == "update" and tail(site.call.of) in ALTERED):
            for value in survey.values(word.value, site.scope):
                keys = _keys_of(survey, value, name)
                filled |= keys is None
                places += keys or []
    return filled


def _alterations(survey: Survey, cls: ir.Class) -> Iterator[ir.CallSite]:
    """Yield clip._replace(...), dataclasses.replace(clip, ...)."""
    for site in (site for name in sorted(ALTERED) for site in survey.project.placed.get(name, ())):
        of = site.call.of
        nodes = [*([of.of] if isinstance(of, ir.Attr) else []), *site.call.args[:1]]
        if any(_is_instance(survey, value, cls) for node in nodes for value in survey.values(node, site.scope)):
            yield site


def _is_instance(survey: Survey, value: Value, cls: ir.Class) -> bool:
    return isinstance(value, Inst) and cls in survey.reach.ask.classes.line(value.cls)


def _keys_of(survey: Survey, value: object, name: str) -> list[Place] | None:
    """Return the keys of a dict that is spread into a constructor; None when they are not known."""
    file = value.frame.function.module.file if isinstance(value, (Kw, Obj)) and value.frame is not None else ""
    if isinstance(value, Kw):
        return [Place.of_name("field", name, file, word.at) for word in value.site.words if word.name == name and file]
    if not isinstance(value, Obj) or not isinstance(value.site, ir.Dict) or value.frame is None:
        return None
    places: list[Place] = []
    for entry in value.site.entries:
        if entry.key is None:
            for alt in survey.reach.ask.value(entry.value, value.frame):
                inner = _keys_of(survey, alt.value, name)
                if inner is None:
                    return None
                places += inner
        elif isinstance(entry.key, ir.Str) and entry.key.value == name:
            key = entry.key
            edit = Edit.of_name(key.inner, name) if key.inner >= 0 else None
            places.append(Place("field", name, file, key.start, key.end, edit, ()))
    return places


class Uses(NamedTuple):
    """Where a field is used.

    Attributes:
        places: of instances of the class.
        unknown: how many uses of the same name could not be followed.
        strange: how many of something that is of another class wherever it is known.
    """

    places: list[Place]
    unknown: int
    strange: int


def _members(survey: Survey, cls: ir.Class, name: str) -> Uses:
    places: list[Place] = []
    unknown = strange = 0
    for module, nodes in survey.members_named(name):
        if module.dialect is not cls.module.dialect:
            continue
        for node in nodes:
            values = survey.values(node.of, scope_of(node.of, module))
            instances = [value for value in values if _is_instance(survey, value, cls)]
            if instances and len(instances) == len(values):
                places.append(Place.of_name("field", name, module.file, node.at))
            elif instances or any(isinstance(instance, Unknown) for instance in values):
                is_another = not instances and _is_another(survey, cls, node.of, name)
                strange, unknown = strange + is_another, unknown + (not is_another)
    return Uses(places, unknown, strange)


def _is_another(survey: Survey, cls: ir.Class, of: ir.Node, name: str) -> bool:
    """Return whether nobody fills a parameter, and others of its name are always of another class that has such a field."""
    if not isinstance(of, ir.Name) or all(known_class.name != of.id for known_class in of.scope.params):
        return False
    classes = survey.given_as(of.id)
    return bool(classes) and all(known_class is not cls and name in known_class.fields for known_class in classes)
