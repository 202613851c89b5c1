"""JSON values as YAML in the style of spec/: short mappings and lists on one line in braces, everything else line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

WIDTH = 120
# Members that are always written line by line, however short they are.
_OPEN = frozenset(
    {"paths", "post", "requestBody", "content", "application/json", "components", "schemas", "properties"}
)
_ROWS = frozenset({"x-krea-deprecated-field-aliases", "x-krea-retired-fields", "table", "x-krea-rules", "parameters"})
# Plain text that YAML 1.1 and 1.2 readers take for the same text; inside braces, a comma or a bracket would end it.
_PLAIN = re.compile(r"[A-Za-z_/$][A-Za-z0-9_/.()+ -]*(?<! )")
_NO_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "inf"})


def entry(key: str, value: Any, indent: int) -> str:
    """Return `key: value` for a block mapping at an indentation, without the indentation of the first line."""
    name = scalar(key)
    if key not in _OPEN and not (key in _ROWS and isinstance(value, list)):
        line = f"{name}: {_flow(value)}"
        if indent + len(line) <= WIDTH or not (isinstance(value, dict | list) and value):
            return line
    return "\n".join([f"{name}:", *_block(value, indent + 2)])


def _block(value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{space}{entry(key, item, indent)}"
    else:
        for item in value:
            line = f"{space}- {_flow(item)}"
            if len(line) > WIDTH and isinstance(item, dict) and item:
                first, *following = (entry(key, part, indent + 2) for key, part in item.items())
                yield f"{space}- {first}"
                yield from (f"{space}  {text}" for text in following)
            else:
                yield line


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{scalar(key)}: {_flow(item)}" for key, item in value.items()) + " }" if value else "{}"
        )
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return a text, a number, true, false or null as every YAML reader reads it."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _NO_TEXT
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return json.dumps(value)
