"""The document as the provider publishes it, and changes of it."""

import copy
import json
import pickle
from typing import Any

from krea_client import _generated
from krea_client.sandbox.api_document import installed, location
from krea_client.sandbox.published_document import published

Document = dict[str, Any]
_PUBLISHED = pickle.dumps(json.loads(published(installed())))  # five times as fast to copy as by deepcopy
_BUNDLED = pickle.dumps(json.loads(location().read_bytes()))
MODEL = "image/z-image/z-image"
NEW = "image/krea/krea-9"


def inlined_document() -> Document:
    document: Document = pickle.loads(_PUBLISHED)
    return document


def bundled_document() -> Document:
    """Return the same, with references."""
    document: Document = pickle.loads(_BUNDLED)
    return document


def operation(document: Document, model: str = MODEL) -> Document:
    post_operation: Document = document["paths"][f"/generate/{model}"]["post"]
    return post_operation


def body(document: Document, model: str = MODEL) -> Document:
    request_schema: Document = operation(document, model)["requestBody"]["content"]["application/json"]["schema"]
    return request_schema


def with_new_model(document: Document | None = None) -> Document:
    """Return a document with a model that this version does not know, with an alias and fields of every kind."""
    document = document or inlined_document()
    document["paths"][f"/generate/{NEW}"] = {
        "post": {
            "summary": "Krea 9",
            "requestBody": {"content": {"application/json": {"schema": copy.deepcopy(NEW_BODY)}}},
            "responses": {"200": {"description": "-"}},
            "x-krea-deprecated-field-aliases": [{"from": "imageUrls", "to": "image_urls", "sunset_date": "2027-01-31"}],
        }
    }
    return document


NEW_BODY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["prompt", "size"],
    "properties": {
        "prompt": {"type": "string", "minLength": 1},
        "size": {"type": "string", "enum": ["1k", "2k"]},
        "image_urls": {"type": "array", "maxItems": 2, "items": {"type": "string", "format": "uri"}},
        "strength": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5},
        "layers": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string", "pattern": "^[a-z]+$"}},
            },
        },
    },
}
DECIDED = json.loads(_generated.data("decided_differences.json"))
