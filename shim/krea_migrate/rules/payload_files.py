"""KREA108: JSON and YAML files that hold a body: beside the address that it goes to, or loaded by a program that sends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from krea_migrate import names, profile
from krea_migrate.findings import Certainty, Edit, Finding
from krea_migrate.flow import files
from krea_migrate.flow.occurrences import Place
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import NONE
from krea_migrate.languages import json_text, markdown
from krea_migrate.rules import (
    gone_models,
    payload_bodies,
    payload_keys,
    unclaimed_files,
)
from krea_migrate.rules.decisions import Decision
from krea_migrate.rules.survey import Survey
from krea_migrate.source import Source

CODE, TITLE = "KREA108", "JSON and YAML files"
_SHARED = frozenset({"defaults", "default", "common", "shared"})
_VARIED = frozenset({"matrix"})  # variables of a workflow, whatever they are called
_STEP = 1024  # characters
_BLOCKS = frozenset({b"json", b"jsonc", b"json5", b"jsonl", b"ndjson", b"yaml", b"yml"})
_Held = tuple[str, tuple[Record, ...]]
_MERGED = "all items beside it go to {api}; it goes there with them if the program merges them"


def find(documents: Sequence[Source], survey: Survey, problems: dict[str, str]) -> Iterator[Finding]:
    """Rename keys of bodies whose address is known, and shows addresses of models that are gone."""
    senders = unclaimed_files.Senders(survey)
    for source in documents:
        try:
            values = read(source)
        except Unread as error:
            problems[source.path] = str(error)
            continue
        text = source.text.decode("utf-8", "replace")
        claims = list(_held(source.path, survey))
        document = Document(source.path, text)
        reported: dict[int, Finding] = {}
        keys = (item for value in values for item in payload_keys.places(value, source.path, text, survey.reach))
        key_findings = (item for place in keys for item in document.judged(Decision(place)))
        for finding in (*_claimed(document, values, claims), *key_findings):
            before = reported.get(finding.start)
            reported[finding.start] = finding if before is None else _of_both(before, finding)
        yield from reported.values()
        if all(files.steps(path) for path, _ in claims):
            yield from (item for item in document.unclaimed(values, senders) if item.start not in reported)


def _claimed(document: Document, values: list[json_text.Value], claims: list[_Held]) -> Iterator[Finding]:
    """Yield what a program loads, and what stands beside its address unless the whole file is a body."""
    for value in values:
        for path, records in claims:
            for part in _taken(value, files.steps(path)[_has_lines(document.path, path) :]):
                yield from document.body(part, _weakened(records, part) if files.is_open(path) else records)
        if all(files.steps(path) for path, _ in claims):
            yield from document.walk(value)


def _of_both(first_finding: Finding, second_finding: Finding) -> Finding:
    """Return a doubt decides; else the one that knows more."""
    first, second = sorted((first_finding, second_finding), key=lambda finding: finding.certainty.doubt)
    return second if second.certainty is Certainty.UNSURE else first


def _held(path: str, survey: Survey) -> Iterator[_Held]:
    """Yield what programs load of a file, and where they send it."""
    for pattern, records in survey.reach.files.items():
        plain = pattern.split("#")[0]
        if files.is_meant(pattern, path) and (plain == path or plain not in survey.project.files):
            yield pattern, tuple(records)


def _has_lines(path: str, pattern: str) -> bool:
    """Return whether each line of the file is a value, and one of them is taken."""
    return path.endswith((".jsonl", ".ndjson")) and files.steps(pattern)[:1] == (files.ANY,)


def _taken(value: json_text.Value, steps: tuple[str, ...]) -> Iterator[json_text.Value]:
    """Yield the parts of a value that a program takes."""
    if not steps:
        yield value
        return
    parts = [member.value for member in value.members if steps[0] in (files.ANY, member.name)]
    for part in [*parts, *value.items] if steps[0] == files.ANY else parts:
        yield from _taken(part, steps[1:])


def _weakened(records: tuple[Record, ...], body: json_text.Value) -> tuple[Record, ...]:
    """Return of a file that only the run chooses: as certain as before when it has nothing but fields of the operations."""
    operations = [operation for record in records for operation in record.target.operations]
    fields = {name for operation in operations for name in (*operation.fields, *operation.aliases, *operation.retired)}
    if all(member.name in fields for member in body.members):
        return records
    return tuple(record._replace(weak=True) for record in records)


def find_in_blocks(source: Source) -> Iterator[Finding]:
    """Yield the same in the blocks of a Markdown file, where it is an example."""
    for block in markdown.blocks(source.text):
        inside = source.text[block.start : block.end]
        if block.name not in _BLOCKS or b"/" not in inside or markdown.is_answer(source.text, block.fence):
            continue
        try:
            values = _parsed(inside.decode("utf-8", "surrogateescape"), yaml=block.name in (b"yaml", b"yml"))
        except Unread:
            continue  # an example with something left out
        document = Document(source.path, inside.decode("utf-8", "surrogateescape"), block.start)
        for finding in (finding for value in values for finding in document.walk(value)):
            why = f"an example: {finding.reason}"
            yield (
                finding._replace(certainty=Certainty.LIKELY, reason=why)
                if finding.certainty is Certainty.CERTAIN
                else finding
            )


class Unread(ValueError):
    """The file is not what its ending says, or what reads it is not installed."""


def read(source: Source) -> list[json_text.Value]:
    """Return the values of a file.

    Raises:
        Unread: they could not be read.
    """
    text = source.text.decode("utf-8", "surrogateescape")
    return _parsed(text, yaml=source.path.rsplit(".", 1)[-1].lower() in ("yaml", "yml"))


def _parsed(text: str, *, yaml: bool) -> list[json_text.Value]:
    if yaml:
        try:
            from krea_migrate.languages import yaml_text
        except ModuleNotFoundError as missing:
            raise Unread(f"needs {missing.name}; in a checkout of krea-client, run: pip install '.[migrate]'") from None
        try:
            return yaml_text.parse(text)
        except yaml_text.NotYaml as error:
            raise Unread(f"is no YAML: {error}") from None
    try:
        return json_text.parse(text)
    except json_text.NotJson as error:
        raise Unread(f"is no JSON: line {text.count(chr(10), 0, error.at) + 1}") from None


class Document:
    """Looks through the values of one file, or of one block of a Markdown file that begins `shift` bytes into it."""

    def __init__(self, path: str, text: str, shift: int = 0, rule: str = CODE) -> None:
        self.path = path
        self.text = text
        self.shift = shift
        self.rule = rule

    def place(self, at: int) -> int:
        """Return a place of the file, in bytes."""
        if self._is_ascii:
            return self.shift + at
        start = at - at % _STEP
        return self.shift + self._places[at // _STEP] + len(self.text[start:at].encode("utf-8", "surrogateescape"))

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _places(self) -> list[int]:
        """The places of every `_STEP`th character, in bytes."""
        steps = range(0, len(self.text), _STEP)
        widths = (len(self.text[start : start + _STEP].encode("utf-8", "surrogateescape")) for start in steps)
        return [0, *accumulate(widths)]

    def walk(self, value: json_text.Value) -> Iterator[Finding]:
        """Yield every object that names the address of a body."""
        for item in value.items:
            yield from self.walk(item)
        if not value.is_object:
            return
        yield from self._gone(value)
        yield from self._shared(value)
        target, direct = payload_bodies.address(value)
        inner_bodies = payload_bodies.bodies(value, self.text) if target is not None else []
        inner_bodies = inner_bodies or ([value] if direct else [])
        for body in inner_bodies:
            if target is not None:
                yield from self.body(body, (Record(target, NONE, NONE, body is value, True),))
        for member in value.members:
            if member.name not in _VARIED and not any(member.value is body for body in inner_bodies):
                path_target = names.target(member.name) if profile.active().prefix in member.name else None
                if path_target is not None and path_target.kind == "operation" and member.value.is_object:
                    yield from self.body(member.value, (Record(path_target, NONE, NONE, True, True),))
                else:
                    yield from self.walk(member.value)

    def unclaimed(self, values: list[json_text.Value], senders: unclaimed_files.Senders) -> Iterator[Finding]:
        """Yield what may be the names of a body all the same."""
        for at, old, new, reason in unclaimed_files.find(self.path, values, senders):
            start = at.start + (self.text[at.start : at.start + 1] in ("'", '"'))
            if self.text.startswith(old, start):
                yield unclaimed_files.shown(
                    self.path, self.place(start), self.place(start + len(old)), old, new, reason
                )

    def _shared(self, value: json_text.Value) -> Iterator[Finding]:
        """Yield members for all items of a list, where each of the items names its operation."""
        shared = [
            finding.value for finding in value.members if finding.name.lower() in _SHARED and finding.value.is_object
        ]
        listed = [item for finding in value.members for item in finding.value.items if item.is_object] if shared else []
        targets = [payload_bodies.address(item)[0] for item in listed]
        records = tuple(Record(finding, NONE, NONE, True, True) for finding in targets if finding is not None)
        if records and len(records) == len(targets):
            for body in shared:
                for finding in self.body(body, tuple(dict.fromkeys(records))):
                    yield (
                        finding._replace(reason=profile.active().say(_MERGED))
                        if finding.certainty is Certainty.LIKELY
                        else finding
                    )

    def _gone(self, value: json_text.Value) -> Iterator[Finding]:
        for member in value.members:
            text = member.value.text or ""
            model = names.gone_in(text) if profile.active().segment in text and " " not in text.strip() else None
            if model is not None:
                start, end = self.place(member.value.start), self.place(member.value.stop)
                yield Finding(
                    gone_models.CODE, self.path, start, end, text, None, Certainty.UNSURE, gone_models.told(model)
                )

    def body(self, value: json_text.Value, records: tuple[Record, ...]) -> Iterator[Finding]:
        """Yield the keys of a body, or of each in a list."""
        for item in value.items:
            yield from self.body(item, records)
        beside = frozenset(member.name for member in value.members)
        for member in value.members:
            if member.name not in names.table().interesting:
                continue
            letters = self.text[member.start : member.stop]
            quoted = letters[:1] in "\"'"
            at = member.start + 1 if quoted else member.start
            is_verbatim = letters[1:-1] == member.name if quoted else letters == member.name
            start, end = self.place(at), self.place(at) + len(member.name)
            edit = Edit(start, end, "{}") if is_verbatim else None
            place = Place("json text", member.name, self.path, start, end, edit, records, beside=beside)
            yield from self.judged(Decision(place), code=value.is_code)

    def judged(self, decision: Decision, *, code: bool = False) -> Iterator[Finding]:
        """Yield what is said of one name."""
        place, verdict = decision.place, decision.verdict
        if verdict is None:
            return
        if verdict.new is not None:
            rated, why = decision.rating()
            if place.records[0].weak and rated is not Certainty.UNSURE:
                rated, why = Certainty.LIKELY, f"it stands beside the address of {decision.told}"
            if code and rated is Certainty.CERTAIN:
                rated, why = (
                    Certainty.LIKELY,
                    f"a program inside the document writes it, and it goes to {decision.told}",
                )
            edits = (
                (Edit(place.start, place.end, verdict.new),)
                if place.edit is not None and rated is not Certainty.UNSURE
                else ()
            )
            yield Finding(self.rule, place.file, place.start, place.end, place.name, verdict.new, rated, why, edits)
        elif verdict.lost is not None and not decision.dynamic:
            use = verdict.retired.use if verdict.retired is not None and verdict.retired.use else None
            explanation = f"{verdict.lost}; {f'use {use}' if use else 'leave it out'}"
            yield Finding(
                "KREA201", place.file, place.start, place.end, place.name, None, Certainty.UNSURE, explanation
            )
