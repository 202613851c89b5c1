"""From an OpenAPI document of the API to an overlay over the catalogue: what is new, what changed, what is listed no more."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fnmatch import fnmatchcase
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit

from krea_client import _json
from krea_client._spec.catalogue import Catalogue
from krea_client._spec.document_source import MOST_BYTES, UnusableDocument
from krea_client._spec.schema_merging import (
    DecidedFact,
    Schema,
    media_places,
    opened,
    same_facts,
    with_media,
    with_our_words,
    without_decided,
)
from krea_client._spec.untrusted_schemas import SchemaReader, one_line, plain_value

_MOST_OPERATIONS = 2_000
_PREFIX = "/generate/"
_PATH = re.compile(r"/generate/[a-z0-9]{1,20}(?:/[A-Za-z0-9][\w.~-]{0,80}){2,4}")
_FIELD = re.compile(r"[\w.-]{1,100}")
_ALIASES = "x-krea-deprecated-field-aliases"
_DATED = re.compile(r"\d{4}-\d\d(-\d\d)?")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS = 200  # characters of a summary
# With fewer of the known_models models a document is a part of the whole, which says nothing of the others.
_WHOLE_SHARE = 0.5


@dataclass(frozen=True)
class Overlay:
    """What a document adds to the catalogue.

    Attributes:
        index: the index of the catalogue with it; `index["live"]` says what is new.
        entries: the entries of the operations that are new or different, by operation id.
    """

    index: Mapping[str, Any]
    entries: Mapping[str, Mapping[str, Any]]


def parsed(text: bytes) -> dict[str, Any]:
    """Return the document of a JSON text.

    Raises:
        UnusableDocument: it is not JSON, or too large.
    """
    if len(text) > MOST_BYTES:
        raise UnusableDocument(f"it has more than {MOST_BYTES // 2**20} MB")
    try:
        document: Any = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise UnusableDocument("it is nested too deeply") from None
    except UnusableDocument:
        raise
    except ValueError as error:  # UnicodeDecodeError is one
        raise UnusableDocument(f"it is not JSON: {one_line(str(error), 100)}") from None
    return _json.members(document)


def _refuse_constant(name: str) -> NoReturn:
    raise UnusableDocument(f"it has the number {name}, which JSON does not know")


def overlay(
    document: Mapping[str, Any], builtin: Catalogue, day: Date, decided: Sequence[DecidedFact] = (), server: str = ""
) -> Overlay:
    """Return what a document says differently from the catalogue.

    Args:
        document: the parsed document.
        builtin: the catalogue of this version.
        day: when the document was read.
        decided: facts of the document that were known_models when the catalogue was made, and not taken over.
        server: the address of the API that is called, which the document may name.

    Raises:
        UnusableDocument: it is broken, older than the catalogue, or holds what no honest document of this API holds.
    """
    try:
        return _Builder(document, builtin, day, decided).overlay(server)
    except UnusableDocument:
        raise
    except (RecursionError, LookupError, TypeError, AttributeError, ValueError) as fault:
        raise UnusableDocument(f"it is not written as OpenAPI 3 says ({type(fault).__name__})") from None


class _Builder:
    def __init__(
        self, document: Mapping[str, Any], builtin: Catalogue, day: Date, decided: Sequence[DecidedFact]
    ) -> None:
        self._document, self._builtin, self._day = document, builtin, day.isoformat()
        self._decided = decided
        self._reader = SchemaReader(document)

    def overlay(self, server: str) -> Overlay:
        if not str(self._document.get("openapi", "")).startswith("3."):
            raise UnusableDocument("it is no OpenAPI 3 document")
        self._refuse_older()
        self._refuse_other_servers(server)
        known_models = self._builtin.models
        listed = dict(self._operations())
        entries: dict[str, dict[str, Any]] = {}
        new: list[str] = []
        changed: list[str] = []
        for model, operation in listed.items():
            if model not in known_models:
                entries[model] = self._new(model, operation)
                new.append(model)
            elif entry := self._changed(known_models[model], operation):
                entries[known_models[model]] = entry
                changed.append(model)
        missing_models = [model for model in known_models if model not in listed and not self._is_decided_absent(model)]
        if len(known_models.keys() & listed.keys()) < _WHOLE_SHARE * len(known_models):
            missing_models = []
        for model in missing_models:
            notice = f"the API's document of {self._day} does not list the model any more"
            entries[known_models[model]] = {
                **self._entry(known_models[model]),
                "deprecated": True,
                "live_notice": notice,
            }
        _check_compilable(entries)
        lines = {**self._builtin.index["operations"], **{name: self._line(name, entries[name]) for name in entries}}
        live = {"day": self._day, "new": sorted(new), "changed": sorted(changed), "gone": sorted(missing_models)}
        return Overlay({**self._builtin.index, "operations": lines, "live": live}, entries)

    def _refuse_older(self) -> None:
        version = str(_json.members(self._document.get("info")).get("version", ""))
        our_schema = str(self._builtin.index["spec_version"])
        if _DATED.fullmatch(version) and _DATED.fullmatch(our_schema) and version < our_schema[: len(version)]:
            raise UnusableDocument(f"it is of {version}, older than this version's of {our_schema}")

    def _refuse_other_servers(self, server: str) -> None:
        hosts = {urlsplit(address).hostname for address in (self._builtin.index["servers"], server) if address}
        for row in _json.items(self._document.get("servers")):
            address = _json.text(_json.members(row).get("url")) or ""
            if "://" in address or address.startswith("//"):
                try:
                    host = urlsplit(address).hostname
                except ValueError:
                    host = None
                if host not in hosts:
                    raise UnusableDocument(f"it names another server, {one_line(address, 80)!r}")

    def _operations(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the submissions of the document by model; all other operations are this version's own business."""
        paths: Any = self._document.get("paths")
        if not _json.is_object(paths) or len(paths) > _MOST_OPERATIONS:
            raise UnusableDocument(f"its paths are no object of at most {_MOST_OPERATIONS} members")
        for path, item in _json.members(paths).items():
            if not path.startswith(_PREFIX):
                continue
            if not _PATH.fullmatch(path) or ".." in path:
                raise UnusableDocument(f"{one_line(path, 80)!r} is no path of a model")
            operation: Any = _json.members(item).get("post")
            if operation is None:
                continue
            if not _json.is_object(operation):
                raise UnusableDocument(f"{path}: an operation must be an object")
            if self._content(operation):
                yield path.removeprefix(_PREFIX), _json.members(operation)

    def _content(self, operation: Mapping[str, Any]) -> dict[str, Any]:
        body = _json.members(operation.get("requestBody"))
        return _json.members(_json.members(body.get("content")).get("application/json"))

    def _schema(self, model: str, operation: Mapping[str, Any]) -> Schema:
        schema = self._reader.schema(self._content(operation).get("schema"), model)
        if schema.get("type", "object") != "object" or not schema.get("properties"):
            raise UnusableDocument(f"{model}: its body is no object with fields")
        if missing := [name for name in schema.get("required", ()) if name not in schema["properties"]]:
            raise UnusableDocument(f"{model}: {missing[0]!r} is required, and no field")
        return {"type": "object", **schema}

    def _entry(self, operation_id: str) -> dict[str, Any]:
        return dict(self._builtin.operation(operation_id).details)

    def _new(self, model: str, operation: Mapping[str, Any]) -> dict[str, Any]:
        schema = with_media(self._schema(model, operation))
        kind, vendor, name = model.split("/", 2)
        words = one_line(operation.get("summary"), _WORDS) or name
        return {
            "operation_id": model,
            "method": "POST",
            "path": f"{_PREFIX}{model}",
            "kind": kind,
            "vendor": vendor,
            "model": model,
            "summary": words,
            "docs_url": None,
            "request_class": None,
            "request_classes": [],
            "content_type": "application/json",
            "response": "job",
            "paid": True,
            "webhook": True,
            "deprecated": operation.get("deprecated") is True,
            "captured": self._day,
            "parameters": [],
            "request_schema": {"$schema": _DIALECT, **schema},
            "media": list(dict.fromkeys(media_places(schema))),
            "examples": [self._example(operation, schema)],
            "upload": None,
            "rules": [],
            "unconfirmed": f"read from the API's document on {self._day}; this version does not know the model itself",
            "aliases": self._aliases(model, operation, schema),
            "retired_fields": [],
            "pricing": None,
            "typical_seconds": None,
        }

    def _changed(self, operation_id: str, operation: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the entry of a known_models operation with what the document says, or None where that is nothing new."""
        entry = self._entry(operation_id)
        model = str(entry["model"])
        built_in: dict[str, Any] = entry["request_schema"] or {}
        our_schema = opened(built_in, built_in.get("$defs", {}))
        published = self._schema(model, operation)
        self._refuse_deprecated_as_current(entry, published)
        their_schema = without_decided(
            published, our_schema, [row for row in self._decided if fnmatchcase(model, row.operation)]
        )
        rows = self._aliases(model, operation, their_schema)
        own = {row["from"]: row for row in entry["aliases"]}
        aliases = [*({**own, **{row["from"]: row for row in rows}}).values()]
        deprecated = operation.get("deprecated") is True
        if (
            same_facts(their_schema, our_schema)
            and aliases == entry["aliases"]
            and deprecated == bool(entry["deprecated"])
        ):
            return None
        schema = with_our_words(their_schema, our_schema)
        left_fields = [name for name in our_schema.get("properties", {}) if name not in schema["properties"]]
        retired = [{"name": name, "last_seen": entry["captured"], "gone_by": self._day} for name in left_fields]
        if deprecated and not entry["deprecated"]:
            entry["live_notice"] = f"the API's document of {self._day} calls the model deprecated"
        return {
            **entry,
            "deprecated": deprecated,
            "request_schema": {"$schema": _DIALECT, **schema},
            "media": list(dict.fromkeys(media_places(schema))),
            "aliases": aliases,
            "retired_fields": [
                *(row for row in entry["retired_fields"] if row["name"] not in schema["properties"]),
                *retired,
            ],
        }

    def _refuse_deprecated_as_current(self, entry: Mapping[str, Any], their_schema: Schema) -> None:
        """Add the field's new name: a document from before a renaming has the deprecated name as the field."""
        built_in: dict[str, Any] = entry["request_schema"] or {}
        fields, our_schema = their_schema["properties"], built_in.get("properties", {})
        for row in entry["aliases"]:
            if (
                row["from"] in fields
                and row["to"] not in fields
                and row["to"] in our_schema
                and row["from"] not in our_schema
            ):
                raise UnusableDocument(
                    f"it is older than this version: {entry['model']} has {row['from']!r} for {row['to']!r} in it"
                )

    def _aliases(self, model: str, operation: Mapping[str, Any], schema: Schema) -> list[dict[str, str]]:
        rows: Any = operation.get(_ALIASES, [])
        if not isinstance(rows, list):
            raise UnusableDocument(f"{model}: {_ALIASES} must be a list")
        result: dict[str, dict[str, str]] = {}
        for row in map(_json.members, cast("list[object]", rows)):
            old, new, day = (_json.text(row.get(key)) or "" for key in ("from", "to", "sunset_date"))
            if not (_FIELD.fullmatch(old) and _FIELD.fullmatch(new) and _is_day(day)):
                raise UnusableDocument(f"{model}: a row of {_ALIASES} is not from, to and sunset_date")
            if old in schema["properties"] or old == new:
                raise UnusableDocument(f"{model}: {old!r} is a field and a deprecated name at once")
            if result.setdefault(old, {"from": old, "to": new, "sunset_date": day})["to"] != new:
                raise UnusableDocument(f"{model}: the deprecated name {old!r} leads to two fields")
        return list(result.values())

    def _is_decided_absent(self, model: str) -> bool:
        return any(
            row.field == "(operation)" and row.says == "absent" and fnmatchcase(model, row.operation)
            for row in self._decided
        )

    def _line(self, operation_id: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        line = self._builtin.index["operations"].get(operation_id, {"price": None})
        columns = ("method", "path", "kind", "vendor", "request_class", "summary", "typical_seconds", "deprecated")
        return {**line, **{key: entry[key] for key in columns}}

    def _example(self, operation: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
        example: Any = self._content(operation).get("example")
        if _json.is_object(example) and example.keys() <= schema["properties"].keys():
            return _json.members(plain_value(example, "an example"))
        return {name: _sample(schema["properties"][name]) for name in schema.get("required", ())}


def _is_day(text: str) -> bool:
    try:
        return Date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sample(schema: Schema) -> Any:
    """Return a value for a required field of an example."""
    for branch in (schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if "default" in branch:
            return branch["default"]
        if choices := branch.get("enum", [branch["const"]] if "const" in branch else []):
            return choices[0]
        kinds = branch.get("type", ())
        kind = kinds if isinstance(kinds, str) else next(iter(kinds), None)
        if kind in ("number", "integer"):
            least = branch.get("minimum", branch.get("exclusiveMinimum", 0))
            return math.ceil(least) if kind == "integer" else least
        if kind is not None:
            return _SAMPLES[kind](branch)
    return "..."


_SAMPLES: dict[str, Callable[[Schema], Any]] = {
    "string": lambda schema: "https://example.com/in.png" if schema.get("format") == "uri" else "...",
    "boolean": lambda _: True,
    "null": lambda _: None,
    "array": lambda schema: [_sample(schema.get("items", {}))] * int(schema.get("minItems", 1) > 0),
    "object": lambda schema: {name: _sample(schema["properties"][name]) for name in schema.get("required", ())},
}


def _check_compilable(entries: Mapping[str, Mapping[str, Any]]) -> None:
    from jsonschema_rs import Draft202012Validator

    for entry in entries.values():
        try:
            Draft202012Validator(entry["request_schema"], validate_formats=True)
        except ValueError as error:
            raise UnusableDocument(f"{entry['model']}: {one_line(str(error), 120)}") from None
