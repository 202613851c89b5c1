"""Makes the one document out of the files of spec/: components stay components, everything else is put in place."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from .problems import GenerationFailed
from .sources import Address, Source, shown

Document = dict[str, Any]
TOP = "openapi.yaml"
_ORDER = ("openapi", "info", "servers", "security", "tags", "paths", "components")


def bundle(sources: Mapping[str, Source]) -> Document:
    """Returns the bundled OpenAPI document of a whole specification.

    A reference to `components` of any file becomes a reference within the document; a reference to anything else is
    replaced by what it points at. Raises GenerationFailed with file and line for a reference that leads nowhere, a name
    defined twice or a member that only openapi.yaml may have.
    """
    top = next(source for name, source in sources.items() if posixpath.basename(name) == TOP)
    resolver = _Resolver(sources)
    document: Document = resolver.resolved(top, top.value, ())
    document["paths"], document["components"] = {}, {"securitySchemes": document["components"]["securitySchemes"]}
    owners: dict[Address, str] = {}
    for source in sources.values():
        if source is top:
            continue
        for member, value in source.value.items():
            if member == "paths":
                _merge(document, ("paths",), resolver.resolved(source, value, ("paths",)), source, owners)
            elif member == "components":
                for kind, named in value.items():
                    address = ("components", kind)
                    _merge(document, address, resolver.resolved(source, named, address), source, owners)
            elif not member.startswith("x-"):
                raise GenerationFailed([f"{source.at((member,))}: only {TOP} may have {member!r}; a file adds paths and components"])
    components = document["components"]
    document["components"] = {kind: dict(sorted(components[kind].items())) for kind in sorted(components)}
    return {key: document[key] for key in (*_ORDER, *sorted(document.keys() - set(_ORDER)))}


def _merge(document: Document, address: Address, new: Document, source: Source, owners: dict[Address, str]) -> None:
    target = document
    for step in address:
        target = target.setdefault(str(step), {})
    for name, value in new.items():
        place = (*address, name)
        if name in target:
            raise GenerationFailed([f"{source.at(place)}: {shown(place)} is already defined in {owners.get(place, TOP)}; keep one"])
        owners[place] = source.name
        target[name] = value


class _Resolver:
    """Follows the references of one specification."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._open: list[tuple[str, str]] = []

    def resolved(self, source: Source, value: Any, address: Address) -> Any:
        if isinstance(value, list):
            return [self.resolved(source, item, (*address, index)) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        rest = {key: self.resolved(source, item, (*address, key)) for key, item in value.items() if key != "$ref"}
        reference = value.get("$ref")
        # A property may be called $ref; a reference is a string.
        return rest if not isinstance(reference, str) else self._follow(source, reference, rest, address)

    def _follow(self, source: Source, reference: str, rest: Document, address: Address) -> Any:
        file, _, pointer = reference.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(source.name), file)) if file else source.name
        target = self._sources.get(name)
        if target is None:
            raise GenerationFailed([f"{source.at(address)}: {reference} points at {name}, which does not exist"])
        found: Any = target.value
        steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
        for step in steps:
            if not isinstance(found, dict) or step not in found:
                raise GenerationFailed([f"{source.at(address)}: {reference}: {target.name} has no {shown(steps)}"])
            found = found[step]
        if steps[:1] == ("components",):
            return {"$ref": f"#{pointer}", **rest}
        if (name, pointer) in self._open:
            raise GenerationFailed([f"{source.at(address)}: {reference} contains itself; only components may"])
        self._open.append((name, pointer))
        inlined = deepcopy(self.resolved(target, found, steps))
        self._open.pop()
        return {**inlined, **rest} if isinstance(inlined, dict) else inlined
