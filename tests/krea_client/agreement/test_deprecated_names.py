"""Every row of every alias table: a living target gets the value under its new name, a lost one is told as what it is."""

import json
from typing import Any

import pytest

from krea_client import Krea, KreaDeprecationWarning, KreaSunsetWarning
from krea_client._request.alias_translation import translate
from krea_client._spec.catalogue import Alias, Operation, catalogue
from krea_client.errors import RequestInvalid
from krea_client.sandbox import Request, Sandbox

from .bodies import GENERATIONS, full_body

ROWS = [(operation, alias) for operation in GENERATIONS for alias in operation.aliases.values()]
ALIVE = [(operation, alias) for operation, alias in ROWS if alias.new in operation.fields]
RETIRED_ALIASES = [(operation, alias) for operation, alias in ROWS if alias.new not in operation.fields]
HEADERS = {"authorization": "Bearer sandbox"}


def rows(selected: list[tuple[Operation, Alias]]) -> Any:
    parameters = [pytest.param(operation, alias, id=f"{operation.model}-{alias.old}") for operation, alias in selected]
    return pytest.mark.parametrize(("operation", "alias"), parameters)


def old_and_new_body(operation: Operation, alias: Alias) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a body with every field, and the same with one of them under its deprecated name."""
    new = next(body for pick in range(2) if alias.new in (body := full_body(operation, pick)))
    return new, {(alias.old if name == alias.new else name): value for name, value in new.items()}


def test_there_are_rows_of_both_sorts_and_each_has_a_target() -> None:
    assert ALIVE
    assert RETIRED_ALIASES
    assert all(alias.old != alias.new for _, alias in ROWS)


@rows(ALIVE)
def test_the_translated_body_is_the_one_written_with_new_names(operation: Operation, alias: Alias) -> None:
    new, old = old_and_new_body(operation, alias)
    translated, renames = translate(operation, old)
    assert list(translated.items()) == list(new.items())
    assert [(entry.old, entry.new, entry.date, entry.operation) for entry in renames] == [(*alias, operation.model)]


@rows(ALIVE)
# another warning than the one looked at
@pytest.mark.filterwarnings("ignore:.*is deprecated:krea_client.KreaDeprecationWarning")
def test_the_client_warns_and_sends_the_new_name(operation: Operation, alias: Alias) -> None:
    new, old = old_and_new_body(operation, alias)
    box = Sandbox(time_scale=0, date="2026-11-20")
    with (
        Krea("sandbox", transport=box.transport(), clock=box.clock) as krea,
        pytest.warns(KreaSunsetWarning) as messages,
    ):
        krea.submit(operation.path, old)
    [warning] = [entry.message for entry in messages if isinstance(entry.message, KreaSunsetWarning)]
    assert (warning.operation, warning.old, warning.new, warning.date) == (operation.model, *alias)
    assert [json.loads(request.body) for request in box.requests] == [new]


@rows(ALIVE)
def test_the_sandbox_takes_the_old_name_until_its_day_and_not_on_it(operation: Operation, alias: Alias) -> None:
    _, old = old_and_new_body(operation, alias)
    answers = {}
    for date in ("2026-06-18T23:59:59Z", alias.sunset.isoformat()):
        box = Sandbox(time_scale=0, date=date)
        answers[date] = box.answer(Request("POST", operation.path, "", HEADERS, json.dumps(old).encode()))
    before, after = answers.values()
    assert before.status == 200
    assert after.status == 422
    assert alias.old in {detail["field"] for detail in json.loads(after.body)["details"]}


@rows(RETIRED_ALIASES)
def test_an_old_name_without_a_target_is_told_as_gone(operation: Operation, alias: Alias) -> None:
    box = Sandbox(time_scale=0, date="2026-11-20")
    body = {**operation.details["examples"][0], alias.old: "anything"}
    with Krea("sandbox", transport=box.transport(), clock=box.clock) as krea, pytest.raises(RequestInvalid) as refused:
        krea.submit(operation.path, body)
    [problem] = refused.value.problems
    assert problem.path == alias.old
    assert f"is a deprecated name of {alias.new!r}, which the model no longer has" in problem.rule
    retired = operation.retired[alias.new]
    assert problem.remedy == (f"use {retired.use}" if retired.use else "leave it out")
    assert retired.gone_by is None or retired.gone_by in problem.rule
    assert box.requests == []


@pytest.mark.parametrize(
    ("operation", "name"),
    [pytest.param(entry, name, id=f"{entry.model}-{name}") for entry in GENERATIONS for name in entry.retired],
)
def test_a_retired_field_is_told_as_such(operation: Operation, name: str) -> None:
    box = Sandbox(time_scale=0, date="2026-11-20")
    with Krea("sandbox", transport=box.transport(), clock=box.clock) as krea, pytest.raises(RequestInvalid) as refused:
        krea.submit(operation.path, {**operation.details["examples"][0], name: "anything"})
    [problem] = refused.value.problems
    assert problem.path == name
    assert (
        "is no longer a field of this model" in problem.rule
        or "is a deprecated name that no model takes" in problem.rule
    )
    use = operation.retired[name].use
    assert problem.remedy == (f"use {use}" if use else "leave it out")
    assert box.requests == []


def test_the_catalogue_has_no_row_beyond_those_of_generations() -> None:
    remaining_names = set(catalogue().index["operations"]) - {operation.id for operation in GENERATIONS}
    assert [name for name in remaining_names if catalogue().operation(name).aliases] == []
    assert issubclass(KreaSunsetWarning, KreaDeprecationWarning)
