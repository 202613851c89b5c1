"""A small document in the provider's shape to be changed, and the differences from ours that both commands would tell."""

import json
from pathlib import Path
from typing import Any

from krea_client.cli.document_diff.comparison import document_verdict, verdicts
from krea_client.cli.document_diff.decided_differences import short
from krea_client.cli.document_diff.openapi_reader import document_statement, statements
from prove_adoption.provider_shape import provider_shape

ROOT = Path(__file__).resolve().parents[3]
ALIASES = "x-krea-deprecated-field-aliases"
MODEL = "image/z-image/z-image"
Z_IMAGE, KLING, TOPAZ, JOB = (
    "/generate/image/z-image/z-image",
    "/generate/video/kling/kling-1",
    "/generate/enhance/topaz/video-upscale",
    "/jobs/{id}",
)
Document = dict[str, Any]
Difference = tuple[str, str, str]


def reduced() -> Document:
    document: Document = json.loads((ROOT / "generated" / "openapi.json").read_text("utf-8"))
    return document | {"paths": {path: document["paths"][path] for path in (Z_IMAGE, KLING, TOPAZ, JOB)}}


OWN_DOCUMENT = reduced()
TEXT = json.dumps(provider_shape(OWN_DOCUMENT))


def differences(provider_document: Document) -> list[tuple[str, Difference]]:
    verdicts_of_document = [
        document_verdict(document_statement(provider_document), document_statement(OWN_DOCUMENT)),
        *verdicts(statements(provider_document), statements(OWN_DOCUMENT), whole=True),
    ]
    return [
        (short(verdict.name), (difference.kind, difference.about, difference.says))
        for verdict in verdicts_of_document
        for difference in verdict.differences
    ]


def operation(document: Document, path: str = Z_IMAGE, method: str = "post") -> Any:
    return document["paths"][path][method]


def body(document: Document, path: str = Z_IMAGE) -> Any:
    return operation(document, path)["requestBody"]["content"]["application/json"]["schema"]


def field(document: Document, name: str, path: str = Z_IMAGE) -> Any:
    return body(document, path)["properties"][name]


def answer(document: Document, path: str = Z_IMAGE, method: str = "post") -> Any:
    return operation(document, path, method)["responses"]["200"]["content"]["application/json"]["schema"]
