"""JSON files are read with the lines of their keys, and what is wrong with them is found at its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client._request import json_edits

PRETTY = """{
  "prompt": "a fox, {not} a \\"key\\": 1",
  "styles": [
    {"id": "x", "prompt": 2}
  ], "seed": 7,

  "a\\u0073pectRatio":
    "1:1"
}
"""


def test_each_top_level_key_has_its_line() -> None:
    document = json_edits.parse(PRETTY)
    body, lines = document.body, document.lines
    assert list(body) == ["prompt", "styles", "seed", "aspectRatio"]
    assert lines == {"prompt": 2, "styles": 3, "seed": 5, "aspectRatio": 7}


def test_one_line_and_no_key() -> None:
    assert json_edits.parse('{"a":1,"b":2}').lines == {"a": 1, "b": 1}
    assert json_edits.parse(" \n{ } ").lines == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # Python 3.13 blames the comma, older ones what follows
        (
            '{\n "prompt": "a",\n}',
            r"^(2:15|3:1): this is not JSON",
        ),
        ("", "^1:1: this is not JSON"),
        ("{'a': 1}", "^1:2: this is not JSON"),
        ('["a"]', r"^1: the request must be a JSON object \{\.\.\.\}, this is an array"),
        ("null", "this is null"),
        ("true", "this is true or false"),
        ("3", "this is a number"),
        ('{"a": 1,\n"b": 2,\n"a": 1}', "^3: 'a' is given twice, first in line 1"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(json_edits.JsonTextError, match=message):
        json_edits.parse(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=5), st.sampled_from([None, 0, 1, 4]), st.booleans())
def test_any_object_is_read_as_json_reads_it(body: dict[str, object], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(body, indent=indent, ensure_ascii=ascii_only)
    document = json_edits.parse(text)
    assert document.body == body
    assert list(document.lines) == list(body)
    split = text.split("\n")
    assert all(json.dumps(key, ensure_ascii=ascii_only) in split[line - 1] for key, line in document.lines.items())
