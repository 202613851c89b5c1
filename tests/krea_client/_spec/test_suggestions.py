"""Which of the known values is suggested for one that is none."""

import pickle

import pytest

from krea_client._request.validation import problems
from krea_client._spec.suggestions import nearest
from krea_client.errors import Problem, RequestInvalid, Undocumented

from ... import facts
from .._request.conftest import GOOD, Z_IMAGE

RATIOS = ["1:1", "4:3", "2:3", "16:9", "9:16", "3:4", "2:1"]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("16:10", "16:9"),
        ("16x9", "16:9"),
        ("16/9", "16:9"),
        ("16:09", "16:9"),
        ("9:15", "9:16"),
        ("10:16", "9:16"),
        ("4:4", "4:3"),
        ("1:1 ", "1:1"),
    ],
)
def test_a_ratio_that_shares_a_number_is_nearer_than_one_that_shares_letters(argument: str, expected: str) -> None:
    assert nearest(argument, RATIOS, 1) == [expected]
    assert nearest(argument, RATIOS[::-1], 1) == [expected]


@pytest.mark.parametrize(
    ("argument", "known_names", "expected"),
    [
        ("1080", ["480p", "720p", "1080p", "108p"], "1080p"),
        ("kling-2.7", ["kling-2.5", "kling-2", "klong-27"], "kling-2.5"),
        ("meduim", ["low", "medium", "high"], "medium"),
        ("4k", ["1K", "2K", "4K"], "4K"),
    ],
)
def test_whole_parts_count(argument: str, known_names: list[str], expected: str) -> None:
    assert nearest(argument, known_names, 1) == [expected]


def test_a_field_like_no_other_is_told_in_the_words_of_who_asks() -> None:
    [problem] = problems(Z_IMAGE, {**GOOD, "colour": "red"})
    assert isinstance(problem, Undocumented)
    assert problem.path == "colour"
    assert "extra_body" not in problem.remedy
    assert str(problem).endswith("an undocumented one goes into extra_body=")
    assert problem.with_remedy("is sent with --no-check").endswith(
        f"{[*facts.fields('z-image/z-image')][-1]}; an undocumented one is sent with --no-check"
    )


def test_a_misspelt_field_is_a_plain_problem() -> None:
    [problem] = problems(Z_IMAGE, {**GOOD, "sede": 1})
    assert type(problem) is Problem
    assert problem.remedy == "did you mean 'seed'?"


def test_it_survives_a_change_of_its_rule_and_a_pickle() -> None:
    problem = Undocumented("a", "is not a field", "give b")._replace(rule="is none")
    assert str(problem) == "a is none: give b; an undocumented one goes into extra_body="
    [again] = pickle.loads(pickle.dumps(RequestInvalid("m", [problem]))).problems
    assert isinstance(again, Undocumented)
    assert again == problem
