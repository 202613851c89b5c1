"""The sandbox's own reading of the API's document (openapi.json): operations, deprecated field names, prices, retired models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from krea_client import _generated
from krea_client.sandbox import pricing

GENERATE = "/generate/"
EMPTY: Mapping[str, Any] = MappingProxyType({})


class FieldAlias(NamedTuple):
    """A deprecated name of a top-level field and the first day on which it is refused."""

    old: str
    new: str
    sunset: date


class RetiredModel(NamedTuple):
    """A model that is no longer served; a trailing `/*` covers a family. Without a sunset it went at an unknown time."""

    model: str
    sunset: date | None
    replacement: str | None

    def covers(self, model: str) -> bool:
        """Return whether this row covers `model`."""
        return model.startswith(self.model[:-1]) if self.model.endswith("/*") else model == self.model


class ApiOperation(NamedTuple):
    """One method on one path, as far as the machine needs it.

    `pricing` is the published price and `seconds` is what the model usually takes; None where nothing is published.
    `schema_at` is the JSON pointer of the request's schema inside the document, `fields` its top-level fields,
    `rules` the rules between fields (spec/EXTENSIONS.md), `upload` what may be uploaded.
    """

    operation_id: str
    method: str
    path: str
    schema_at: str | None = None
    aliases: tuple[FieldAlias, ...] = ()
    parameters: tuple[Mapping[str, Any], ...] = ()
    fields: Mapping[str, Mapping[str, Any]] = EMPTY
    rules: tuple[Mapping[str, Any], ...] = ()
    upload: Mapping[str, Any] = EMPTY
    pricing: Mapping[str, Any] | None = None
    seconds: float | None = None
    deprecated: bool = False

    @property
    def model(self) -> str:
        """The path without `/generate/`: `image/z-image/z-image`."""
        return self.path.removeprefix(GENERATE).lstrip("/")

    def filled(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return a body with the server's defaults, as far as the document names them."""
        return {name: field["default"] for name, field in self.fields.items() if "default" in field} | dict(fields)

    def price(self, fields: Mapping[str, Any]) -> float | None:
        """Return the published price, in USD, of a body with these fields; None where there is none."""
        return None if self.pricing is None else pricing.price(self.pricing, self.filled(fields))


class ApiDocument(NamedTuple):
    """The document, with its operations by path; templates match one segment per parameter."""

    content: Mapping[str, Any]
    server: str
    retired_models: tuple[RetiredModel, ...]
    fixed: Mapping[str, Mapping[str, ApiOperation]]
    templates: tuple[tuple[tuple[str, ...], Mapping[str, ApiOperation]], ...]

    def methods(self, path: str) -> Mapping[str, ApiOperation]:
        """Return the operations of a path by method; empty when nothing is served there."""
        if path in self.fixed:
            return self.fixed[path]
        parts = path.split("/")
        for template, operations in self.templates:
            if len(template) == len(parts) and all(
                (want[:1] == "{" and part) or want == part for want, part in zip(template, parts, strict=True)
            ):
                return operations
        return {}


def pointer(*parts: str) -> str:
    """Write a JSON pointer (RFC 6901) to a place in the document."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def read(content: Mapping[str, Any]) -> ApiDocument:
    """Read a bundled OpenAPI 3.1 document; raises KeyError or ValueError when it is not one."""
    fixed: dict[str, Mapping[str, ApiOperation]] = {}
    templates: list[tuple[tuple[str, ...], Mapping[str, ApiOperation]]] = []
    for path, item in content["paths"].items():
        operations = {
            method.upper(): _operation(content, path, method, item)
            for method in ("get", "post", "put", "patch", "delete")
            if method in item
        }
        if "{" in path:
            templates.append((tuple(path.split("/")), operations))
        else:
            fixed[path] = operations
    retired = tuple(
        RetiredModel(row["model"], _day(row.get("sunset")), row.get("replacement"))
        for row in content.get("x-krea-gone-models", ())
    )
    server = content["servers"][0]["url"].rstrip("/")
    return ApiDocument(content, server, retired, fixed, tuple(templates))


def _operation(content: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> ApiOperation:
    entry = item[method]
    body = entry.get("requestBody", {}).get("content", {})
    schema_at, schema = None, EMPTY
    if "application/json" in body:
        schema_at = pointer("paths", path, method, "requestBody", "content", "application/json", "schema")
        schema = resolve(content, body["application/json"]["schema"])
    parameters = tuple(
        resolve(content, parameter) for parameter in [*item.get("parameters", ()), *entry.get("parameters", ())]
    )
    return ApiOperation(
        operation_id=entry["operationId"],
        method=method.upper(),
        path=path,
        schema_at=schema_at,
        aliases=tuple(
            FieldAlias(row["from"], row["to"], date.fromisoformat(row["sunset_date"]))
            for row in entry.get("x-krea-deprecated-field-aliases", ())
        ),
        parameters=parameters,
        fields={name: _field(content, field) for name, field in schema.get("properties", {}).items()},
        rules=tuple(entry.get("x-krea-rules", ())),
        upload=entry.get("x-krea-upload", EMPTY),
        pricing=entry.get("x-krea-pricing"),
        seconds=entry.get("x-krea-typical-seconds"),
        deprecated=bool(entry.get("deprecated")),
    )


def resolve(content: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a node's $ref, and that one's, to what they stand for."""
    while "$ref" in node:
        target: Any = content
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _field(content: Mapping[str, Any], field: Mapping[str, Any] | bool) -> Mapping[str, Any]:
    if isinstance(field, bool):
        return EMPTY  # a schema that allows everything, or nothing
    # Keywords beside a $ref count too; often one is a default.
    return {**resolve(content, field), **field} if "$ref" in field else field


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def location(package: Path | None = None) -> Path:
    """Find openapi.json inside the installed krea_api (or `package`), or beside it in a checkout.

    Raises FileNotFoundError when it is in neither place.
    """
    try:
        package = package or _generated.folder()
    except FileNotFoundError:
        raise FileNotFoundError(
            "The package krea_api is not importable: install krea-client, or run scripts/regenerate."
        ) from None
    for candidate in (package / "openapi.json", package.parent / "openapi.json"):
        if candidate.is_file():
            return candidate
    raise FileNotFoundError(
        f"openapi.json is neither in {package} nor beside it: install krea-client again, or run scripts/regenerate."
    )


def shipped() -> bytes:
    """Return the contents of openapi.json of the installed krea_api, also from a zip file; a checkout has it beside the package.

    Raises:
        FileNotFoundError: it is in neither place.
    """
    try:
        return _generated.data("openapi.json")
    except FileNotFoundError:
        return location().read_bytes()


@lru_cache(maxsize=1)
def installed() -> ApiDocument:
    """Read the document that came with the package, once per process."""
    return read(json.loads(shipped()))
