from typing import Any

import pytest

from regenerate.change_wording import described


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "description": "A name."}, "A name."),
        ({"type": "number", "minimum": 0, "maximum": 1, "default": 0.6}, "0 to 1. Server default: 0.6."),
        ({"type": "boolean", "default": False}, "Server default: false."),
        ({"type": "string", "default": "high"}, "Server default: high."),
        ({"type": "string", "minLength": 1}, "At least 1 character."),
        ({"type": ["string", "null"], "maxLength": 9}, "At most 9 characters."),
        ({"type": "array", "maxItems": 1}, "At most 1 item."),
        ({"type": "array", "minItems": 2, "maxItems": 4}, "2 to 4 items."),
        ({"type": "integer", "minimum": 8, "multipleOf": 8}, "At least 8. A multiple of 8."),
        ({"$ref": "#/components/schemas/Size"}, "How large. Server default: 1K."),
        ({"$ref": "#/components/schemas/Size", "description": "Other."}, "Other. Server default: 1K."),
    ],
)
def test_bounds_and_defaults_are_said_in_words(schema: dict[str, Any], words: str) -> None:
    size = {"type": "string", "enum": ["1K"], "description": "How large.", "default": "1K"}
    assert described({"components": {"schemas": {"Size": size}}}, schema) == words
