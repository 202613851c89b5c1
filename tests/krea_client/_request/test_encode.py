"""A body becomes JSON text, or every place is named that JSON cannot carry."""

import json
from collections import OrderedDict
from datetime import UTC, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from krea_client._request.validation import encode
from krea_client.errors import RequestInvalid


class Ratio(StrEnum):
    WIDE = "16:9"


class Count(IntEnum):
    TWO = 2


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "{}"),
        ({"prompt": "a ü 🧿 \"'\n"}, '{"prompt":"a ü 🧿 \\"\'\\n"}'),
        ({"b": 1, "a": [True, None, 1.5, -0.0, {}]}, '{"b":1,"a":[true,null,1.5,-0.0,{}]}'),
        ({"a": (1, 2)}, '{"a":[1,2]}'),
        ({"a": Ratio.WIDE, "b": Count.TWO}, '{"a":"16:9","b":2}'),
        (OrderedDict(a=OrderedDict(b=1)), '{"a":{"b":1}}'),
        ({"a": 10**400}, '{"a":1' + "0" * 400 + "}"),
    ],
)
def test_json_values_are_written_compactly_in_utf_8(body: dict[str, Any], text: str) -> None:
    assert encode("m", body) == text.encode()
    assert json.loads(encode("m", body)) == json.loads(text)


NO = ", which JSON cannot carry"
CYCLE: list[Any] = [1]
CYCLE.append({"again": CYCLE})
DEEP: list[Any] = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        (
            {"seed": float("nan")},
            [f"seed is nan{NO}: leave the field out where a table has no value, or give a finite number"],
        ),
        ({"a": {"b": [0, float("-inf")]}}, [f"a.b[1] is -inf{NO}: give a finite number"]),
        (
            {"image_url": Path("cat.png")},
            [f"image_url is a {type(Path()).__name__}{NO}: give text, a number, a list or"],
        ),
        ({"a": datetime.now(UTC)}, [f"a is a datetime{NO}"]),
        ({"a": b"x"}, [f"a is a bytes{NO}"]),
        ({"a": {1, 2}}, [f"a is a set{NO}"]),
        ({"a": Decimal(1)}, [f"a is a Decimal{NO}"]),
        ({"a": 1j, "b": [object()]}, [f"a is a complex{NO}", f"b[0] is a object{NO}"]),
        ({"a": MappingProxyType({"b": 1})}, [f"a is a mappingproxy{NO}: give a dict"]),
        ({"styles": CYCLE}, ["styles[1].again contains itself: give each part once"]),
        (
            {"prompt": "a\ud800b"},
            ["prompt holds half a surrogate pair, which UTF-8 cannot carry: give whole characters"],
        ),
        ({"a\udfff": 1}, [r"the body has the key 'a\udfff', which UTF-8 cannot carry"]),
        ({1: 2}, ["the body has the key 1, which is no text: give keys as text"]),
        ({"a": [{None: 2}]}, ["a[0] has the key None, which is no text"]),
        ({"a": {(1, 2): 2}}, ["a has the key (1, 2), which is no text"]),
        ({"a": 10**20_000}, ["a is a whole number of thousands of digits"]),
        ({"a": DEEP}, ["the body is nested too deeply to be written as JSON"]),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, list) else "",
)
def test_every_place_that_json_cannot_carry_is_named(body: dict[str, Any], messages: list[str]) -> None:
    with pytest.raises(RequestInvalid) as excinfo:
        encode("maker/model", body)
    assert excinfo.value.model == "maker/model"
    results = [str(problem) for problem in excinfo.value.problems]
    assert len(results) == len(messages)
    assert all(entry.startswith(start) for entry, start in zip(results, messages, strict=True))
    str(excinfo.value).encode()  # a message can always be printed


def test_a_part_that_is_used_twice_does_not_contain_itself() -> None:
    part = {"id": "s", "strength": 1}
    assert encode("m", {"styles": [part, part]}) == b'{"styles":[{"id":"s","strength":1},{"id":"s","strength":1}]}'
    with pytest.raises(RequestInvalid, match="seed is nan"):
        encode("m", {"styles": [part, part], "seed": float("nan")})
