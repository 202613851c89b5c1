"""Two node apps that every sandbox has, to try a program with: what they take, and what their jobs make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from krea_client.sandbox.job_outputs import FILM, PICTURE, SOLID, JobOutputs, OutputFile
from krea_client.sandbox.style_store import ACCOUNT, WORKSPACE

_CREATED_AT = "2026-01-01T00:00:00.000000Z"
_PROMPT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "format": "uri"}


class SandboxNodeApp(NamedTuple):
    """One node app; `products` holds what each of its jobs makes."""

    app_id: str
    name: str
    text: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    products: tuple[JobOutputs, ...]

    def describe(self) -> dict[str, Any]:
        """Write the node app as the API shows it."""
        return {
            "id": self.app_id,
            "author_id": ACCOUNT["id"],
            "workspace_id": WORKSPACE["id"],
            "name": self.name,
            "slug": self.name.lower(),
            "description": self.text,
            "scope": "public",
            "created_at": _CREATED_AT,
            "updated_at": _CREATED_AT,
            "last_version_id": self.app_id,
            "version": 1,
            "version_created_at": _CREATED_AT,
            "username": ACCOUNT["name"],
            "example_outputs": None,
            "input_openapi_schema": dict(self.inputs),
            "output_openapi_schema": dict(self.outputs),
            "input_key_mapping": {name: f"{name}-node" for name in self.inputs["properties"]},
            "output_key_mapping": {name: f"{name}-node" for name in self.outputs["properties"]},
        }


def _schema(properties: Mapping[str, object], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


_POSTCARD = SandboxNodeApp(
    "sandbox-postcard-1",
    "Postcard",
    "One job: a picture, and two more of the same words.",
    _schema({"prompt": _PROMPT, "picture": {**_ADDRESS, "x-krea-media": True}}, "prompt"),
    _schema({"postcard": _ADDRESS, "variants": {"type": "array", "items": _ADDRESS}}, "postcard", "variants"),
    (
        JobOutputs(
            "map",
            (
                OutputFile("postcard", PICTURE, "postcard"),
                OutputFile("variants", PICTURE, "variants-1"),
                OutputFile("variants", PICTURE, "variants-2"),
            ),
        ),
    ),
)
_FIGURINE = SandboxNodeApp(
    "sandbox-figurine-1",
    "Figurine",
    "Two jobs: a 3D model, and a film.",
    _schema({"prompt": _PROMPT, "duration": {"type": "number", "minimum": 1, "maximum": 30}}, "prompt"),
    _schema({"figurine": _ADDRESS, "turntable": _ADDRESS}, "figurine", "turntable"),
    (
        JobOutputs("map", (OutputFile("figurine", SOLID, "figurine"),)),
        JobOutputs("map", (OutputFile("turntable", FILM, "turntable"),)),
    ),
)
APPS: Mapping[str, SandboxNodeApp] = MappingProxyType({app.app_id: app for app in (_POSTCARD, _FIGURINE)})
