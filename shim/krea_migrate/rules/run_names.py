"""Names that a program gives a body when it runs: vars(args) of its options, locals() of a function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import ir, names, profile
from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.records import Record
from krea_migrate.ir import tail
from krea_migrate.rules.decisions import Decision, named
from krea_migrate.rules.survey import Survey

OPTION = "the option becomes a key of the body by its name, with vars(): give it the new name, or name the key yourself"
COMMAND = "the option is a member of **{options} by its name: where that becomes a key of a body for {api}, give it the new name"
MEMBER = "nothing uses it; the other members of {cls} name keys of bodies for {api}"
LOCAL = (
    "the variable becomes a key of the body by its name, with locals(): give it the new name, or name the key yourself"
)


def find(survey: Survey, code: str) -> Iterator[Finding]:
    """Show options and variables whose deprecated name is sent."""
    for module in survey.modules:
        for site in module.calls:
            name = tail(site.call.of)
            records = survey.reach.records.get(("dict", site.call)) if name in ("vars", "locals") else None
            if records and name == "vars":
                yield from _told(survey, code, module, OPTION, records, _options(module))
            elif records:
                yield from _told(survey, code, module, LOCAL, records, _variables(site.scope))
        yield from _commands(survey, code, module)


def beside(survey: Survey, code: str) -> Iterator[Finding]:
    """Yield members of an enum that nobody uses, where its other members name keys of bodies."""
    places = [decision.place for decision in survey.decisions]
    keys = {
        (place.file, place.start): place.records for place in places if place.kind == "variable" and not place.mixed
    }
    for module in survey.modules if keys else ():
        for cls in module.classes:
            fields = [(field.name, field.value) for field in cls.fields.values()]
            tokens = [(name, value) for name, value in fields if isinstance(value, ir.Str)]
            records = tuple(record for _, token in tokens for record in keys.get((module.file, token.start), ()))
            for name, token in tokens if records else ():
                if token.inner < 0 or (module.file, token.start) in keys or survey.keys.is_read(name):
                    continue
                edit = Edit.of_name(token.inner, token.value)
                decision = Decision(Place("variable", token.value, module.file, token.start, token.end, edit, records))
                if decision.new is not None and decision.rating.certainty is Certainty.CERTAIN:
                    yield survey.renamed(code, decision, Certainty.LIKELY, profile.active().say(MEMBER, cls=cls.name))


def _told(
    survey: Survey, code: str, module: ir.Module, why: str, records: list[Record], variables: Iterator[tuple[str, int]]
) -> Iterator[Finding]:
    for name, at in variables:
        decision = named("variable", name, module.file, at, records, is_verbatim=False)
        if name in names.table().old and decision.new is not None:
            yield survey.renamed(code, decision, Certainty.UNSURE, why)


def _options(module: ir.Module) -> Iterator[tuple[str, int]]:
    """Yield the names under which a parser of options keeps them."""
    for site in module.calls:
        if tail(site.call.of) != "add_argument":
            continue
        dest = next((word.value for word in site.call.words if word.name == "dest"), None)
        for option in [dest] if dest is not None else site.call.args:
            if isinstance(option, ir.Str) and option.inner >= 0:
                name = option.value.lstrip("-")
                yield name, option.inner + len(option.value) - len(name)


def _commands(survey: Survey, code: str, module: ir.Module) -> Iterator[Finding]:
    """Yield names of options that a decorator gives to a function with **options: @click.option("--ratio", "aspectRatio")."""
    spread = next((param for function in module.functions for param in function.params if param.kind == "**"), None)
    if spread is None or not module.calls:
        return
    records = [record for records in survey.reach.records.values() for record in records if record.file == module.file]
    if not records:
        return
    why = profile.active().say(COMMAND, options=spread.name)
    parameters = {param.name for function in module.functions for param in function.params}
    old = names.table().old.keys() - parameters
    for site in module.calls:
        for option in site.call.args if tail(site.call.of) in ("option", "argument") else ():
            if isinstance(option, ir.Str) and option.inner >= 0 and option.value in old:
                name = option.value
                decision = named("variable", name, module.file, option.inner, records)
                is_alone = not decision.others and len(re.findall(rf"\b{name}\b".encode(), module.source)) == 1
                if decision.new is not None:
                    yield survey.renamed(code, decision, Certainty.LIKELY if is_alone else Certainty.UNSURE, why)


def _variables(scope: ir.Function) -> Iterator[tuple[str, int]]:
    """Yield the parameters of a function."""
    yield from ((param.name, param.at) for param in scope.params if param.at >= 0)
