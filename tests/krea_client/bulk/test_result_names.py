"""No two items have one name, on no file system."""

import re

from hypothesis import given
from hypothesis import strategies as st

from krea_client.bulk.result_names import is_result_folder, result_name


def test_names_are_the_keys_where_that_is_safe() -> None:
    assert result_name(0, "cat-1") == "000/cat-1"
    assert result_name(12_345, "Cat/1") == "012/Cat_1~12345"
    assert result_name(1_234_567, "con", 2) == "1234/con~1234567.2"
    assert result_name(5, "") == "000/~5"
    assert result_name(5, "-rf") == "000/rf~5"
    assert is_result_folder("000") and not is_result_folder("unclaimed")  # noqa: PT018  # one fact


@given(st.lists(st.tuples(st.text(max_size=100), st.integers(1, 3)), unique=True, max_size=30))
def test_no_two_results_have_one_name(results: list[tuple[str, int]]) -> None:
    ordinals = {key: number for number, key in enumerate({key for key, _ in results})}
    names = [result_name(ordinals[key], key, number).casefold() for key, number in results]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"000/[a-z0-9_~][a-z0-9_.~-]*", name) for name in names)
