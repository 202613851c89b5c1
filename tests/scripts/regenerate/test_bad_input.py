"""Whatever one thing is wrong with a specification, it is said in words and with a place, never with a traceback."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from regenerate import lint
from regenerate.bundle import Bundle, bundle
from regenerate.change_report import report
from regenerate.generator_view import python_view
from regenerate.problems import GenerationFailed
from regenerate.sources import Address, SourceFile
from regenerate.table import table

ABSENT = object()
WRONG = [None, True, 5, "x", [], {}, ["x"], {"a": 1}, ABSENT]


def addresses(value: Any, address: Address = ()) -> Iterator[Address]:
    if address:
        yield address
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from addresses(item, (*address, key))


@pytest.fixture(scope="session")
def places(small_sources: dict[str, SourceFile]) -> list[tuple[str, Address]]:
    return [(name, address) for name, source in small_sources.items() for address in addresses(source.value)]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=some.data())
def test_one_wrong_thing_is_told_with_its_file_and_line_or_does_no_harm(
    small_sources: dict[str, SourceFile], places: list[tuple[str, Address]], bundled: Bundle, data: some.DataObject
) -> None:
    name, address = data.draw(some.sampled_from(places))
    wrong = data.draw(some.sampled_from(WRONG))
    value = deepcopy(small_sources[name].value)
    parent: Any = value
    for step in address[:-1]:
        parent = parent[step]
    if wrong is ABSENT:
        del parent[address[-1]]
    else:
        parent[address[-1]] = wrong
    build, problems = outcome({**small_sources, name: SourceFile(name, json.dumps(value, indent=1))})
    for problem in problems:
        file, line, _ = problem.split(":", 2)
        assert file in small_sources
        assert int(line) > 0
    if build is not None and not problems:
        # A rule of the view may have lost what it was for, which it says itself.
        with contextlib.suppress(GenerationFailed):
            python_view(build.document)
        table(build.document)
        report(bundled.document, build.document)


def outcome(sources: dict[str, SourceFile]) -> tuple[Bundle | None, Sequence[str]]:
    try:
        bundled = bundle(sources)
    except GenerationFailed as failure:
        return None, failure.problems
    return bundled, lint.findings(bundled)
