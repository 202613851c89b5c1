"""A document in the provider's shape: everything in place, no names, no words of ours, numbers of choice as constants."""

from typing import Any

from regenerate.references import resolve

Document = dict[str, Any]
# Our extensions that the provider's document has as well, and what it calls them.
EXTENSIONS = {
    "x-krea-deprecated-field-aliases": "x-krea-deprecated-field-aliases",
    "x-krea-applies-when": "x-krea-visible-when",
}


def provider_shape(document: Document) -> Document:
    """Return what the provider would publish where we publish this document."""
    paths = {
        path: {method: _operation(document, operation) for method, operation in item.items()}
        for path, item in document["paths"].items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "API", "version": "1"},
        "servers": document["servers"],
        "security": document["security"],
        "paths": paths,
        "components": {"securitySchemes": document["components"]["securitySchemes"]},
    }


def _operation(document: Document, operation: Document) -> Document:
    plain: Document = {"parameters": [_plain(document, parameter) for parameter in operation.get("parameters", ())]}
    plain |= {
        "responses": {
            status: {"description": "-", **_content(document, answer)}
            for status, answer in operation["responses"].items()
        }
    }
    if "requestBody" in operation:
        body = resolve(document, operation["requestBody"])
        plain["requestBody"] = {"required": body.get("required", False), **_content(document, body)}
    if operation.get("deprecated"):
        plain["deprecated"] = True
    return plain | _extensions(operation)


def _content(document: Document, holder: Document) -> Document:
    content = resolve(document, holder).get("content", {})
    return {"content": {kind: {"schema": _schema(document, media["schema"])} for kind, media in content.items()}}


def _extensions(value: Document) -> Document:
    return {EXTENSIONS[key]: item for key, item in value.items() if key in EXTENSIONS}


def _plain(document: Document, parameter: Document) -> Document:
    resolved = resolve(document, parameter)
    return {
        "name": resolved["name"],
        "in": resolved["in"],
        "required": resolved.get("required", False),
        "schema": _schema(document, resolved["schema"]),
    }


def _schema(document: Document, schema: Document, name: str = "") -> Document:
    resolved = resolve(document, schema)
    words = ("description", "properties", "items", "oneOf", "anyOf", "enum", "additionalProperties")
    plain: Document = {key: item for key, item in resolved.items() if key not in words and not key.startswith("x-")}
    plain |= _extensions(resolved)
    extra_fields: Any = resolved.get("additionalProperties")
    if extra_fields is not None:
        plain["additionalProperties"] = (
            _schema(document, extra_fields) if isinstance(extra_fields, dict) else extra_fields
        )
    if "enum" in resolved:
        plain |= _choice(plain, resolved["enum"])
    if "properties" in resolved:
        plain["properties"] = {field: _schema(document, part, field) for field, part in resolved["properties"].items()}
    if "items" in resolved:
        plain["items"] = _schema(document, resolved["items"])
    for union in ("oneOf", "anyOf"):
        if union in resolved:
            plain["anyOf"] = [_schema(document, branch) for branch in resolved[union]]
    if name == "seed" and "default" not in plain:
        plain["default"] = 1337
    return plain


def _choice(plain: Document, values: list[Any]) -> Document:
    if all(isinstance(value, str) for value in values):
        return {"enum": values}
    kind = plain.pop("type")
    return {"anyOf": [{"type": kind, "const": value} for value in values]}
