"""A typed view of the operation table that is generated from the spec; no fact about an operation stands here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import cache, cached_property
from typing import Any, NamedTuple, cast
from urllib.parse import quote, unquote

from krea_client import _generated
from krea_client.errors import ModelGone, ModelUnknown, Problem, RequestInvalid

_FULL_PATH = re.compile(r"[a-z0-9]+(?:/[A-Za-z0-9][\w.~-]*){2,}")  # kind, vendor, name, each fit to stand in a path


class Alias(NamedTuple):
    """A deprecated name of a field, accepted by the API until 00:00 UTC of `sunset`."""

    old: str
    new: str
    sunset: Date


class RetiredField(NamedTuple):
    """A name that the body had once and has no more; when it went is known only between two captures.

    `no_effect` are the values that asked for nothing, besides null and an empty list.
    """

    name: str
    use: str | None
    last_seen: str | None
    gone_by: str | None
    no_effect: tuple[Any, ...] = ()


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of the API, as the spec has it.

    Attributes:
        id: its name in the spec, such as "generate_z_image".
        method: the HTTP method, in capitals.
        path: its path, such as "/generate/image/z-image/z-image".
        kind: "image", "video" and so on; None for an operation that generates nothing.
        paid: an accepted call is charged.
        webhook: it takes an X-Webhook-URL header.
        schema: the JSON Schema of the request body, or None.
        aliases: the deprecated names of its fields, by deprecated name.
        retired: the names that its body has no more, by name.
        typical_seconds: the documented average time to completion, or None.
        details: the whole entry of the table.
    """

    id: str
    method: str
    path: str
    kind: str | None
    paid: bool
    webhook: bool
    schema: Mapping[str, Any] | None
    aliases: Mapping[str, Alias]
    retired: Mapping[str, RetiredField]
    typical_seconds: float | None
    details: Mapping[str, Any]

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], everywhere: Iterable[Mapping[str, Any]] = ()) -> Operation:
        """Read one entry of the table; `everywhere` are retired names that callers send to any model."""
        schema: Mapping[str, Any] = entry["request_schema"] or {}
        fields = schema.get("properties", {})
        strangers = [row for row in everywhere if row["name"] not in fields]
        return cls(
            id=entry["operation_id"],
            method=entry["method"],
            path=entry["path"],
            kind=entry["kind"],
            paid=entry["paid"],
            webhook=entry["webhook"],
            schema=entry["request_schema"],
            aliases={
                row["from"]: Alias(row["from"], row["to"], Date.fromisoformat(row["sunset_date"]))
                for row in entry["aliases"]
            },
            retired={
                row["name"]: RetiredField(
                    row["name"],
                    row.get("use"),
                    row.get("last_seen"),
                    row.get("gone_by"),
                    tuple(row.get("no_effect", ())),
                )
                for row in (*strangers, *entry["retired_fields"])
            },
            typical_seconds=entry["typical_seconds"],
            details=entry,
        )

    @cached_property
    def model(self) -> str:
        """The short model id that messages use, such as "z-image/z-image"; the operation's id where it has none."""
        full = self.details.get("model")
        return full.split("/", 1)[1] if isinstance(full, str) else self.id

    def path_for(self, **parts: object) -> str:
        """Return the path with its parameters filled in, such as `path_for(id=job.id)`.

        Raises:
            RequestInvalid: a parameter is not the text of an id.
        """
        path = self.path
        for name, value in parts.items():
            # An address with "" or ".." in the place of an id would be another one.
            if not isinstance(value, str) or not value.strip("."):
                problem = Problem(
                    f"the {name}", f"is {value!r}, must be the text that the API gave", "give it as it came"
                )
                raise RequestInvalid(self.id, [problem])
            path = path.replace("{" + name + "}", quote(value, safe="", errors="replace"))
        return path

    @cached_property
    def query(self) -> Operation:
        """The same operation with its query parameters in the place of a body, to be checked like one."""
        properties = {row["name"]: row["schema"] for row in self.details["parameters"] if row["in"] == "query"}
        return replace(self, schema={"type": "object", "properties": properties, "additionalProperties": False})

    @cached_property
    def without_required_fields(self) -> Operation:
        """The same operation with no field required at the top of its body."""
        return replace(self, schema={**(self.schema or {}), "required": []})

    @cached_property
    def media(self) -> tuple[tuple[str, ...], ...]:
        """The places of the body that take media, as steps; "[]" stands for every item of a list."""
        return tuple(tuple(path.replace("[]", ".[]").split(".")) for path in self.details.get("media", ()))

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the body's fields, in the order of the spec."""
        return tuple((self.schema or {}).get("properties", {}))

    @cached_property
    def retired_names(self) -> Mapping[str, RetiredField]:
        """Every name that stands for a field that the body has no more: retired ones, and aliases of retired ones."""
        by_alias = {
            alias.old: self.retired[alias.new]
            for alias in self.aliases.values()
            if alias.new in self.retired and alias.new not in self.fields
        }
        return {name: row for name, row in self.retired.items() if name not in self.aliases} | by_alias

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """The server's defaults of the body's fields, as far as the spec has them."""
        properties: Mapping[str, Mapping[str, Any]] = (self.schema or {}).get("properties", {})
        return {name: part["default"] for name, part in properties.items() if "default" in part}


