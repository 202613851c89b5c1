"""What json.dumps can write, and what stands for such a value, becomes plain JSON before it is checked and sent."""

import enum
import fractions
import json
from collections import OrderedDict, UserDict, defaultdict
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from krea_client._request.plain_json import plain, plain_body


class Percent(float):
    def __repr__(self) -> str:
        return f"{self * 100:g} %"


class Seed(int):
    def __str__(self) -> str:
        return "a seed"


class Prompt(str):
    __slots__ = ()


class Ratio(enum.StrEnum):
    WIDE = "16:9"


class Count(enum.IntEnum):
    TWO = 2


class Style(NamedTuple):
    id: str
    strength: float


class NumpyBool:
    """As numpy.bool_: a value without dimensions that is registered as no number."""

    shape = ()

    def item(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Percent(0.5), 0.5),
        (Seed(7), 7),
        (Prompt("a fox"), "a fox"),
        (Ratio.WIDE, "16:9"),
        (Count.TWO, 2),
        (fractions.Fraction(1, 2), 0.5),
        (NumpyBool(), True),
        (Style("a", 1), ["a", 1]),
        (MappingProxyType({"id": Prompt("a")}), {"id": "a"}),
        (UserDict({"id": "a"}), {"id": "a"}),
        (OrderedDict({Prompt("id"): "a"}), {"id": "a"}),
        (defaultdict(list, {"ids": [Seed(1), (Percent(0.25),)]}), {"ids": [1, [0.25]]}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_becomes_the_plain_json_that_it_stands_for(value: object, expected: object) -> None:
    result = plain(value)
    assert result == expected
    assert json.dumps(result) == json.dumps(expected)
    assert exact_types(result) == exact_types(expected)


def exact_types(value: Any) -> Any:
    if isinstance(value, dict):
        return dict, [(type(key), exact_types(member)) for key, member in value.items()]
    return (list, [exact_types(item) for item in value]) if isinstance(value, list) else type(value)


@pytest.mark.parametrize("value", [Decimal(1), b"x", {1, 2}, object(), 1j])
def test_what_stands_for_no_json_value_stays_as_it_is(value: object) -> None:
    assert plain(value) is value


def test_keys_become_the_text_that_json_dumps_writes() -> None:
    members = {0: "a", True: "b", None: "c", 1.5: "d", Seed(7): "e", Count.TWO: "f", Percent(0.5): "g", "h": "h"}
    assert plain({"weights": [members]}) == json.loads(json.dumps({"weights": [members]}))


@pytest.mark.parametrize("members", [{1: "a", "1": "b"}, {(1, 2): "a"}, {float("nan"): "a"}, {b"a": "a"}])
def test_keys_that_have_no_text_of_their_own_stay_as_they_are(members: dict[Any, str]) -> None:
    assert plain([members]) == [members]


def test_the_input_is_never_changed_and_plain_values_are_not_copied() -> None:
    prompt = "a fox"
    body = {"prompt": prompt, "styles": (Style("a", 1),)}
    assert plain_body(body)["prompt"] is prompt
    assert body == {"prompt": "a fox", "styles": (Style("a", 1),)}


def test_a_value_that_contains_itself_stays_as_it_is() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    assert plain_body({"styles": cycle, "seed": Seed(1)}) == {"styles": cycle, "seed": 1}


def test_numbers_of_numpy() -> None:
    numpy = pytest.importorskip("numpy", reason="needs numpy, which is no dependency")
    values = [numpy.float64(0.5), numpy.float32(0.5), numpy.int64(2), numpy.bool_(True), numpy.array(3)]
    assert [(type(plain(value)), plain(value)) for value in values] == [
        (float, 0.5),
        (float, 0.5),
        (int, 2),
        (bool, True),
        (int, 3),
    ]
