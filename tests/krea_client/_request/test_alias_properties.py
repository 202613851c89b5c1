"""What must hold for translation whatever the table and the body are."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client._request.alias_translation import same_json, translate
from krea_client._spec.catalogue import Operation
from krea_client.errors import AliasConflict

from .conftest import GPT, Z_IMAGE, made_up

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(-3, 3), st.sampled_from(["", "a", "1:1"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
RENAMED_MODEL = made_up({"startImage": "start_image", "image_url": "start_image", "text": "prompt"})
OPERATIONS = st.sampled_from([Z_IMAGE, GPT, RENAMED_MODEL])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Operation, dict[str, Any]]:
    operation = draw(OPERATIONS)
    names = st.sampled_from([*operation.aliases, *operation.fields, "unknown", "aspectratio"])
    return operation, draw(st.dictionaries(names, draw(st.sampled_from([VALUES, st.just("same")]))))


@given(cases())
def test_translation_keeps_all_that_it_was_given(case: tuple[Operation, dict[str, Any]]) -> None:
    operation, body = case
    before = copy.deepcopy(body)
    new_names = {name: operation.aliases[name].new if name in operation.aliases else name for name in body}
    groups = {new: [name for name in body if new_names[name] == new] for new in new_names.values()}
    torn = [names for names in groups.values() if not all(same_json(body[names[0]], body[name]) for name in names)]
    if torn:
        with pytest.raises(AliasConflict) as excinfo:
            translate(operation, body)
        assert list(excinfo.value.names) in torn
        assert repr(body) == repr(before)
        return
    translated, renames = translate(operation, body)
    assert repr(body) == repr(before)
    assert list(translated) == list(dict.fromkeys(new_names.values()))
    assert all(same_json(translated[new_names[name]], value) for name, value in body.items())
    assert [rename.old for rename in renames] == [name for name in body if name in operation.aliases]
    assert translate(operation, translated) == (translated, ())


@given(VALUES)
def test_a_value_is_the_same_json_as_its_copy(value: Any) -> None:
    assert same_json(value, copy.deepcopy(value))


@given(VALUES, VALUES)
def test_being_the_same_json_has_no_direction(entry: Any, second: Any) -> None:
    assert same_json(entry, second) == same_json(second, entry)