class Catalogue:
    """All operations, read from the table on first use, one file at a time.

    Args:
        read: returns the bytes of a file of the table by its name.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._loaded: dict[str, Operation] = {}

    @cached_property
    def index(self) -> Mapping[str, Any]:
        """The small file that names every operation."""
        index: Mapping[str, Any] = json.loads(self._read("index.json"))
        return index

    @cached_property
    def models(self) -> Mapping[str, str]:
        """Operation ids by full model id, such as "image/z-image/z-image"."""
        entries = self.index["operations"].items()
        return {entry["path"].removeprefix("/generate/"): name for name, entry in entries if entry["kind"]}

    @cached_property
    def _short(self) -> Mapping[str, list[str]]:
        short: dict[str, list[str]] = {}
        for full in self.models:
            short.setdefault(full.split("/", 1)[1], []).append(full)
        return short

    @cached_property
    def _by_class(self) -> Mapping[str, str]:
        return {
            kind: name
            for name, entry in self.index["operations"].items()
            for kind in (entry["request_class"], *entry.get("request_classes", ()))
            if kind
        }

    def operation(self, operation_id: str) -> Operation:
        """Return the operation with this id of the spec.

        Raises:
            KeyError: there is none.
        """
        operation = self._loaded.get(operation_id)
        if operation is None:
            if operation_id not in self.index["operations"]:
                raise KeyError(operation_id)
            entry = json.loads(self._read(f"{operation_id}.json"))
            operation = Operation.from_entry(entry, self.index.get("retired_fields", ()))
            self._loaded[operation_id] = operation
        return operation

    def of_request(self, request: object) -> Operation | None:
        """Return the operation that a generated request object is for, or None for anything else."""
        for kind in type(request).__mro__:
            if kind.__module__.startswith("krea_api.models."):
                name = self._by_class.get(kind.__name__)
                return self.operation(name) if name else None
        return None

    def of_model(self, model: str) -> Operation:
        """Return the operation of a model id: short, with its kind, or as a path or address of the API.

        Raises:
            ModelGone: the model was switched off; the error names its successor where there is one.
            ModelUnknown: there is no such model; the error names the nearest ones.
        """
        full = _normalized(model)
        operation_id = self.models.get(full)
        if operation_id is None:
            candidates = self._short.get(full, [])
            if len(candidates) > 1:
                raise ModelUnknown(model, candidates)
            if not candidates:
                raise self._unknown_model(model, full)
            operation_id = self.models[candidates[0]]
        return self.operation(operation_id)

    def unchecked(self, model: str) -> Operation | None:
        """Return an operation for a model that the spec does not know, given by its full path; None for anything but a full path.

        Nothing is known of it: no fields, price, typical time or deprecated names. `image/vendor/name` and
        `/generate/image/vendor/name` are full paths.
        """
        full = _normalized(model)
        if not _FULL_PATH.fullmatch(full):
            return None
        entry = {
            "operation_id": full,
            "model": full,
            "method": "POST",
            "path": f"/generate/{full}",
            "kind": full.partition("/")[0],
            "paid": True,
            "webhook": True,
            "request_schema": {"type": "object"},
            "aliases": (),
            "retired_fields": (),
            "typical_seconds": None,
        }
        return Operation.from_entry(entry)

    def of_call(self, method: str, path: str) -> Operation | None:
        """Return the operation that a method and path call, or None.

        Raises:
            ModelGone: the path is of a model that was switched off.
        """
        name = unquote(path).strip("/")
        operation_id = self._by_call.get((method, name))
        if operation_id is not None:
            return self.operation(operation_id)
        model = name.removeprefix("generate/")
        if model != name and (row := self._switched_off(model)):
            raise self._gone(model, row)
        return None

    @cached_property
    def _by_call(self) -> Mapping[tuple[str, str], str]:
        # Paths with parameters are left out: no body that is sent to one has a field of ours.
        entries = self.index["operations"].items()
        return {
            (entry["method"], entry["path"].strip("/")): name for name, entry in entries if "{" not in entry["path"]
        }

    def _switched_off(self, full: str) -> Mapping[str, Any] | None:
        for row in self.index["gone_models"]:
            pattern: str = row["model"]
            names = (pattern, pattern.split("/", 1)[1])
            if full in names or (pattern.endswith("/*") and full.startswith(tuple(name[:-1] for name in names))):
                return cast("Mapping[str, Any]", row)
        return None

    def _unknown_model(self, model: str, full: str) -> ModelGone | ModelUnknown:
        row = self._switched_off(full)
        from krea_client._spec.suggestions import nearest

        if row:
            return self._gone(full, row)
        matches = nearest(full, [*self.models, *self._short])
        return ModelUnknown(model, list(dict.fromkeys(map(self.short_id, matches))))

    def short_id(self, model: str) -> str:
        """Return a model's id as messages and lists show it: without its kind, unless models of two kinds share the rest."""
        short = model.partition("/")[2]
        return short if self._short.get(short) == [model] else model

    def _gone(self, model: str, row: Mapping[str, Any]) -> ModelGone:
        replacement = self.short_id(row["replacement"]) if row["replacement"] else None
        when = f" on {row['sunset']}" if row["sunset"] else ""
        use = f"use {replacement!r} instead" if replacement else "no replacement is documented"
        error = ModelGone(f"{model}: Krea switched this model off{when}: {use} (nothing was sent)")
        error.model = model
        error.replacement = replacement
        error.sunset = Date.fromisoformat(row["sunset"]) if row["sunset"] else None
        return error


def _normalized(model: str) -> str:
    full = model.strip()
    scheme, mark, address = full.partition("://")
    if mark and scheme in ("http", "https"):
        full = address.partition("/")[2]
    return full.strip("/").removeprefix("generate/")


def _from_package(name: str) -> bytes:
    return _generated.data(f"operations/{name}")


@cache
def catalogue() -> Catalogue:
    """Return the operations of the installed spec."""
    return Catalogue(_from_package)
