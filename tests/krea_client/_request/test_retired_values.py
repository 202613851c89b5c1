"""Fields that a model no longer has: left out with a warning where the value asked for nothing, refused where it asked for something."""

import json
import warnings
from typing import Any

import pytest

from krea_client import Krea, KreaDeprecationWarning, KreaSunsetWarning, RequestInvalid
from krea_client._request import json_edits
from krea_client._request.alias_translation import translate, without_effect
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.sandbox import Sandbox

from .conftest import made_up

DAYS = {"last_seen": "2026-05-25", "gone_by": "2026-10-09"}
RETIRED = made_up({"oldSketch": "sketch_id"}, retired_fields=[{"name": "sketch_id", "no_effect": ["plain", 1], **DAYS}])
NEUTRAL_VALUES: list[Any] = [None, [], "plain", 1, 1.0]
EFFECTIVE_VALUES: list[Any] = [0, "", "fine", True, [1], {}, False, 2]
# Every value that the specification lists as one that asked for nothing.
DOCUMENTED = [
    pytest.param(operation, retired.name, value, id=f"{operation.model} {retired.name}")
    for operation in map(catalogue().operation, sorted(catalogue().models.values()))
    if not operation.details["deprecated"]  # submitting to one warns by itself
    for retired in operation.retired.values()
    for value in retired.no_effect
]


@pytest.mark.parametrize("name", ["sketch_id", "oldSketch"])
@pytest.mark.parametrize("value", NEUTRAL_VALUES, ids=repr)
def test_a_value_that_asked_for_nothing_is_left_out(name: str, value: Any) -> None:
    body = {name: value, "prompt": "x"}
    assert translate(RETIRED, body) == ({"prompt": "x"}, ())
    assert body == {name: value, "prompt": "x"}


@pytest.mark.parametrize("value", EFFECTIVE_VALUES, ids=repr)
def test_any_other_value_is_not(value: Any) -> None:
    assert translate(RETIRED, {"sketch_id": value})[0] == {"sketch_id": value}
    with pytest.raises(RequestInvalid, match="no longer has"):
        translate(RETIRED, {"oldSketch": value})


def test_a_field_of_today_is_never_left_out() -> None:
    assert translate("z-image/z-image", {"image_url": None, "styles": []})[0] == {"image_url": None, "styles": []}


def test_the_specification_lists_such_values() -> None:
    assert DOCUMENTED


@pytest.mark.parametrize(("operation", "name", "value"), DOCUMENTED)
def test_every_documented_one_reaches_the_sandbox_as_if_it_had_not_been_given(
    operation: Operation, name: str, value: Any
) -> None:
    box = Sandbox(time_scale=0)
    krea = Krea("token", transport=box.transport(), clock=box.clock)
    example = dict(operation.details["examples"][0])
    with pytest.warns(KreaDeprecationWarning, match=f"{name}.*asked for nothing") as recorded_warnings:
        krea.submit(operation.model, {**example, name: value})
    (warning,) = [vars(entry.message) for entry in recorded_warnings]
    assert (warning["operation"], warning["old"], warning["new"]) == (operation.model, name, None)
    assert recorded_warnings[0].filename == __file__
    assert json.loads(box.requests[-1].body) == example


def test_the_warning_says_whether_the_field_is_gone_for_sure() -> None:
    box = Sandbox(time_scale=0, date="2026-06-01")
    krea = Krea("token", transport=box.transport(), clock=box.clock)
    body = {"prompt": "x", "duration": 6, "model": "MiniMax-Hailuo-02"}
    with warnings.catch_warnings(record=True) as recorded_warnings:
        warnings.simplefilter("always")
        krea.submit("minimax/hailuo-02", body)
    assert [type(warning.message) for warning in recorded_warnings] == [KreaDeprecationWarning]
    box.clock.advance(200 * 86_400)
    with pytest.warns(KreaSunsetWarning):
        krea.submit("minimax/hailuo-02", body)


def test_the_policies_hold_for_it() -> None:
    box = Sandbox(time_scale=0)
    body = {"prompt": "x", "model": "MiniMax-Hailuo-02"}
    silent = Krea("token", transport=box.transport(), clock=box.clock, aliases="silent")
    silent.submit("minimax/hailuo-02", body)
    assert json.loads(box.requests[-1].body) == {"prompt": "x"}
    for policy in ("error", "passthrough"):
        strict = Krea("token", transport=box.transport(), clock=box.clock, aliases=policy)
        with pytest.raises(RequestInvalid, match="model is no longer a field"):
            strict.submit("minimax/hailuo-02", body)
    assert len(box.requests) == 1


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ('{"a": 1, "b": 2}', ["a"], '{"b": 2}'),
        ('{"a": 1, "b": 2}', ["b"], '{"a": 1}'),
        ('{ "a": 1 }', ["a"], "{  }"),
        ('{"a": 1, "b": 2, "c": 3}', ["a", "b"], '{"c": 3}'),
        ('{"a": 1, "b": 2, "c": 3}', ["a", "c"], '{"b": 2}'),
        ('{"a": 1, "b": 2, "c": 3}', ["b", "c"], '{"a": 1}'),
        ('{"a": 1,\n "b": 2,\n "oldC": 3}', ["a"], '{"b": 2,\n "c": 3}'),
        ('{"a": 1, "b": 2}', ["a", "b"], "{}"),
    ],
)
def test_a_key_is_taken_out_of_the_text_with_its_comma(text: str, names: list[str], expected: str) -> None:
    pieces, copied = [], 0
    for start, end, new in json_edits.parse(text).renaming({"oldC": "c"}, names):
        pieces += [text[copied:start], new]
        copied = end
    assert "".join([*pieces, text[copied:]]) == expected


def test_nothing_is_looked_for_where_no_such_name_is_given() -> None:
    assert without_effect(RETIRED, {"prompt": None}) == {}
