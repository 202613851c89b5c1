"""The operation table: what a client needs to know about each operation at run time, derived from the document."""

from __future__ import annotations

import json
from typing import Any

from regenerate.operation_files import operations
from regenerate.price_rows import cheapest
from regenerate.public_names import SUBMISSION, names_of

from .bodies import answered, body_of, class_names, content_of, examples_of, media_paths
from .bundle import Document
from .references import SCHEMAS, resolve, schema_names
from .rule_evaluation import rules_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WEBHOOK_HEADER = "x-webhook-url"
_NO_MONEY = "402"


def entries(document: Document) -> list[dict[str, Any]]:
    """Return what the table says about each operation, in the order of the document."""
    return [_entry(document, path, method, operation) for path, method, operation in operations(document)]


def table(document: Document) -> dict[str, str]:
    """Return file name to text of everything under `operations/`: an index and one file per operation."""
    rows = entries(document)
    index = {
        "spec_version": document["info"]["version"],
        "servers": document["servers"][0]["url"],
        "operations": {row["operation_id"]: _line(row) for row in rows},
        "gone_models": document.get("x-krea-gone-models", []),
        "retired_fields": document.get("x-krea-retired-fields", []),
    }
    return {"index.json": as_json(index)} | {f"{row['operation_id']}.json": as_json(row) for row in rows}


def as_json(value: Any) -> str:
    """Return JSON as it stands in generated/: readable in a diff, the same bytes everywhere."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the index says of an operation: enough to find it, and to choose it from a list."""
    columns = ("method", "path", "kind", "vendor", "request_class", "summary", "typical_seconds", "deprecated")
    line = {key: row[key] for key in columns} | {"price": cheapest(row["pricing"])}
    # Several classes are rare (a training), so the others do not carry the list.
    return line | ({"request_classes": row["request_classes"]} if len(row["request_classes"]) > 1 else {})


def _entry(document: Document, path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    names = names_of(path)
    parameters = [resolve(document, parameter) for parameter in operation.get("parameters", ())]
    body = body_of(document, operation)
    schema = {"$schema": _DIALECT, **_standalone(document, body)} if body else None
    classes = class_names(document, body)
    return {
        "operation_id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "kind": names.kind if names else None,
        "vendor": names.vendor if names else None,
        "model": path.removeprefix(SUBMISSION) if names else None,
        "summary": operation.get("summary"),
        "docs_url": operation.get("externalDocs", {}).get("url"),
        "request_class": classes[0] if len(classes) == 1 else None,
        "request_classes": classes,
        "content_type": next(iter(content_of(document, operation)), None),
        "response": answered(document, operation),
        "paid": _NO_MONEY in operation["responses"],
        "webhook": any(parameter["name"].lower() == _WEBHOOK_HEADER for parameter in parameters),
        "deprecated": operation.get("deprecated", False),
        "captured": operation.get("x-krea-captured"),
        "parameters": [_parameter(document, parameter) for parameter in parameters],
        "request_schema": schema,
        "media": media_paths(schema or {}),
        "examples": examples_of(operation),
        "upload": operation.get("x-krea-upload"),
        "rules": rules_of(document, operation),
        "unconfirmed": operation.get("x-krea-unconfirmed"),
        "aliases": operation.get("x-krea-deprecated-field-aliases", []),
        "retired_fields": operation.get("x-krea-retired-fields", []),
        "pricing": operation.get("x-krea-pricing"),
        "typical_seconds": operation.get("x-krea-typical-seconds"),
    }


def _parameter(document: Document, parameter: dict[str, Any]) -> dict[str, Any]:
    schema = _standalone(document, parameter["schema"])
    return {**parameter, "required": parameter.get("required", False), "schema": schema}


def _standalone(document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with all it refers to: a bare reference is opened, the others become its own $defs."""
    top = resolve(document, schema)
    own: dict[str, Any] = _rewritten(top)
    if names := schema_names(document, top):
        own["$defs"] = {name: _rewritten(document["components"]["schemas"][name]) for name in names}
    return own


def _rewritten(value: Any) -> Any:
    if isinstance(value, list):
        return [_rewritten(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"#/$defs/{item.removeprefix(SCHEMAS)}" if key == "$ref" and isinstance(item, str) else _rewritten(item)
        for key, item in value.items()
    }
