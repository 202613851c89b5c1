"""KREA108: JSON and YAML files that hold a body: beside the address that it goes to, or loaded by a program that sends it."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from krea_migrate import ir, walk
from krea_migrate.findings import Certainty, Finding
from krea_migrate.flow import files
from krea_migrate.flow.project import Project
from krea_migrate.flow.records import Record
from krea_migrate.languages import documents, markdown
from krea_migrate.languages.documents import Document, DocumentText
from krea_migrate.languages.json_text import Value
from krea_migrate.limits import PRECISION
from krea_migrate.rules import (
    gone_models,
    payload_keys,
    refused_values,
    retired_fields,
    unclaimed_files,
    unknown_addresses,
    unknown_fields,
)
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.repeated_values import RepeatedValues
from krea_migrate.rules.survey import Survey
from krea_migrate.source import Source

CODE, TITLE = "KREA108", "JSON and YAML files"
_BLOCKS = frozenset({b"json", b"jsonc", b"json5", b"jsonl", b"ndjson", b"yaml", b"yml"})
_RULES = (gone_models, unknown_addresses, unknown_fields, refused_values)
_Claim = tuple[str, list[Record], list[Value]]
_Values = tuple[DocumentText, list[Value]]  # those of a text that are looked at


def find(
    sources: Sequence[Source], survey: Survey, problems: dict[str, str], parsed: Mapping[str, list[Value]]
) -> Iterator[Finding]:
    """Rename keys of bodies whose address is known, and show what their operations refuse; `parsed` has the values of some files."""
    senders = unclaimed_files.Senders(survey)
    repeated: dict[str, RepeatedValues] = {}
    for parts in _together(_documents(sources, problems, parsed, repeated)):
        by_file: dict[str, list[Finding]] = defaultdict(list)
        for finding in _in_parts(parts, survey, senders):
            by_file[finding.file].append(finding)
        for path, of_file in by_file.items():
            yield from repeated[path].of_all(of_file)
        for path in repeated.keys() - {parts[-1].path}:
            del repeated[path]
        parts.clear()
        gc.collect(0)  # their trees, of which nothing else needs anything


def _in_parts(parts: list[Document], survey: Survey, senders: unclaimed_files.Senders) -> Iterator[Finding]:
    claims = [list(_claims(part, survey)) for part in parts]
    claimed_parts = list(zip(parts, claims, strict=True))
    unclaimed = [part for part, of_part in claimed_parts if all(files.steps(pattern) for pattern, _, _ in of_part)]
    for part in unclaimed:
        part.follow()  # the whole of it is no body
    document_survey = _followed(parts)
    for part, of_part in claimed_parts:
        for claim in of_part:
            _give(part, claim, document_survey)
    keys = [Decision(place) for part in parts for place in payload_keys.places(part, survey.reach)]
    reported: set[tuple[str, int]] = set()
    for finding in _findings(document_survey, keys):
        reported.add((finding.file, finding.start))
        yield finding
    for part in unclaimed:
        loose = unclaimed_files.find(part, senders)
        yield from (finding for finding in loose if (finding.file, finding.start) not in reported)


def _documents(
    sources: Sequence[Source],
    problems: dict[str, str],
    parsed: Mapping[str, list[Value]],
    repeated: dict[str, RepeatedValues],
) -> Iterator[_Values]:
    for source in sources:
        text = source.letters
        try:
            values = parsed.get(source.path) or documents.parse(text, yaml=walk.language_of(source.path) == "yaml")
        except documents.Unread as error:
            problems[source.path] = str(error)
        else:
            document_text = DocumentText(source.path, source.text, text, values)
            repeated[source.path] = RepeatedValues(document_text)
            yield document_text, repeated[source.path].values


def _together(texts: Iterable[_Values]) -> Iterator[list[Document]]:
    """Yield parts of documents that are followed together."""
    parts: list[Document] = []
    sum_of_sizes = 0
    for text, values in texts:
        for size, part in text.parts(values):
            parts.append(part)
            sum_of_sizes += size
            if sum_of_sizes > PRECISION.together:
                yield parts
                parts, sum_of_sizes = [], 0
    if parts:
        yield parts


def find_in_blocks(source: Source) -> Iterator[Finding]:
    """Yield the same in the blocks of a Markdown file, where it is an example."""
    for parts in _together(_blocks(source)):
        for part in parts:
            part.follow()
        for finding in _findings(_followed(parts), []):
            yield finding.at_most(Certainty.LIKELY, f"an example: {finding.reason}")
        parts.clear()
        gc.collect(0)


def _blocks(source: Source) -> Iterator[_Values]:
    for block in markdown.blocks(source.text):
        inside = source.text[block.start : block.end]
        if block.name not in _BLOCKS or b"/" not in inside or markdown.is_answer(source.text, block.fence):
            continue
        text = inside.decode("utf-8", "surrogateescape")
        with suppress(documents.Unread):  # an example with something left out
            values = documents.parse(text, yaml=block.name in (b"yaml", b"yml"))
            yield DocumentText(source.path, source.text, text, values, block.start), values


def _followed(read: list[Document]) -> Survey:
    """Return the requests that documents spell out, followed as those of programs are."""
    project = Project()
    for document in read:
        project.add(document.module)
    return Survey(project)


def _findings(document_survey: Survey, keys: list[Decision]) -> Iterator[Finding]:
    """Yield what the rules say of documents."""
    for decision in (*document_survey.decisions, *keys):
        if decision.new is not None:
            finding = document_survey.renamed(CODE, decision)
            if finding.certainty is Certainty.LIKELY and any(record.weak for record in decision.ours):
                finding = finding._replace(reason=f"it stands beside the address of {decision.told}")
            yield finding
        yield from retired_fields.of_decision(decision)
    for rule in _RULES:
        yield from rule.find(document_survey)


def _claims(document: Document, survey: Survey) -> Iterator[_Claim]:
    """Yield what programs load of a file, and where they send it."""
    for pattern, records in survey.reach.files.items():
        plain, steps = pattern.split("#")[0], files.steps(pattern)
        if files.is_meant(pattern, document.path) and (plain == document.path or plain not in survey.project.files):
            is_listed = document.path.endswith((".jsonl", ".ndjson")) and steps[:1] == (files.ANY,)
            values = list(documents.taken(document.values, steps[is_listed:], files.ANY))
            document.loaded.update(values)
            yield pattern, records, values


def _give(document: Document, claim: _Claim, document_survey: Survey) -> None:
    """Note where programs send what they load of a document."""
    pattern, records, values = claim
    literals = [literal for value in values for literal in document.literals(value)]
    for literal in literals:  # it grows
        literals += [entry.value for entry in literal.entries if isinstance(entry.value, ir.Dict)]
        loaded = _weakened(records, literal) if files.is_open(pattern) else records
        noted = document_survey.reach.records["dict", literal]
        stated = [record for record in noted if not record.weak]
        # An address beside it says more than a program that leaves it to the run, and less than one that names it.
        noted[:] = dict.fromkeys((*stated, *(record for record in loaded if not (stated and _is_left_open(record)))))


def _is_left_open(record: Record) -> bool:
    return record.target.kind == "dynamic" or (record.target.kind == "unknown" and record.aware)


def _weakened(records: list[Record], body: ir.Dict) -> list[Record]:
    """Return of a file that only the run chooses: as certain as before when it has nothing but fields of the operations."""
    operations = [operation for record in records for operation in record.target.operations]
    fields = {name for operation in operations for name in (*operation.fields, *operation.aliases, *operation.retired)}
    if all(isinstance(entry.key, ir.Str) and entry.key.value in fields for entry in body.entries):
        return records
    return [record._replace(weak=True) for record in records]
