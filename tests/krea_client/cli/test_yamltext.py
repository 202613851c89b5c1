"""The YAML that `krea-client spec` prints is read as the same document by readers of YAML 1.1 and 1.2."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from krea_client.cli import yaml_output

TRAPS = [
    "no",
    "Y",
    "1:1",
    "012",
    "0x1f",
    "1e3",
    "1_000",
    "2026-06-19",
    "~",
    "",
    " a",
    "a ",
    "a: b",
    "a #b",
    "- a",
    "<<",
]
TRAPS += [
    "=",
    "null",
    "Off",
    ".5",
    "\x7f\x85\ufeff",
    "a\nb\n",
    "!x",
    "&a",
    "*a",
    "{a}",
    "[",
    "%",
    "@",
    "`",
    "'",
    '"',
    "é",
    "🦊",
]
text = st.one_of(st.sampled_from(TRAPS), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
numbers = st.one_of(st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.none() | st.booleans() | numbers | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=12,
)


@given(values)
def test_both_kinds_of_reader_see_the_value(value: Any) -> None:
    text = yaml_output.dump(value)
    for read in (yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)):
        assert read == value
        assert repr(read) == repr(value)  # 1 is not True, "1" is not 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": {"b": [1, {"c": "x", "d": []}], "e": {}}}, "a:\n  b:\n    - 1\n    - c: x\n      d: []\n  e: {}\n"),
        ({"ratio": "16:9", "ok": "yes", "text": "two words"}, 'ratio: "16:9"\nok: "yes"\ntext: two words\n'),
        ([[1, 2], []], "- - 1\n  - 2\n- []\n"),
    ],
)
def test_it_looks_as_people_write_it(value: Any, text: str) -> None:
    assert yaml_output.dump(value) == text
