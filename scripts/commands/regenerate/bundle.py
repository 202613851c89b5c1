"""Makes the one document out of the files of spec/: components stay components, everything else is put in place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from .problems import GenerationFailed
from .sources import Address, SourceFile, shown

Document = dict[str, Any]
TOP = "openapi.yaml"
_ORDER = ("openapi", "info", "servers", "security", "tags", "paths", "components")


@dataclass(frozen=True)
class Bundle:
    """The one document, and where each part of it was written."""

    document: Document
    _owners: Mapping[Address, SourceFile]
    _top: SourceFile

    def of(self, document: Document) -> Bundle:
        """Return another document whose parts stand in the same places."""
        return replace(self, document=document)

    def at(self, address: Address) -> str:
        """Return `file:line` of an address in the document."""
        owner = next((self._owners[head] for size in (3, 2) if (head := address[:size]) in self._owners), self._top)
        return owner.at(address)


def bundle(sources: Mapping[str, SourceFile]) -> Bundle:
    """Return the bundled OpenAPI document of a whole specification.

    A reference to `components` of any file becomes a reference within the document; a reference to anything else is
    replaced by what it points at. Raises GenerationFailed with file and line for a reference that leads nowhere, a name
    defined twice or a member that only openapi.yaml may have.
    """
    top = next(source for name, source in sources.items() if posixpath.basename(name) == TOP)
    resolver = _Resolver(sources)
    document: Document = resolver.resolved(top, top.value, ())
    document = {"paths": {}, "components": {}, **document}
    for kind, named in _mapping(top, document["components"], "components").items():
        _mapping(top, named, "components", kind)
    owners: dict[Address, SourceFile] = {}
    for source in sources.values():
        if source is not top:
            for address, named in _parts(source):
                _merge(document, address, resolver.resolved(source, named, address), source, owners)
    components = document["components"]
    document["components"] = {kind: dict(sorted(components[kind].items())) for kind in sorted(components)}
    members = (*(member for member in _ORDER if member in document), *sorted(document.keys() - set(_ORDER)))
    return Bundle({member: document[member] for member in members}, owners, top)


def _parts(source: SourceFile) -> Iterator[tuple[Address, Document]]:
    """Yield the mappings of named things that a file adds, with the address where they go."""
    for member, value in source.value.items():
        if member == "components" and isinstance(value, dict):
            yield from (
                (("components", kind), _mapping(source, components, "components", kind))
                for kind, components in value.items()
            )
        elif member in ("components", "paths"):
            yield (member,), _mapping(source, value, member)
        elif not member.startswith("x-"):
            place = source.at((member,))
            raise GenerationFailed([f"{place}: only {TOP} may have {member!r}; a file adds paths and components"])


def _mapping(source: SourceFile, value: Any, *address: str) -> Document:
    if not isinstance(value, dict):
        raise GenerationFailed([f"{source.at(address)}: {shown(address)}: must hold a mapping, not {value!r}"])
    return value


def _merge(
    document: Document, address: Address, new: Document, source: SourceFile, owners: dict[Address, SourceFile]
) -> None:
    target = document
    for step in address:
        target = target.setdefault(str(step), {})
    for name, value in new.items():
        place = (*address, name)
        if name in target:
            first = owners[place].name if place in owners else TOP
            raise GenerationFailed([f"{source.at(place)}: {shown(place)} is already defined in {first}; keep one"])
        owners[place] = source
        target[name] = value


class _Resolver:
    """Follows the references of one specification."""

    def __init__(self, sources: Mapping[str, SourceFile]) -> None:
        self._sources = sources
        self._open: list[tuple[str, str]] = []

    def resolved(self, source: SourceFile, value: Any, address: Address) -> Any:
        if isinstance(value, list):
            return [self.resolved(source, item, (*address, index)) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        members = {key: self.resolved(source, item, (*address, key)) for key, item in value.items()}
        # A field may be called $ref; only a string is a reference.
        reference = members.get("$ref")
        if not isinstance(reference, str):
            return members
        del members["$ref"]
        return self._follow(source, reference, members, address)

    def _follow(self, source: SourceFile, reference: str, siblings: Document, address: Address) -> Any:
        file, _, pointer = reference.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(source.name), file)) if file else source.name
        target = self._sources.get(name)
        if target is None:
            raise GenerationFailed([f"{source.at(address)}: {reference} points at {name}, which does not exist"])
        value: Any = target.value
        steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
        for step in steps:
            if not isinstance(value, dict) or step not in value:
                raise GenerationFailed([f"{source.at(address)}: {reference}: {target.name} has no {shown(steps)}"])
            value = value[step]
        if steps[:1] == ("components",):
            return {"$ref": f"#{pointer}", **siblings}
        if (name, pointer) in self._open:
            raise GenerationFailed([f"{source.at(address)}: {reference} contains itself; only components may"])
        self._open.append((name, pointer))
        inlined = deepcopy(self.resolved(target, value, steps))
        self._open.pop()
        return {**inlined, **siblings} if isinstance(inlined, dict) else inlined
