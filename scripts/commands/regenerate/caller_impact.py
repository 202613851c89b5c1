"""What a change of the generated package does to Python callers, as griffe sees it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import griffe

from .bundle import Document
from .table import entries

_PACKAGE = "krea_api"
# The four forms of one call differ in the same way, so one is looked at.
_FORM = "sync_detailed"
_REMOVALS = {
    griffe.BreakageKind.PARAMETER_REMOVED: "{}= is gone",
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED: "needs {}=, which is new",
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED: "needs {}= now",
}


class Change(NamedTuple):
    """One consequence: "breaking", "addition" or "deprecation", in words; `name` when a public name goes."""

    kind: str
    text: str
    name: bool = False


class _Constructors(griffe.Extension):
    """Gives attrs classes the constructor that they have at run time. By keyword: nobody counts the fields of a request."""

    def on_class(self, *, cls: griffe.Class, **_: Any) -> None:
        if not any("define" in str(decorator.value) for decorator in cls.decorators):
            return
        fields = [(name, member) for name, member in cls.members.items() if isinstance(member, griffe.Attribute)]
        parameters = [griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)]
        parameters += [
            griffe.Parameter(
                name,
                annotation=field.annotation,
                kind=griffe.ParameterKind.keyword_only,
                default=None if field.value is None else str(field.value),
            )
            for name, field in fields
            if field.annotation is not None
        ]
        cls.set_member("__init__", griffe.Function("__init__", parameters=griffe.Parameters(*parameters)))


def changes(new_folder: Path, published: Path) -> list[Change]:
    """Return what callers of the package in `published` meet in the one in `built`, breaking things first."""
    old, new = _load(published), _load(new_folder)
    found_changes = [*_lost(old, new), *_compared(old, new)]
    return sorted(dict.fromkeys(found_changes), key=lambda change: (change.kind != "breaking", change.text))


def deprecations(old: Document, new: Document) -> list[Change]:
    """Return what works as before and warns from now on: operations that are deprecated, names that became old ones."""
    before = {entry["operation_id"]: entry for entry in entries(old)}
    found_changes: list[Change] = []
    for entry in entries(new):
        name = entry["operation_id"]
        if (old_object := before.get(name)) is None:
            continue
        if entry["deprecated"] and not old_object["deprecated"]:
            found_changes.append(Change("deprecation", f"{name}: deprecated"))
        rows = {row["from"] for row in old_object["aliases"]}
        for row in entry["aliases"]:
            if row["from"] not in rows:
                text = f"{name}: {row['from']} is translated to {row['to']}, with a warning"
                found_changes.append(Change("deprecation", text))
    return found_changes


def _load(folder: Path) -> griffe.Module:
    loader = griffe.GriffeLoader(
        search_paths=[folder], allow_inspection=False, extensions=griffe.Extensions(_Constructors())
    )
    package = loader.load(_PACKAGE)
    if not isinstance(package, griffe.Module):
        raise TypeError(f"{folder.name}/{_PACKAGE} is no package")
    return package


def _lost(old: griffe.Module, new: griffe.Module) -> Iterator[Change]:
    for breakage in griffe.find_breaking_changes(old, new):
        *inside, owner, last = breakage.obj.path.split(".")
        if (words := _REMOVALS.get(breakage.kind)) and last in ("__init__", _FORM):
            parameter = getattr(breakage.old_value or breakage.new_value, "name", "")
            yield Change("breaking", f"{owner}: {words.format(parameter)}")
        elif breakage.kind is griffe.BreakageKind.OBJECT_REMOVED and (owner == "models" or inside[-1:] == ["api"]):
            yield Change("breaking", f"{breakage.obj.path} is gone", name=True)


def _compared(old: griffe.Module, new: griffe.Module) -> Iterator[Change]:
    before, after = _public(old), _public(new)
    for path, member in after.items():
        if path not in before:
            yield Change("addition", path)
        elif isinstance(member, griffe.Class):
            yield from _fields(member, before[path])
        elif isinstance(member, griffe.Attribute):
            yield from _values(member, before[path])


def _public(package: griffe.Module) -> dict[str, griffe.Object]:
    """Return what people import: classes and enums by name, and one function for each operation."""
    objects: dict[str, griffe.Object] = {}
    for module in package["models"].modules.values():
        for name, member in module.members.items():
            if name in package["models"].members and not member.is_alias:
                objects[f"{_PACKAGE}.models.{name}"] = member
    for tag in package["api"].modules.values():
        for name, module in tag.modules.items():
            objects[f"{_PACKAGE}.api.{tag.name}.{name}"] = module
    return objects


def _fields(new: griffe.Class, old: griffe.Object) -> Iterator[Change]:
    before = {name: field for name, field in old.members.items() if isinstance(field, griffe.Attribute)}
    for name, field in new.members.items():
        if not isinstance(field, griffe.Attribute) or field.annotation is None:
            continue
        if name not in before:
            if field.value is not None:
                yield Change("addition", f"{new.name}: {name}=")
        elif (was := _union(before[name].annotation)) != (now := _union(field.annotation)):
            if was - now - {"Unset"}:
                text = f"{new.name}: {name} was {before[name].annotation}, is {field.annotation}"
                yield Change("breaking", text)
            elif now - was - {"Unset"}:
                yield Change("addition", f"{new.name}: {name} may be {', '.join(sorted(now - was))}")
            elif "Unset" in now:
                yield Change("addition", f"{new.name}: {name}= may be left out")


def _union(annotation: Any) -> set[str]:
    return {part.strip() for part in str(annotation).split(" | ")}


def _values(new: griffe.Attribute, old: griffe.Object) -> Iterator[Change]:
    """Yield values of a Literal."""
    before, after = _literal(getattr(old, "value", None)), _literal(new.value)
    if missing := [value for value in before if value not in after]:
        yield Change("breaking", f"{new.name}: {', '.join(map(repr, missing))} is no value any more")
    if added := [value for value in after if value not in before]:
        yield Change("addition", f"{new.name}: {', '.join(map(repr, added))}")


def _literal(value: Any) -> list[Any]:
    text = str(value)
    if not text.startswith("Literal["):
        return []
    values = ast.literal_eval(f"({text.removeprefix('Literal[').removesuffix(']')},)")
    return list(values)
