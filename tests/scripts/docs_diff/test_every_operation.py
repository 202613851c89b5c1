"""Every operation of the specification, printed as a page, is read as what it was printed from."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docs_diff.ours import Ours
from krea_client.cli.document_diff.operation_facts import Statement

SPEC = Ours(Path(__file__).resolve().parents[3] / "spec")
DifferencesOf = Callable[..., list[tuple[str, str, str]]]


@pytest.mark.parametrize("statement", SPEC.statements, ids=lambda statement: statement.name)
def test_a_page_of_it_is_the_same(
    statement: Statement, as_page: Callable[[Statement], str], differences_of: DifferencesOf
) -> None:
    assert differences_of(as_page(statement), SPEC) == []


def fields(statement: Statement) -> list[str]:
    return [path for path in statement.body or {} if path and not set(path) & set(".[<")]


@pytest.mark.parametrize("statement", [*filter(fields, SPEC.statements)], ids=lambda statement: statement.name)
def test_the_first_field_that_is_missing_is_told(
    statement: Statement, as_page: Callable[[Statement], str], differences_of: DifferencesOf
) -> None:
    first = fields(statement)[0]
    less = {path: node for path, node in (statement.body or {}).items() if re.split(r"[.\[<]", path)[0] != first}
    page = as_page(replace(statement, body=less))
    assert ("field_gone", first, "absent") in differences_of(page, SPEC)
