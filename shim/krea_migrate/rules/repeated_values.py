"""Values of one file that the rules cannot tell apart, such as the lines of a batch: one of them is analysed for all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from krea_client.codemod_profile import problems
from krea_migrate import names, profile
from krea_migrate.findings import Finding
from krea_migrate.languages import document_bodies
from krea_migrate.languages.documents import DocumentText
from krea_migrate.languages.json_text import Value
from krea_migrate.rules import refused_values, unclaimed_files

_SPEAKS = re.compile(r"[/{}$<>%=\\]|^\s*$|^prompt$", re.IGNORECASE)  # an address, a program, what the run fills in


_BOUNDS = (0, 10**9 - 1)
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")  # between the bounds


class _ReadNames(NamedTuple):
    """What rules ask of texts and numbers, by the names of these.

    Attributes:
        places: names in lower case of texts that say where something goes.
        fields: those whose values are judged.
        numbers: those of them that may be any number between the bounds, whatever the operation.
    """

    places: frozenset[str]
    fields: frozenset[str]
    numbers: frozenset[str]


class RepeatedValues:
    """The values of a file, by what the rules see of them.

    Attributes:
        values: the first of each kind.
    """

    def __init__(self, document_text: DocumentText) -> None:
        self._place = document_text.place
        self._alike: dict[tuple[str, ...], list[Value]] = defaultdict(list)
        for value in document_text.values:
            shape = tuple(_shape(value, "", document_text.text)) if len(document_text.values) > 1 else ()
            self._alike[shape].append(value)
        self.values = [group[0] for group in self._alike.values()]
        self._groups = {group[0].start: group for group in self._alike.values()}

    def of_all(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield what was found in the first values of each kind, and the same in the others."""
        starts = [self._place(value.start) for value in self.values]
        by_value: dict[int, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_value[bisect_right(starts, finding.start) - 1].append(finding)
            yield finding
        for number, of_value in by_value.items():
            first, *copies = self._groups[self.values[number].start]
            there = list(map(self._place, _parts(first))) if copies else []
            for value in copies:
                here = list(map(self._place, _parts(value)))
                yield from (_moved(finding, there, here) for finding in of_value)


def _shape(value: Value, name: str, text: str) -> Iterator[str]:
    """Yield what the rules see of a value: everything but texts and numbers that none of them asks for."""
    if value.is_leaf:
        letters = text[value.start : value.stop]
        yield letters if letters[:1] in ("{", "[") or not _is_free(letters, value.text, name) else ""
        return
    yield "{" if value.is_object else "["
    for member in value.members:
        yield text[member.start : member.stop]
        yield from _shape(member.value, member.name, text)
    for item in value.items:
        yield from _shape(item, name, text)
    yield "}"


def _is_free(letters: str, text: str | None, name: str) -> bool:
    read = read_names()
    if text is None or name in read.numbers:
        return name not in read.fields or (name in read.numbers and _NUMBER.fullmatch(letters) is not None)
    return not (
        name in read.fields or name.lower() in read.places or text in names.table().interesting or _SPEAKS.search(text)
    )


@profile.for_each_api
def read_names() -> _ReadNames:
    """Return what rules ask of texts and numbers."""
    table = names.table()
    fields, refused = set(table.interesting), set[str]()
    for operation in table.by_path.values():
        fields |= set(operation.fields) - refused_values.free_texts(operation)
        judged = ((name, {name: bound}) for bound in _BOUNDS for name in operation.fields)
        refused |= {name for name, values in judged if problems(operation.without_required_fields, values)}
    numbers = frozenset(fields - refused - table.interesting)
    return _ReadNames(document_bodies.ASKED | unclaimed_files.ASKED, frozenset(fields), numbers)


def _parts(value: Value) -> Iterator[int]:
    """Yield where the parts of a value begin."""
    yield value.start
    for member in value.members:
        yield member.start
        yield from _parts(member.value)
    for item in value.items:
        yield from _parts(item)


def _moved(finding: Finding, there: list[int], here: list[int]) -> Finding:
    """Return a finding in another value, given where the parts of both begin."""
    part = bisect_right(there, finding.start) - 1
    by = here[part] - there[part]
    edits = tuple(edit._replace(start=edit.start + by, end=edit.end + by) for edit in finding.edits)
    return finding._replace(start=finding.start + by, end=finding.end + by, edits=edits)
