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
from krea_client._spec.document_source import MOST_BYTES, UnsupportedModel, UnusableDocument
from krea_client._spec.schema_merging import (
    DecidedFact,
    Schema,
    joined,
    media_places,
    opened,
    same_facts,
    with_media,
    with_our_words,
    without_decided,
)
from krea_client._spec.untrusted_schemas import SchemaReader, one_line, plain_value

_MOST_OPERATIONS = 2_000
_MOST_STEPS = 8  # from one reference to the next
_PREFIX = "/generate/"
_PATH = re.compile(r"/generate/[a-z0-9][a-z0-9_-]{0,20}(?:/[A-Za-z0-9][\w.~-]{0,80}){2,6}")
_PLAIN_PATH = re.compile(r"(?:/[\w.~{}:-]{1,100}){1,12}/?")
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
        index: the index of the catalogue with it; `index["live"]` says what is new, changed, gone, and left out as not understood.
        entries: the entries of the operations that are new or different, by operation id.
        left_out: why a model was left out, by model.
    """

    index: Mapping[str, Any]
    entries: Mapping[str, Mapping[str, Any]]
    left_out: Mapping[str, str]


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
        left_out: dict[str, str] = {}
        for model, operation in listed.items():
            try:
                if model not in known_models:
                    entries[model] = self._new(model, operation)
                    new.append(model)
                elif entry := self._changed(known_models[model], operation):
                    entries[known_models[model]] = entry
                    changed.append(model)
            except UnsupportedModel as problem:
                left_out[model] = str(problem)
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
        models = {"new": new, "changed": changed, "gone": missing_models, "left_out": [*left_out]}
        live = {"day": self._day, **{key: sorted(names) for key, names in models.items()}}
        return Overlay({**self._builtin.index, "operations": lines, "live": live}, entries, left_out)

    def _refuse_older(self) -> None:
        version = str(_json.members(self._document.get("info")).get("version", ""))
        our_schema = str(self._builtin.index["spec_version"])
        if _DATED.fullmatch(version) and _DATED.fullmatch(our_schema) and version < our_schema[: len(version)]:
            raise UnusableDocument(f"it is of {version}, older than this version's of {our_schema}")

    def _refuse_other_servers(self, server: str) -> None:
        """Refuse a document that names servers, and none of them is the API's."""
        hosts = {urlsplit(address).hostname for address in (self._builtin.index["servers"], server) if address}
        addresses = [_address(_json.members(row)) for row in _json.items(self._document.get("servers"))]
        others = [address for address in addresses if "://" in address or address.startswith("//")]
        if others and len(others) == len(addresses) and not any(_host(address) in hosts for address in others):
            raise UnusableDocument(f"it names another server, {one_line(others[0], 80)!r}")

    def _operations(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the submissions of the document by model; all other operations are this version's own business."""
        paths: Any = self._document.get("paths")
        if not _json.is_object(paths) or len(paths) > _MOST_OPERATIONS:
            raise UnusableDocument(f"its paths are no object of at most {_MOST_OPERATIONS} members")
        for path, raw_item in _json.members(paths).items():
            if not path.startswith(_PREFIX):
                continue
            if not _PLAIN_PATH.fullmatch(path) or ".." in path:
                raise UnusableDocument(f"{one_line(path, 80)!r} is no path of a model")
            item = self._resolved(raw_item)
            if not _PATH.fullmatch(path) or item.get("post") is None:
                continue
            operation: Any = item["post"]
            if not _json.is_object(operation):
                raise UnusableDocument(f"{path}: an operation must be an object")
            if "requestBody" in operation:
                yield path.removeprefix(_PREFIX), _json.members(operation)

    def _resolved(self, value: object) -> dict[str, Any]:
        """Return what a reference within the document stands for; anything else as it is."""
        for _ in range(_MOST_STEPS):
            reference = _json.text(_json.members(value).get("$ref"))
            if reference is None:
                return _json.members(value)
            target: Any = self._document
            for step in reference.removeprefix("#/").split("/"):
                target = _json.members(target).get(step.replace("~1", "/").replace("~0", "~"))
            value = target
        return {}

    def _content(self, operation: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON content of a request, whatever parameters its media type has."""
        contents = _json.members(self._resolved(operation.get("requestBody")).get("content"))
        by_type = {name.partition(";")[0].strip().lower(): media for name, media in contents.items()}
        return _json.members(by_type.get("application/json"))

    def _schema(self, model: str, operation: Mapping[str, Any]) -> Schema:
        content = self._content(operation)
        if "schema" not in content:
            raise UnsupportedModel(f"{model}: its body is no JSON")
        schema = joined(self._reader.schema(content["schema"], model))
        if schema.get("type", "object") != "object" or not schema.get("properties"):
            raise UnsupportedModel(f"{model}: its body is no object with fields")
        if missing := [name for name in schema.get("required", ()) if name not in schema["properties"]]:
            raise UnusableDocument(f"{model}: {missing[0]!r} is required, and no field")
        schema["properties"].get("seed", {}).pop("default", None)  # another random number at every publication
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
            old, new, moment = (_json.text(row.get(key)) or "" for key in ("from", "to", "sunset_date"))
            day = moment.partition("T")[0]
            if not (_FIELD.fullmatch(old) and _FIELD.fullmatch(new) and _is_day(day)):
                raise UnusableDocument(f"{model}: a row of {_ALIASES} is not from, to and sunset_date")
            if old in schema["properties"] or old == new:
                continue  # the API still takes the name, so it is sent as it is
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


def _address(server: Mapping[str, Any]) -> str:
    """Return the address of a server with the defaults of its variables."""
    address = _json.text(server.get("url")) or ""
    for name, variable in _json.members(server.get("variables")).items():
        address = address.replace(f"{{{name}}}", _json.text(_json.members(variable).get("default")) or "")
    return address


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


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
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError:  # no wheel for this platform: no request is checked with it either
        return
    for entry in entries.values():
        try:
            Draft202012Validator(entry["request_schema"], validate_formats=True)
        except ValueError as error:
            raise UnusableDocument(f"{entry['model']}: {one_line(str(error), 120)}") from None
