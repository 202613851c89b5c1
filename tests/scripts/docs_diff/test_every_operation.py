"""Every operation of the specification, printed as a page, is read as what it was printed from."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docs_diff.ours import Ours
from krea_client.cli.document_diff.operation_facts import Statement

SPEC = Ours(Path(__file__).resolve().parents[3] / "spec")
Found = Callable[..., list[tuple[str, str, str]]]


@pytest.mark.parametrize("told", SPEC.statements, ids=lambda told: told.name)
def test_a_page_of_it_is_the_same(told: Statement, as_page: Callable[[Statement], str], found: Found) -> None:
    assert found(as_page(told), SPEC) == []


def fields(told: Statement) -> list[str]:
    return [path for path in told.body or {} if path and not set(path) & set(".[<")]


@pytest.mark.parametrize("told", [*filter(fields, SPEC.statements)], ids=lambda told: told.name)
def test_the_first_field_that_is_missing_is_told(
    told: Statement, as_page: Callable[[Statement], str], found: Found
) -> None:
    first = fields(told)[0]
    less = {path: node for path, node in (told.body or {}).items() if re.split(r"[.\[<]", path)[0] != first}
    page = as_page(replace(told, body=less))
    assert ("field_gone", first, "absent") in found(page, SPEC)
