"""TranslationRules between fields: of those that exclude each other one may be given."""

from typing import Any

import pytest

from krea_client._request.field_rules import broken_rules
from krea_client._request.validation import problems
from krea_client._spec.catalogue import catalogue

from .conftest import made_up

THREE = made_up(rules=[{"excludes": ["sketch", "start_image", "end_image"]}])
URL = "https://example.com/in.png"


@pytest.mark.parametrize("body", [{}, {"prompt": "x"}, {"sketch": URL}, {"end_image": URL, "sketch": None}])
def test_one_of_them_may_be_given(body: dict[str, Any]) -> None:
    assert list(broken_rules(THREE, body)) == []


def test_each_one_beyond_the_first_is_a_problem() -> None:
    found = broken_rules(THREE, {"end_image": URL, "start_image": URL, "sketch": URL})
    assert list(map(str, found)) == [
        "start_image cannot be given together with 'sketch': give one of the two",
        "end_image cannot be given together with 'sketch': give one of the two",
    ]


def test_the_documented_rule_is_checked_beside_the_schema() -> None:
    seedance = catalogue().operation("generate_seedance_2")
    body: dict[str, Any] = {"prompt": "x", "end_image": URL, "reference_images": [URL], "duration": 99}
    assert [problem.path for problem in problems(seedance, body)] == ["reference_images", "duration"]
    assert problems(seedance, {"prompt": "x", "end_image": URL, "reference_images": []}) == []


def test_what_is_no_list_of_rules_breaks_nothing() -> None:
    assert list(broken_rules(made_up(rules=[{"something": 1}, None]), {"prompt": "x"})) == []
