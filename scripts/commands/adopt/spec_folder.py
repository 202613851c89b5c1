"""The files of spec/ as they are to be written, and what of them new operations can share."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any

from krea_client.cli.document_diff.flat_schemas import Shapes
from krea_client.cli.document_diff.operation_facts import Facts
from regenerate.bundle import Bundle, bundle
from regenerate.public_names import names_of
from regenerate.references import SCHEMAS, references
from regenerate.sources import read_folder

from .descriptions import UsualDescriptions
from .schema_writer import comparable
from .yaml_edits import Address, YamlFile

_SHARED = "shared/"


class SpecFolder:
    """spec/ in memory: edits are made to its files, and written at the end or not at all."""

    def __init__(self, spec: Path) -> None:
        self._spec = spec
        sources = read_folder(spec)
        self._before = {name: source.text for name, source in sources.items()}
        self.files = {name: YamlFile(name, text) for name, text in self._before.items()}
        self.bundle: Bundle = bundle(sources)

    @cached_property
    def words(self) -> UsualDescriptions:
        """The descriptions that there are."""
        return UsualDescriptions(self.bundle.document)

    @property
    def changed(self) -> dict[str, str]:
        """Return the text of each file that is new or changed."""
        return {name: file.text for name, file in self.files.items() if self._before.get(name) != file.text}

    def write(self) -> list[str]:
        """Write what changed, and return the names of the files."""
        for name, text in self.changed.items():
            target = self._spec.parent / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return list(self.changed)

    def owner(self, path: str) -> YamlFile:
        """Return the file that an operation is written in."""
        return next(file for file in self.files.values() if path in file.value.get("paths", {}))

    @property
    def components(self) -> dict[str, YamlFile]:
        """Return the file of every component schema."""
        return {
            name: file for file in self.files.values() for name in file.value.get("components", {}).get("schemas", {})
        }

    @cached_property
    def _facts(self) -> dict[str, Facts]:
        shapes = Shapes(self.bundle.document)
        schemas = self.bundle.document["components"]["schemas"]
        return {
            name: comparable({path: node.facts for path, node in shapes.flat({"$ref": f"{SCHEMAS}{name}"}, ()).items()})
            for name in schemas
        }

    def shared(self, file: str, hint: str, facts: Facts) -> str | None:
        """Return a reference, from a file, to a component of the same facts that everybody shares; None without one."""
        owners = self.components
        folder = f"{self._spec.name}/{_SHARED}"
        for name, candidate in self._facts.items():
            if candidate != facts or ("enum" in facts.get("", {}) and not name.endswith(hint)):
                continue
            owner = owners[name].name if name in owners else ""
            if owner.startswith(folder):
                steps = "../" * file.removeprefix(f"{self._spec.name}/").count("/")
                return f"{steps}{owner.removeprefix(f'{self._spec.name}/')}#/components/schemas/{name}"
        return None

    def file_for(self, path: str) -> str:
        """Return the file of a new model: that of its family, by the beginning of its name, or one of its own."""
        names = names_of(path)
        if names is None:
            raise ValueError(path)
        folder = f"{self._spec.name}/operations/{names.kind}/"
        slug = re.sub(r"[^a-z0-9.]+", "-", path.split("/", 4)[4].lower())
        stems = [name.removeprefix(folder).removesuffix(".yaml") for name in self.files if name.startswith(folder)]
        vendor = path.rsplit("/", path.count("/") - 3)[0]
        family = [
            stem
            for stem in stems
            if re.match(rf"{re.escape(stem)}(?:$|[.-])", slug) and self._is_of_vendor(f"{folder}{stem}.yaml", vendor)
        ]
        return f"{folder}{max(family, key=len, default=slug)}.yaml"

    def _is_of_vendor(self, name: str, vendor: str) -> bool:
        return any(path.startswith(vendor) for path in self.files[name].value.get("paths", {}))

    def add_model(self, file_name: str, path: str, operation: dict[str, Any], components: dict[str, Any]) -> None:
        """Write an operation and its components into a file, which may be new."""
        if file_name not in self.files:
            self.files[file_name] = YamlFile(file_name, "paths:\n  {}\ncomponents:\n  schemas:\n    {}\n")
            self.files[file_name].text = ""
        file = self.files[file_name]
        if not file.text:
            from .yaml_blocks import entry

            parts = [entry("paths", {path: {"post": operation}}, 0), entry("components", {"schemas": components}, 0)]
            file.text = "\n".join(parts) + "\n"
            return
        file.set(("paths", path), {"post": operation})
        for name, schema in components.items():
            self.set_component(file, name, schema)

    def set_component(self, file: YamlFile, name: str, schema: dict[str, Any]) -> None:
        """Write a component schema into a file that has some."""
        if not file.has("components"):
            file.text += "components:\n  schemas:\n    Placeholder: {}\n"
            file.set(("components", "schemas", name), schema)
            file.delete(("components", "schemas", "Placeholder"))
        else:
            file.set(("components", "schemas", name), schema)

    def only_used_by(self, file: YamlFile, address: Address) -> set[str]:
        """Return the names of the components that the schema at an address reaches, however indirectly, and nothing else does."""
        elsewhere: list[str] = []
        edges: dict[str, list[str]] = {}
        for candidate in self.files.values():
            value = without(candidate.value, address) if candidate is file else candidate.value
            schemas = value.get("components", {}).get("schemas", {})
            edges |= {name: _names(schema) for name, schema in schemas.items()}
            elsewhere += _names(without(value, ("components", "schemas")))
        field: Any = file.value
        for step in address:
            field = field.get(step, {})
        return _reachable(edges, _names(field)) - _reachable(edges, elsewhere)

    def drop_unused(self, names: set[str]) -> None:
        """Take out those components that nothing refers to any more, and then those that only they referred to."""
        while True:
            documents = [file.value for file in self.files.values()]
            referenced = {reference.rpartition("/")[2] for value in documents for reference in references(value)}
            owners = self.components
            unused = [name for name in names if name in owners and name not in referenced]
            if not unused:
                return
            for name in unused:
                owners[name].delete(("components", "schemas", name))


def without(value: Any, address: Address) -> Any:
    """Return a mapping without what stands at an address, if something does."""
    if not isinstance(value, dict) or address[0] not in value:
        return value
    if len(address) == 1:
        return {key: item for key, item in value.items() if key != address[0]}
    return {**value, address[0]: without(value[address[0]], address[1:])}


def _names(value: Any) -> list[str]:
    return [reference.rpartition("/")[2] for reference in references(value)]


def _reachable(edges: dict[str, list[str]], roots: list[str]) -> set[str]:
    reachable: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in edges and name not in reachable:
            reachable.add(name)
            waiting += edges[name]
    return reachable
