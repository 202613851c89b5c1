"""KREA108: JSON and YAML files that hold a body: beside the address that it goes to, or loaded by a program that sends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from krea_client.migrate import names
from krea_client.migrate.findings import Edit, Finding
from krea_client.migrate.flow.places import Place
from krea_client.migrate.flow.reach import Record
from krea_client.migrate.flow.values import NONE
from krea_client.migrate.languages import json_text
from krea_client.migrate.rules import gone_models
from krea_client.migrate.rules.survey import Decision, Survey
from krea_client.migrate.source import Source

CODE, TITLE = "KREA108", "JSON and YAML files"
_BODIES = frozenset(
    {"body", "payload", "data", "json", "input", "params", "parameters", "arguments", "request", "raw"}
    | {"requestbody", "request_body", "args", "value", "example", "settings", "options", "defaults", "fields"}
)
_ADDRESSES = frozenset(
    {"url", "uri", "endpoint", "path", "address", "href", "target", "api_url", "apiurl", "operation", "route"}
)
_MODELS = frozenset({"model", "model_id", "modelid"})


def find(documents: Sequence[Source], survey: Survey, problems: dict[str, str]) -> Iterator[Finding]:
    """Renames keys of bodies whose address is known, and shows addresses of models that are gone."""
    for source in documents:
        try:
            values = read(source)
        except Unread as error:
            problems[source.path] = str(error)
            continue
        text = source.text.decode("utf-8", "replace")
        held = [
            records
            for path, records in survey.reach.files.items()
            if _same(path, source.path) and (path == source.path or path not in survey.project.files)
        ]
        document = Document(source.path, text)
        for value in values:
            for records in held:
                yield from document.body(value, tuple(records))
            if not held:
                yield from document.walk(value)


class Unread(ValueError):
    """The file is not what its ending says, or what reads it is not installed."""


def read(source: Source) -> list[json_text.Value]:
    """The values of a file.

    Raises:
        Unread: they could not be read.
    """
    text = source.text.decode("utf-8", "surrogateescape")
    if source.path.rsplit(".", 1)[-1].lower() in ("yaml", "yml"):
        try:
            from krea_client.migrate.languages import yaml_text
        except ModuleNotFoundError as missing:
            raise Unread(f"needs {missing.name}: pip install 'krea-client[migrate]'") from None
        try:
            return yaml_text.parse(text)
        except yaml_text.NotYaml as error:
            raise Unread(f"is no YAML: {error}") from None
    try:
        return json_text.parse(text)
    except json_text.NotJson as error:
        raise Unread(f"is no JSON: line {text.count(chr(10), 0, error.at) + 1}") from None


def _same(asked: str, path: str) -> bool:
    plain = asked.removeprefix("./").lstrip("/")
    while plain.startswith("../"):
        plain = plain[3:]
    return bool(plain) and (path == plain or path.endswith("/" + plain))


class Document:
    """Looks through the values of one file, or of one block of a Markdown file that begins `shift` bytes into it."""

    def __init__(self, path: str, text: str, shift: int = 0, rule: str = CODE) -> None:
        self.path = path
        self.text = text
        self.shift = shift
        self.rule = rule

    def place(self, at: int) -> int:
        """A place of the file, in bytes."""
        return self.shift + len(self.text[:at].encode("utf-8", "surrogateescape"))

    def walk(self, value: json_text.Value) -> Iterator[Finding]:
        """Every object that names the address of a body."""
        for item in value.items:
            yield from self.walk(item)
        if not value.is_object:
            return
        yield from self._gone(value)
        target, direct = _address(value)
        bodies: list[json_text.Value] = []
        if target is not None:
            bodies = [found for one in value.members if one.name.lower() in _BODIES for found in _objects(one.value)]
            bodies = bodies or ([value] if direct else [])
        for body in bodies:
            if target is not None:
                yield from self.body(body, (Record(target, NONE, NONE, body is value, True),))
        for one in value.members:
            if one.value not in bodies:
                known = names.target(one.name) if "/generate/" in one.name else None
                if known is not None and known.kind == "operation" and one.value.is_object:
                    yield from self.body(one.value, (Record(known, NONE, NONE, True, True),))
                else:
                    yield from self.walk(one.value)

    def _gone(self, value: json_text.Value) -> Iterator[Finding]:
        for one in value.members:
            text = one.value.text or ""
            gone = names.gone_in(text) if "generate/" in text and " " not in text.strip() else None
            if gone is not None:
                start, end = self.place(one.value.start), self.place(one.value.stop)
                yield Finding(gone_models.CODE, self.path, start, end, text, None, "unsure", gone_models.told(gone))

    def body(self, value: json_text.Value, records: tuple[Record, ...]) -> Iterator[Finding]:
        """The keys of a body."""
        if value.text is not None and value.text.lstrip().startswith("{"):
            return  # JSON inside a string of JSON: _objects() reads it where the letters are the same
        beside = frozenset(one.name for one in value.members)
        for one in value.members:
            if one.name not in names.table().interesting:
                continue
            letters = self.text[one.start : one.stop]
            quoted = letters[:1] in "\"'"
            at = one.start + 1 if quoted else one.start
            same = letters[1:-1] == one.name if quoted else letters == one.name
            start, end = self.place(at), self.place(at) + len(one.name)
            edit = Edit(start, end, "{}") if same else None
            place = Place("json text", one.name, self.path, start, end, edit, records, beside=beside)
            yield from self._judged(Decision(place))

    def _judged(self, one: Decision) -> Iterator[Finding]:
        place, verdict = one.place, one.verdict
        if verdict is None:
            return
        if verdict.new is not None:
            rated, why = one.rating()
            if place.records[0].weak and rated != "unsure":
                rated, why = "likely", f"it stands beside the address of {one.told}"
            edits = (Edit(place.start, place.end, verdict.new),) if place.edit is not None and rated != "unsure" else ()
            yield Finding(self.rule, place.file, place.start, place.end, place.name, verdict.new, rated, why, edits)
        elif verdict.lost is not None and not one.dynamic:
            use = verdict.retired.use if verdict.retired is not None and verdict.retired.use else None
            told = f"{verdict.lost}; {f'use {use}' if use else 'leave it out'}"
            yield Finding("KREA201", place.file, place.start, place.end, place.name, None, "unsure", told)


def _objects(value: json_text.Value) -> list[json_text.Value]:
    """The bodies that stand under a key such as "body": an object, a list of them, or a further level named body or raw."""
    if value.is_object:
        inner = [
            one.value
            for one in value.members
            if one.name.lower() in _BODIES and (one.value.is_object or one.value.items)
        ]
        return [found for one in inner for found in _objects(one)] if inner else [value]
    return [one for one in value.items if one.is_object]


def _address(value: json_text.Value) -> tuple[names.Target | None, bool]:
    """Where an object says that something goes, and whether it may be the body itself."""
    for one in value.members:
        text, key = one.value.text, one.name.lower()
        if one.value.is_object and key in ("url", "request"):
            text = next((inner.value.text for inner in one.value.members if inner.name in ("raw", "url")), None)
        if not text or any(letter.isspace() for letter in text.strip()):
            continue
        if key in _ADDRESSES or "/generate/" in text:
            found = names.target(text)
            if found.kind == "operation":
                return found, key in _MODELS or key in _ADDRESSES
        elif key in _MODELS and "/" in text:
            found = names.target("/generate/" + text.strip("/"))
            if found.kind == "operation":
                return found, True
    return None, False
