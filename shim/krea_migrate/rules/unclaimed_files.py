"""KREA303 in JSON and YAML files: bodies that no program was seen to load, and tables of names beside the address of a model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from krea_migrate import names, profile
from krea_migrate.findings import Finding
from krea_migrate.flow.callees import OTHERS
from krea_migrate.languages import document_bodies
from krea_migrate.languages.documents import Document
from krea_migrate.languages.json_text import Member, Value
from krea_migrate.rules.survey import Survey
from krea_migrate.rules.unfollowed import CODE

LOOSE = "it looks like a body, and programs beside it send some to {api}; where one sends this, the name is now {new!r}"
TABLE = (
    "it stands beside the address of a {api} model; where a program takes its keys from here, the name is now {new!r}"
)
OURS = "it stands below a name that speaks of {api}; where a program sends it there, the name is now {new!r}"

_TEXTS = re.compile(r"(?:^|[/._-])(?:locales?|i18n|l10n|langs?|translations|messages)[/._]", re.IGNORECASE)
_OWN = re.compile(r"(?:^|/)(?:package(?:-lock)?|tsconfig[\w.]*|composer)\.json$|schema|openapi|swagger", re.IGNORECASE)
_TAKEN = re.compile(r"response|answer|result|webhook|output|product|article|catalog", re.IGNORECASE)
_SCHEMA = frozenset({"properties", "schema", "schemas", "definitions", "$defs", "components", "paths"})
_ANSWERS = frozenset(
    {"result", "results", "output", "outputs", "response", "responses", "answer", "returns", "ui", "label", "labels"}
    | {"title", "description", "columns", "column", "db", "sql", "expect", "expected", "matrix", "on", "inputs"}
)
_DONE = frozenset(
    {"status", "job_id", "jobid", "created_at", "createdat", "completed_at", "result", "results", "output"}
)
_VENDORS = frozenset({"provider", "vendor", "service", "backend", "api", "engine", "model", "model_id", "modelid"})
_MODELS = frozenset({"model", "model_id", "modelid"})
_LONG = 200  # letters: a longer text names no file
_PLACES = frozenset({"url", "uri", "endpoint", "host", "base", "base_url", "baseurl", "path", "href", "address", "api"})
ASKED = _PLACES | _VENDORS  # names of the texts that are read here


Found = tuple[Value | Member, str, str, str]  # where it stands, the deprecated name, the new one, the reason


class _Around(NamedTuple):
    """What is known of where a value stands: the operations beside it, that its names speak of Krea or of another vendor."""

    target: names.Target | None = None
    ours: bool = False
    theirs: bool = False


class Senders:
    """The programs of a tree that speak of Krea's addresses, and the files that they name.

    Args:
        survey: the programs.
    """

    def __init__(self, survey: Survey) -> None:
        markers = profile.active().domain, profile.active().prefix
        texts_of_modules = [{token.value for token in module.texts} for module in survey.modules]
        modules = [texts for texts in texts_of_modules if any(marker in text for text in texts for marker in markers)]
        self.some = bool(modules)
        self.named = {text.rsplit("/", 1)[-1] for texts in modules for text in texts if len(text) < _LONG}


def find(document: Document, senders: Senders) -> Iterator[Finding]:
    """Show the keys and texts of a document that may be names of a body."""
    path = document.path
    if _TEXTS.search(path) or _OWN.search(path) or OTHERS.search(path.replace("_", "-")):
        return
    name = path.rsplit("/", 1)[-1]
    near = senders.some and _TAKEN.search(name) is None
    looker = _Looker(near=near, is_named=near and name in senders.named, rows=document.whole.names_models)
    for value in document.values:
        for at, old, new, reason in looker.walk(value, _Around()):
            token = document.name(at, old)
            if token.inner >= 0:
                why = profile.active().say(reason, new=new)
                yield Finding.by_hand(CODE, path, token, old, why, new)


class _Looker:
    def __init__(self, *, near: bool, is_named: bool, rows: bool) -> None:
        self.near = near
        self.named = is_named
        self.rows = rows
        self.sought = names.table().old.keys() - names.table().still_current

    def walk(self, value: Value, around: _Around) -> Iterator[Found]:
        """Yield everything in a value."""
        if value.text in self.sought and around.target is not None:
            yield from _told(value, value.text, around.target, TABLE)
        around = _within(value, around, rows=self.rows) if value.is_object else around
        for item in value.items:
            yield from self.walk(item, around)
        if around.theirs or not value.is_object or document_bodies.is_form(value):
            return
        is_ours, body = around.ours and self.near, self.near and _is_body(value)
        for member in value.members:
            if member.name.lower() in _ANSWERS or member.name in _SCHEMA:
                continue
            is_named = self.named and member.name not in profile.active().common_names
            if member.name in self.sought and (around.target is not None or is_ours or body or is_named):
                reason = TABLE if around.target is not None else OURS if is_ours else LOOSE
                yield from _told(member, member.name, around.target, reason)
            if not member.value.is_leaf or member.value.text in self.sought:
                yield from self.walk(member.value, _named(member.name, around))


def _told(at: Value | Member, name: str, target: names.Target | None, reason: str) -> Iterator[Found]:
    news = sorted(names.table().old[name])
    verdict = names.judge(name, target.operations) if target is not None and target.operations else None
    new = verdict.new if verdict is not None else news[0] if len(news) == 1 and target is None else None
    if new is not None:
        yield at, name, new, reason


def _named(key: str, around: _Around) -> _Around:
    """Return what the key of a member says of its value."""
    if "/" in key:
        address = document_bodies.in_full(key)
        return around._replace(target=document_bodies.target(address)) if address is not None else around
    if profile.active().names(key):
        return around._replace(ours=True)
    return around._replace(theirs=True) if OTHERS.fullmatch(key) else around


def _within(value: Value, around: _Around, *, rows: bool) -> _Around:
    """Return what the members of an object say of it."""
    address, _ = document_bodies.address(value)
    target = document_bodies.target(address) if address is not None else None
    if target is not None and target.operations:
        return around._replace(target=target, theirs=False)
    for member in value.members:
        key, text = member.name.lower(), member.value.text or ""
        if key in _PLACES and ("://" in text or text.startswith("/")):
            around = around._replace(ours=True) if profile.active().domain in text else _Around(theirs=True)
        elif key in _VENDORS and profile.active().names(text):
            around = around._replace(ours=True)
        elif key in _VENDORS and text and (OTHERS.search(text) or "/" in text or (rows and key in _MODELS)):
            around = _Around(theirs=True)
    return around


def _is_body(value: Value) -> bool:
    """Return whether an object has a prompt, and is neither an answer nor a list of labels."""
    prompt = value.get("prompt").text
    if prompt is None or prompt.lower() == "prompt" or any(member.name.lower() in _DONE for member in value.members):
        return False
    return any(member.name in names.table().old for member in value.members)
