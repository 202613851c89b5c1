"""Another document of the API over the installed one: its models and their requests are played, prices and times stay ours."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from krea_client import _json
from krea_client.sandbox.api_document import GENERATE, ApiDocument, read, shipped
from krea_client.sandbox.inlined_references import inlined

_TYPICAL_PATH = "/generate/image/z-image/z-image"
_OF_THE_REQUEST = ("requestBody", "deprecated", "summary", "parameters")
_JSON = "application/json"
_ALIASES = "x-krea-deprecated-field-aliases"


def overlaid(document: Mapping[str, Any] | str | os.PathLike[str]) -> ApiDocument:
    """Return the installed document with the models of another one.

    Args:
        document: an OpenAPI 3 document, or its path.

    Raises:
        ValueError: it is none, or cannot be read; the message says why.
    """
    content = document if isinstance(document, Mapping) else _from_file(Path(document))
    installed: dict[str, Any] = json.loads(shipped())
    try:
        for path, item in content["paths"].items():
            components = _json.members(content.get("components"))
            if path.startswith(GENERATE) and not {"post", "$ref"}.isdisjoint(item):
                operations = inlined(item, components)
                if "post" in operations:
                    _take_in(installed, path, operations["post"])
        return read(installed)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as fault:
        raise ValueError(f"the document cannot be played: {fault!r}; give an OpenAPI 3 document of the API") from None


def _from_file(path: Path) -> Mapping[str, Any]:
    try:
        content: Any = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as fault:
        raise ValueError(f"{path} cannot be read as JSON: {fault}; give an OpenAPI 3 document of the API") from None
    return _json.members(content)


def _take_in(installed: dict[str, Any], path: str, operation: dict[str, Any]) -> None:
    known_operation = installed["paths"].get(path, {}).get("post")
    if known_operation is None:
        own = {"operationId": path.removeprefix(GENERATE), "summary": path.removeprefix(GENERATE)}
        responses = copy.deepcopy(installed["paths"][_TYPICAL_PATH]["post"]["responses"])
        parameters = installed["paths"][_TYPICAL_PATH]["post"]["parameters"]
        known_operation = {**own, "parameters": parameters, "responses": responses}
    contents = _by_media_type(operation)
    fields = _json.members(_json.members(contents.get(_JSON)).get("schema")).get("properties", {})
    rows = {
        row["from"]: {**row, "sunset_date": row["sunset_date"].partition("T")[0]}
        for row in (*known_operation.get(_ALIASES, ()), *operation.get(_ALIASES, ()))
        if row["from"] not in fields  # a field that is there still is no deprecated name yet
    }
    provider_part = {key: operation[key] for key in _OF_THE_REQUEST if operation.get(key)}
    if contents:
        provider_part["requestBody"] = {**operation["requestBody"], "content": contents}
    installed["paths"][path] = {"post": {**known_operation, **provider_part, _ALIASES: [*rows.values()]}}


def _by_media_type(operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contents of a request by media types without their parameters, such as charset."""
    contents = _json.members(_json.members(operation.get("requestBody")).get("content"))
    return {name.partition(";")[0].strip().lower(): media for name, media in contents.items()}
