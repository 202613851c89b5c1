"""Whatever one thing is wrong with a specification, it is said in words and with a place, never with a traceback."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from generation import lint
from generation.bundle import Bundle, bundle
from generation.problems import GenerationFailed
from generation.report import report
from generation.sources import Address, Source, read_folder
from generation.table import table
from generation.view import python_view

SOURCES = read_folder(Path(__file__).resolve().parents[2] / "spec")
DOCUMENT = bundle(SOURCES).document
GONE = object()
WRONG = [None, True, 5, "x", [], {}, ["x"], {"a": 1}, GONE]


def addresses(value: Any, address: Address = ()) -> Iterator[Address]:
    if address:
        yield address
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from addresses(item, (*address, key))


PLACES = [(name, address) for name, source in SOURCES.items() for address in addresses(source.value)]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(some.sampled_from(PLACES), some.sampled_from(WRONG))
def test_one_wrong_thing_is_told_with_its_file_and_line_or_does_no_harm(place: tuple[str, Address], wrong: Any) -> None:
    name, address = place
    value = deepcopy(SOURCES[name].value)
    parent: Any = value
    for step in address[:-1]:
        parent = parent[step]
    if wrong is GONE:
        del parent[address[-1]]
    else:
        parent[address[-1]] = wrong
    bundled, problems = outcome({**SOURCES, name: Source(name, json.dumps(value, indent=1))})
    for problem in problems:
        file, line, _ = problem.split(":", 2)
        assert file in SOURCES
        assert int(line) > 0
    if bundled is not None and not problems:
        # A rule of the view may have lost what it was for, which it says itself.
        with contextlib.suppress(GenerationFailed):
            python_view(bundled.document)
        table(bundled.document)
        report(DOCUMENT, bundled.document)


def outcome(sources: dict[str, Source]) -> tuple[Bundle | None, Sequence[str]]:
    try:
        bundled = bundle(sources)
    except GenerationFailed as failure:
        return None, failure.problems
    return bundled, lint.findings(bundled)
