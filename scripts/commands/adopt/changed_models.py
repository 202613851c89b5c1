"""A model that spec/ describes otherwise than the source: its differences are written, field by field, with our words kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from krea_client.cli.document_diff.differences import Difference
from krea_client.cli.document_diff.operation_facts import FieldFacts, Statement
from regenerate.public_names import names_of
from regenerate.references import resolve, schema_names

from . import price_tables
from .new_models import alias_row, place
from .schema_writer import ComponentPlace, SchemaWriter, children
from .spec_folder import SpecFolder
from .yaml_edits import YamlFile

_FIELD_KINDS = frozenset({"field_new", "field_gone", "field_renamed", "enum", "required", "closed", "deprecated"})
# Facts that stand beside a field as they are, so that nothing else of it has to be written anew.
_SIMPLE = frozenset(
    {
        *("default", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "minItems", "maxItems"),
    }
)
_FOLLOWERS = ("x-krea-deprecated-field-aliases", "x-krea-retired-fields", "x-krea-rules", "parameters", "requestBody")
_PRICING, _ALIASES, _RETIRED = "x-krea-pricing", "x-krea-deprecated-field-aliases", "x-krea-retired-fields"


class ChangedModel:
    """Writes what a source says of one model that is there."""

    def __init__(self, folder: SpecFolder, theirs: Statement, ours: Statement, captured: str) -> None:
        names = names_of(ours.path)
        if names is None:
            raise ValueError(ours.path)
        self._folder, self._theirs, self._ours, self._captured = folder, theirs, ours, captured
        self._file: YamlFile = folder.owner(ours.path)
        self._operation = ("paths", ours.path, ours.method.lower())
        self._request = ("components", "schemas", names.request_class)
        self._before = set(schema_names(folder.bundle.document, folder.bundle.document["paths"][ours.path]))
        self._place = _with_our_words(place(folder, self._file.name, names), folder, names.request_class)
        self.questions: list[str] = []

    def take_in(self, differences: Iterable[Difference]) -> None:
        """Write the differences; what cannot be written becomes a question."""
        before = self._file.text
        fields: dict[str, list[Difference]] = {}
        for difference in differences:
            if self._is_about_a_field(difference):
                fields.setdefault(re.split(r"[.\[<]", difference.about)[0], []).append(difference)
            else:
                self._take_in_operation(difference)
        for name, changes in fields.items():
            self._take_in_field(name, changes)
        if any(
            change.kind in ("required", "field_new", "field_gone", "field_renamed")
            for its in fields.values()
            for change in its
        ):
            self._write_required()
        if self._file.text != before:
            self._file.set((*self._operation, "x-krea-captured"), self._captured)
            self._folder.drop_unused(self._before)

    def _is_about_a_field(self, difference: Difference) -> bool:
        if difference.about == "(body)" or not self._theirs.body or not self._ours.body:
            return False
        known_paths = {*children(self._ours.body, ""), *children(self._theirs.body, "")}
        return re.split(r"[.\[<]", difference.about)[0] in known_paths and " " not in difference.about

    def _take_in_field(self, name: str, changes: list[Difference]) -> None:
        address = (*self._request, "properties")
        body = self._theirs.body or {}
        renamed = next(
            (change.facts["to"] for change in changes if change.kind == "field_renamed" and change.about == name), None
        )
        if renamed is not None:
            self._delete(name)
            self._write_field(str(renamed), words_of=name)
        elif name not in body:
            self._delete(name)
            self._retire(name)
        elif self._file.has(*address, name) and all(
            change.kind in _SIMPLE and change.about == name for change in changes
        ):
            for change in changes:
                self._write_fact((*address, name, change.kind), body[name].facts.get(change.kind))
        elif all(change.kind == "required" and change.about == name for change in changes):
            pass  # stands in the list of the request
        elif not self._theirs.full and any(change.about != name for change in changes):
            self.questions += [
                f"{change.text}; the source does not show all of {name}, so write it by hand" for change in changes
            ]
        else:
            self._write_field(name, words_of=name)

    def _write_field(self, name: str, *, words_of: str) -> None:
        if not self._file.has(*self._request, "properties"):
            self.questions.append(f"{name}: the request is not written in {self._file.name}; write the field by hand")
            return
        describe = self._place.describe
        # What only this field refers to may be written anew; all other names are taken, also those of fields written a moment ago.
        free = self._folder.only_used_by(self._file, (*self._request, "properties", words_of))
        used_names = set(self._folder.components) - free
        own = replace(
            self._place,
            taken=lambda component: component in used_names,
            describe=lambda path: describe(f"{words_of}{path.removeprefix(name)}" if path.startswith(name) else path),
        )
        writer = SchemaWriter(self._nodes(name), own)
        schema = writer.field(name)
        self._file.set((*self._request, "properties", name), self._with_extensions(words_of, schema))
        for component, written in writer.components.items():
            self._folder.set_component(self._file, component, written)
        self.questions += writer.questions

    def _nodes(self, name: str) -> Mapping[str, FieldFacts]:
        """Return what the source says of a field; where it does not show the items of a list, ours are taken."""
        theirs = self._theirs.body or {}
        if self._theirs.full:
            return theirs
        ours = {path: node for path, node in (self._ours.body or {}).items() if path.startswith(f"{name}[")}
        return {**ours, **theirs}

    def _with_extensions(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a schema with what only our extensions say of the field."""
        document = self._folder.bundle.document
        properties = resolve(document, {"$ref": f"#/{'/'.join(self._request)}"}).get("properties", {})
        extensions = {key: item for key, item in properties.get(name, {}).items() if key.startswith("x-")}
        return {**extensions, **schema}

    def _write_fact(self, address: tuple[str, ...], value: Any) -> None:
        if value is None:
            self._file.delete(address)
        else:
            self._file.set(address, value)

    def _delete(self, name: str) -> None:
        if self._file.has(*self._request, "properties", name):
            self._file.delete((*self._request, "properties", name))
        else:
            self.questions.append(
                f"{name}: left the request, and is written for several models at once; take it out by hand"
            )

    def _retire(self, name: str) -> None:
        operation = self._file.value["paths"][self._ours.path][self._ours.method.lower()]
        row = {"name": name, "last_seen": operation.get("x-krea-captured", ""), "gone_by": self._captured}
        self._set(_RETIRED, [*operation.get(_RETIRED, ()), row], _FOLLOWERS[2:])

    def _write_required(self) -> None:
        body = self._theirs.body or {}
        required = [name for name in children(body, "") if body[name].facts.get("required")]
        if required:
            self._file.set_before((*self._request, "required"), required, ("properties",))
        elif self._file.has(*self._request, "required"):
            self._file.delete((*self._request, "required"))

    def _take_in_operation(self, difference: Difference) -> None:
        kind = difference.kind
        if kind in ("alias_new", "alias_target", "alias_date"):
            ours = {alias.old: alias for alias in self._ours.aliases or ()}
            rows = {**ours, **{alias.old: alias for alias in self._theirs.aliases or ()}}
            self._set(_ALIASES, list(map(alias_row, rows.values())), _FOLLOWERS[1:])
        elif kind == "alias_gone":
            pass  # callers still send the name
        elif kind == "price" and self._theirs.prices:
            try:
                table = price_tables.pricing(self._theirs.prices, self._theirs.body or {}, self._captured)
                self._set(_PRICING, table, _FOLLOWERS)
            except price_tables.UnclearPrice as problem:
                self.questions.append(f"{problem}; write x-krea-pricing by hand")
        elif kind == "deprecation" and self._theirs.deprecated:
            self._set("deprecated", True, ("externalDocs", "x-krea-captured"))
        elif kind == "deprecation":
            self._file.delete((*self._operation, "deprecated"))
        else:
            self.questions.append(difference.text)

    def _set(self, key: str, value: Any, followers: tuple[str, ...]) -> None:
        self._file.set_before((*self._operation, key), value, followers)


def _with_our_words(standard: ComponentPlace, folder: SpecFolder, request: str) -> ComponentPlace:
    """Return the place with the descriptions that the model has."""
    document = folder.bundle.document
    words = dict(_described(document, {"$ref": f"#/components/schemas/{request}"}, "", ()))
    return replace(
        standard,
        describe=lambda path: words.get(path) or standard.describe(path),
    )


def _described(document: Any, schema: Any, path: str, inside: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    reference = schema.get("$ref", "")
    resolved = resolve(document, schema)
    if reference in inside:
        return
    if "description" in resolved:
        yield path, resolved["description"]
    for name, field in resolved.get("properties", {}).items():
        yield from _described(document, field, f"{path}.{name}" if path else name, (*inside, reference))
    if "items" in resolved:
        yield from _described(document, resolved["items"], f"{path}[]", (*inside, reference))
