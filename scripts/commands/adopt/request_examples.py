"""An example of a request, proposed from its schema: what is required, with values that are valid."""

from __future__ import annotations

from typing import Any

from regenerate.lint.unwritten import MARK

from .schema_writer import Nodes, children

_ADDRESSES = {"video": "https://example.com/clip.mp4", "audio": "https://example.com/sound.mp3"}
_PICTURE = "https://example.com/picture.png"
_UUID = "5f0c2d3e-7a61-4c1b-9d0e-2f8a6b4c1d3e"


def proposed(nodes: Nodes, path: str = "") -> Any:
    """Return a valid value for a schema: of an object, its required fields; a text is marked as still to be written."""
    facts = nodes[path].facts
    branch = next(
        (
            address
            for address in nodes
            if address.startswith(f"{path}<") and address.count("<") == path.count("<") + 1 and address.endswith(">")
        ),
        None,
    )
    if branch is not None:
        return proposed(nodes, branch)
    if facts.get("enum"):
        return facts["enum"][0]
    types = facts.get("type", ())
    if "object" in types or path == "":
        names = [
            name for name in children(nodes, path) if nodes[f"{path}.{name}" if path else name].facts.get("required")
        ]
        if not names and path == "":
            names = _main_field(nodes)
        return {name: proposed(nodes, f"{path}.{name}" if path else name) for name in names}
    if "array" in types:
        return [proposed(nodes, f"{path}[]")] * max(1, facts.get("minItems", 1)) if f"{path}[]" in nodes else []
    if "string" in types:
        return _text(path, facts)
    if "boolean" in types:
        return True
    return _number(facts) if {"number", "integer"} & set(types) else None


def _main_field(nodes: Nodes) -> list[str]:
    """Return the field that a request without required ones is most likely to have: what to show, or what to start from."""
    names = list(children(nodes, ""))
    media = [name for name in names if "url" in name]
    return ["prompt"] if "prompt" in names else (media or names)[:1]


def _text(path: str, facts: dict[str, Any]) -> str:
    if facts.get("format") == "uri":
        return next((address for word, address in _ADDRESSES.items() if word in path), _PICTURE)
    if facts.get("format") == "uuid":
        return _UUID
    text = f"{MARK}: {path.rpartition('.')[2].replace('_', ' ')}"
    return text.ljust(facts.get("minLength", 0), ".")[: facts.get("maxLength")]


def _number(facts: dict[str, Any]) -> Any:
    if "default" in facts:
        return facts["default"]
    if "minimum" in facts:
        return facts["minimum"]
    return facts["exclusiveMinimum"] + 1 if "exclusiveMinimum" in facts else 1
