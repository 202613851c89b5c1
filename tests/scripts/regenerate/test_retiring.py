from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from regenerate.problems import GenerationFailed
from regenerate.retiring import Retired, inserted, left
from regenerate.sources import SourceFile

Z_IMAGE = "/generate/image/z-image/z-image"
TODAY = "2027-01-01"


def retired_rows(part: Any, change: Callable[[Any], object]) -> list[tuple[str, str]]:
    old = deepcopy(part.document)
    change(part)
    return [(retired.name, retired.row) for retired in left(old, part.document, TODAY)]


def test_nothing_left_nothing_to_retire(part: Any) -> None:
    assert retired_rows(part, lambda _: None) == []


def test_the_days_are_those_of_the_two_looks(part: Any) -> None:
    def change(part: Any) -> None:
        del part.fields["seed"]
        part.operation["x-krea-captured"] = "2026-12-01"

    assert retired_rows(part, change) == [("seed", '{ name: seed, last_seen: "2026-10-09", gone_by: "2026-12-01" }')]


def test_without_a_new_look_it_was_gone_by_today(part: Any) -> None:
    assert retired_rows(part, lambda part: part.fields.pop("seed")) == [
        ("seed", f'{{ name: seed, last_seen: "2026-10-09", gone_by: "{TODAY}" }}')
    ]


def test_the_one_field_that_came_and_is_alike_is_what_to_use(part: Any) -> None:
    [(_, row)] = retired_rows(part, lambda part: part.fields.update(start=part.fields.pop("seed")))
    assert "use: start" in row


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("x-krea-deprecated-field-aliases", {"from": "seed", "to": "styles", "sunset_date": "2027-06-01"}),
        ("x-krea-retired-fields", {"name": "seed", "last_seen": "2026", "gone_by": "2027"}),
    ],
)
def test_what_has_a_row_already_needs_none(part: Any, key: str, row: dict[str, str]) -> None:
    def change(part: Any) -> None:
        del part.fields["seed"]
        part.operation[key].append(row)

    assert retired_rows(part, change) == []


def test_a_new_field_and_a_lost_operation_are_none(part: Any) -> None:
    assert retired_rows(part, lambda part: part.fields.update(size={"type": "string"})) == []
    assert retired_rows(part, lambda part: part.document["paths"].pop(Z_IMAGE)) == []


RETIRED = Retired("/a", "post", "make_a", "old", '{ name: old, last_seen: "2026", gone_by: "2027" }')
HEAD = "paths:\n  /a:\n    post:\n      operationId: make_a\n"
ROW = '        - { name: old, last_seen: "2026", gone_by: "2027" }\n'


def test_the_row_follows_those_that_are_there() -> None:
    rows = "      x-krea-retired-fields:\n        - { name: a }\n        - name: b\n          use: c\n"
    following_text = "      parameters: []\n"
    assert inserted(SourceFile("f", HEAD + rows + following_text), RETIRED) == HEAD + rows + ROW + following_text


def test_the_first_row_brings_its_key() -> None:
    before = "      # why\n"
    following_text = "      responses: {}\n"
    expected = HEAD + before + "      x-krea-retired-fields:\n" + ROW + following_text
    assert inserted(SourceFile("f", HEAD + before + following_text), RETIRED) == expected


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "      x-krea-retired-fields: [{ name: a }]\n      responses: {}\n",
        "paths: { /a: { post: { responses: {} } } }\n",
    ],
)
def test_what_is_written_otherwise_is_left_to_people_with_the_row_to_paste(text: str) -> None:
    with pytest.raises(GenerationFailed, match=r"f:\d+: the field old left .* add to x-krea-retired-fields: - \{ name"):
        inserted(SourceFile("f", text), RETIRED)
