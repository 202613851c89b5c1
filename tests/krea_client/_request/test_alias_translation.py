"""Deprecated names become new ones by the operation's own table, at the top level only, and nothing is lost or guessed."""

import copy
import itertools
from typing import Any

import pytest

from krea_client._request import alias_translation
from krea_client._request.alias_translation import renames_in, same_json, translate
from krea_client._spec.catalogue import Operation
from krea_client.errors import AliasConflict, ModelUnknown, RequestInvalid

from .conftest import GPT, Z_IMAGE, made_up

ROWS = [(operation, old, alias.new) for operation in (Z_IMAGE, GPT) for old, alias in operation.aliases.items()]
RENAMED_MODEL = made_up({"startImage": "start_image", "image_url": "start_image", "startFrame": "start_image"})
ids = pytest.mark.parametrize(("operation", "old", "new"), ROWS, ids=[f"{row[0].id}-{row[1]}" for row in ROWS])


@ids
def test_every_row_of_the_table_translates(operation: Operation, old: str, new: str) -> None:
    value = {"kept": ["as", {"it": "is"}]}
    body, renames = translate(operation, {old: value})
    assert body == {new: value}
    assert body[new] is value
    (rename,) = renames
    assert (rename.old, rename.new, str(rename.date), rename.operation) == (old, new, "2026-06-19", operation.model)


@ids
def test_a_model_is_named_like_anywhere_else(operation: Operation, old: str, new: str) -> None:
    for model in (operation.model, operation.path, operation.details["model"]):
        assert translate(model, {old: 1})[0] == {new: 1}


EQUAL_PAIRS = [
    (None, None),
    (1, 1.0),
    (0, -0.0),
    ("a", "a"),
    ([1, {"a": None}], (1.0, {"a": None})),
    ({}, {}),
    (True, True),
]
EQUAL_PAIRS += [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ([], ())]
UNEQUAL_PAIRS = [
    (None, "x"),
    (None, 0),
    (None, False),
    (None, []),
    (True, 1),
    (True, 1.0),
    (False, 0),
    (1, "1"),
    ([], {}),
]
UNEQUAL_PAIRS += [
    ([1, 2], [2, 1]),
    ([1], [1, 1]),
    ([True], [1]),
    ({"a": True}, {"a": 1}),
    ({"a": None}, {}),
    ("a", ["a"]),
]
UNEQUAL_PAIRS += [(2**53 + 1, float(2**53)), (float("nan"), float("nan")), ("ä", "a\u0308")]


@ids
@pytest.mark.parametrize("swapped", [False, True])
def test_equal_values_under_both_names_send_the_new_one_and_tell(
    operation: Operation, old: str, new: str, swapped: bool
) -> None:
    for pair in EQUAL_PAIRS:
        entry, second = reversed(pair) if swapped else pair
        for body in ({old: entry, new: second}, {new: second, old: entry}):
            translated, renames = translate(operation, body)
            assert list(translated) == [new]
            assert [rename.old for rename in renames] == [old]


@ids
@pytest.mark.parametrize("swapped", [False, True])
def test_different_values_under_both_names_are_a_conflict_that_names_both(
    operation: Operation, old: str, new: str, swapped: bool
) -> None:
    for pair in UNEQUAL_PAIRS:
        entry, second = reversed(pair) if swapped else pair
        for body in ({old: entry, new: second}, {new: second, old: entry}):
            with pytest.raises(AliasConflict) as excinfo:
                translate(operation, body)
            assert excinfo.value.names == tuple(body)
            assert excinfo.value.new == new
            assert excinfo.value.problems[0].path == old
            assert f"'{next(iter(body))}' and '{list(body)[1]}' have different values" in str(excinfo.value)
            assert f"give {new!r} only (nothing was sent)" in str(excinfo.value)


def test_no_value_shows_in_a_conflict() -> None:
    with pytest.raises(AliasConflict) as excinfo:
        translate(Z_IMAGE, {"imageUrl": "https://a.b/?signature=s3cret", "image_url": None})
    assert "s3cret" not in str(excinfo.value)


def test_several_old_names_may_share_a_new_one() -> None:
    names = ["startImage", "image_url", "startFrame", "start_image"]
    for size in (2, 3, 4):
        for argument in itertools.permutations(names, size):
            translated, renames = translate(RENAMED_MODEL, dict.fromkeys(argument, "https://a.b/1.png"))
            assert translated == {"start_image": "https://a.b/1.png"}
            assert [rename.old for rename in renames] == [name for name in argument if name != "start_image"]


