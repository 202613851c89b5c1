"""The operations that the spec documents, and made-up ones for what it does not show."""

import json
from collections.abc import Mapping
from typing import Any

from krea_client._spec.catalogue import Catalogue, Operation, catalogue

Z_IMAGE = catalogue().operation("generate_z_image")
GPT = catalogue().operation("generate_gpt_image_2")
GOOD: dict[str, Any] = {"prompt": "a gothic cathedral", "aspect_ratio": "16:9", "resolution": "1K"}


def entry(**changes: Any) -> dict[str, Any]:
    """Return one entry of an operation table, as `scripts/regenerate` would write it for a made-up model."""
    details: dict[str, Any] = {
        "operation_id": "generate_made_up",
        "method": "POST",
        "path": "/generate/video/maker/made-up",
        "kind": "video",
        "model": "video/maker/made-up",
        "request_class": "MadeUpRequest",
        "paid": True,
        "webhook": True,
        "parameters": [],
        "request_schema": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"prompt": {"type": "string"}, "start_image": {"type": "string"}},
        },
        "aliases": [],
        "retired_fields": [],
        "typical_seconds": None,
    }
    return details | changes


def made_up(aliases: Mapping[str, str] | None = None, **changes: Any) -> Operation:
    """Return an operation of our own, with these deprecated names for new ones."""
    rows = [{"from": old, "to": new, "sunset_date": "2026-06-19"} for old, new in (aliases or {}).items()]
    return Operation.from_entry(entry(aliases=rows, **changes))


def catalogue_of(*entries: Mapping[str, Any], gone_models: list[dict[str, Any]] | None = None) -> Catalogue:
    """Return a catalogue of made-up operations and models that are gone."""
    index = {"operations": {row["operation_id"]: row for row in entries}, "gone_models": gone_models or []}
    files = {"index.json": index} | {f"{row['operation_id']}.json": row for row in entries}
    return Catalogue(lambda name: json.dumps(files[name]).encode())
