"""What krea_migrate may know of the client: the operations with their alias tables, what a body is refused for, JSON access, its version.

krea_migrate imports nothing else from krea_client; an import-linter contract holds that.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from krea_client import _json as json
    from krea_client._spec.catalogue import Alias, Operation, RetiredField, catalogue
    from krea_client._spec.suggestions import nearest
    from krea_client._version import __version__ as version
    from krea_client.errors import ModelGone, ModelUnknown, Problem

__all__ = [
    "API",
    "Alias",
    "ModelGone",
    "ModelUnknown",
    "Operation",
    "Problem",
    "RetiredField",
    "catalogue",
    "json",
    "nearest",
    "problems",
    "version",
]


# Where the names above are: nothing of it is imported before a file speaks of the API.
_HOMES = {
    **dict.fromkeys(("Alias", "Operation", "RetiredField", "catalogue"), "_spec.catalogue"),
    **dict.fromkeys(("ModelGone", "ModelUnknown", "Problem"), "errors"),
    "nearest": "_spec.suggestions",
}


def __getattr__(name: str) -> Any:
    if name == "json":
        return import_module("krea_client._json")
    if name == "version":
        return import_module("krea_client._version").__version__
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"krea_client.{_HOMES[name]}"), name)


# What the codemod looks for, apart from the operations.
API: dict[str, Any] = {
    "title": "Krea",
    "word": "krea",
    "domain": "krea.ai",
    "host": "api.krea.ai",
    "prefix": "/generate/",
    "kinds": ("image", "video", "enhance", "3d", "audio"),
    "own_clients": (
        "krea_client.Krea()",
        "krea_client.AsyncKrea()",
        "krea_client.client.Krea()",
        "@krea-ai/sdk.Krea()",
        "krea_client.async_client.AsyncKrea()",
    ),
    "own_calls": frozenset(
        {"run", "submit", "price", "run_all", "generate", "translate", "check", "subscribe", "generateRaw"}
    ),
    "own_command": ("krea", "generate"),
    "common_names": frozenset(
        {
            "aspectRatio",
            "imageUrl",
            "imageUrls",
            "outputFormat",
            "startImage",
            "endImage",
            "referenceImages",
            "webSearch",
        }
    ),
    "other_paths": frozenset({"/openapi.json", "/docs", "/mcp"}),
    "map_input": {
        "python": "map its deprecated names with krea_client.aliases.translate(model, {what})[0], or run under krea_client.legacy",
        "": "map its deprecated names before it is sent (`krea-client aliases --json` prints the tables)",
    },
}


def problems(operation: Operation, body: Mapping[str, Any]) -> list[Problem]:
    """Return what the operation refuses in a body. The validator is imported with the first body that is looked at."""
    from krea_client._request import validation

    return validation.problems(operation, body)