def test_several_old_names_with_different_values_are_all_named() -> None:
    with pytest.raises(AliasConflict) as excinfo:
        translate(RENAMED_MODEL, {"prompt": "x", "startImage": "a", "image_url": "a", "startFrame": "b"})
    assert excinfo.value.names == ("startImage", "image_url", "startFrame")


def test_an_old_name_of_one_model_is_a_field_of_another() -> None:
    assert translate(RENAMED_MODEL, {"image_url": "u"})[0] == {"start_image": "u"}
    assert translate(Z_IMAGE, {"image_url": "u"}) == ({"image_url": "u"}, ())


def test_order_is_kept_and_a_new_name_takes_the_old_ones_place() -> None:
    body = {"seed": 1, "aspectRatio": "1:1", "prompt": "x", "presetStyles": [], "unknown": 2}
    translated, renames = translate(Z_IMAGE, body)
    assert list(translated) == ["seed", "aspect_ratio", "prompt", "styles", "unknown"]
    assert [rename.old for rename in renames] == ["aspectRatio", "presetStyles"]


def test_nothing_is_guessed_from_capitals() -> None:
    body = {"batchSize": 2, "denoisingStrength": 0.5, "AspectRatio": "1:1", "aspectratio": "1:1"}
    assert translate(Z_IMAGE, body) == (body, ())


def test_nested_names_and_values_are_left_alone() -> None:
    inner = {"aspectRatio": [{"imageUrl": 1}]}
    translated, _ = translate(Z_IMAGE, {"presetStyles": [inner]})
    assert translated["styles"] == [{"aspectRatio": [{"imageUrl": 1}]}]


def test_the_input_is_not_changed_and_not_returned() -> None:
    for body in ({"aspectRatio": "1:1", "styles": []}, {"prompt": "x"}):
        before = copy.deepcopy(body)
        translated, _ = translate(Z_IMAGE, body)
        translated["more"] = 1
        assert body == before


def test_translating_twice_is_translating_once() -> None:
    translated, _ = translate(Z_IMAGE, {"aspectRatio": "1:1", "imageUrl": None})
    assert translate(Z_IMAGE, translated) == (translated, ())


def test_renames_are_told_without_translating() -> None:
    body = {"imageUrl": 1, "image_url": 2, "aspectRatio": 3}
    assert [rename.old for rename in renames_in(Z_IMAGE, body)] == ["imageUrl", "aspectRatio"]
    assert renames_in(Z_IMAGE, {"prompt": "x"}) == ()


RETIRED = {"name": "start_pose", "use": "prompt", "last_seen": "2026-02-11", "gone_by": "2026-05-25"}


@pytest.mark.parametrize(
    ("retired", "messages"),
    [
        ([RETIRED], " (documented until 2026-02-11, gone by 2026-05-25): use prompt"),
        ([{**RETIRED, "use": None}], " (documented until 2026-02-11, gone by 2026-05-25): leave it out"),
        ([{**RETIRED, "last_seen": None}], " (documented until an unknown day, gone by 2026-05-25): use prompt"),
        ([], ": leave it out"),
    ],
)
def test_an_old_name_of_a_field_that_went_says_when_it_went(retired: list[dict[str, Any]], messages: str) -> None:
    operation = made_up({"startPose": "start_pose"}, retired_fields=retired)
    with pytest.raises(RequestInvalid) as excinfo:
        translate(operation, {"prompt": "x", "startPose": 1})
    (problem,) = excinfo.value.problems
    assert str(problem) == f"startPose is a deprecated name of 'start_pose', which the model no longer has{messages}"


def test_every_old_name_that_leads_nowhere_is_told_at_once() -> None:
    operation = made_up({"one": "gone_one", "two": "gone_two", "startImage": "start_image"})
    with pytest.raises(RequestInvalid) as excinfo:
        translate(operation, {"two": 1, "startImage": 2, "one": 3})
    assert [problem.path for problem in excinfo.value.problems] == ["two", "one"]


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ModelUnknown):
        alias_translation.translate("z-image/z-imagine", {"aspectRatio": "1:1"})


def test_a_value_that_contains_itself_is_the_same_as_nothing() -> None:
    entry: list[Any] = []
    entry.append(entry)
    two: list[Any] = []
    two.append(two)
    assert not same_json(entry, two)
    with pytest.raises(AliasConflict):
        translate(Z_IMAGE, {"styles": entry, "presetStyles": two})
