"""Where a document holds an address and the body that goes there: beside it, below it, as JSON in a string, as pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from krea_migrate import names, profile
from krea_migrate.holes import HOLE
from krea_migrate.languages import json_text
from krea_migrate.languages.json_text import Member, Value, decoded
from krea_migrate.profile import for_each_api

_BODIES = frozenset(
    {"body", "payload", "data", "json", "input", "params", "parameters", "arguments", "request", "raw", "text"}
    | {"requestbody", "request_body", "args", "value", "example", "settings", "options", "defaults", "fields"}
    | {"jsonbody", "json_body", "bodyparametersjson", "postdata", "post_data", "content", "inputs", "rawbody"}
)
_PAIRS = frozenset({"bodyparameters", "bodyparametersui"})
_ADDRESSES = frozenset(
    {"url", "uri", "endpoint", "path", "address", "href", "target", "api_url", "apiurl", "operation", "route"}
    | {"apiendpoint", "requesturl", "request_url"}
)
_MODELS = frozenset({"model", "model_id", "modelid"})
_KINDS = frozenset({"mode", "type", "contenttype", "mimetype", "content_type", "bodycontenttype"})
ASKED = _ADDRESSES | _MODELS | _KINDS | {"method", "name", "raw", "request"}  # names of the texts that are read here
_FILLED = re.compile(
    r"\{\{(.{0,1000}?)\}\}|\$\{([^}]{0,1000})\}|\{(\w{1,200})\}|%(\w{1,200})%|<(\w{1,200})>", re.DOTALL
)
_CALLED = re.compile(r"^=?\s*\{\{\s*(?:JSON\.stringify\(\s*)?(?=\{)")
_WORD = re.compile(
    r"\s+|(?P<key>\"\w+\"|'\w+'|[A-Za-z_]\w*)(?=\s*:)|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\w+|.",
    re.DOTALL,
)


def address(value: Value) -> tuple[str | None, bool]:
    """Return where an object says that something goes, and whether it may be the body itself."""
    for member in value.members:
        text, key = member.value.text, member.name.lower()
        if member.value.is_object and key in ("url", "request"):
            text = next((inner.value.text for inner in member.value.members if inner.name in ("raw", "url")), None)
        if text is None or not (key in _ADDRESSES or key in _MODELS or profile.active().prefix in text):
            continue
        location = in_full(text, model=key in _MODELS)
        if location is not None and not _only_reads(value):
            return location, key in _MODELS or key in _ADDRESSES
    return None, False


def in_full(text: str, *, model: bool = False) -> str | None:
    """Return the address that a text is, or that belongs to the full name of a model; None where it leads to no operation."""
    return _in_full(text.strip().removeprefix("=").strip(), model=model)


@for_each_api
def _in_full(text: str, *, model: bool) -> str | None:
    plain = _FILLED.sub(HOLE, text)
    if not plain.strip(HOLE + "/") or any(letter.isspace() for letter in plain):
        return None
    segment = profile.active().segment
    if not model:
        kind = target(text).kind
        if kind in ("operation", "gone") or (kind == "dynamic" and segment in plain):
            return text
    if "/" in plain and segment.rstrip("/") not in plain and HOLE not in plain:
        path = profile.active().prefix + plain.strip("/")
        return path if names.target(path).kind in ("operation", "gone") else None
    return None


@for_each_api
def target(text: str) -> names.Target:
    """Return where an address leads."""
    read = list(pieces(text))
    hints = " ".join(hole for _, hole in read if hole)
    return names.target("".join(piece + (HOLE if hole is not None else "") for piece, hole in read), hints)


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of an address, each with the name of what the run fills in behind it."""
    at = 0
    for filled in _FILLED.finditer(text):
        yield text[at : filled.start()], next(filter(None, filled.groups()), "")
        at = filled.end()
    yield text[at:], None


def _only_reads(value: Value) -> bool:
    method = next((member.value.text for member in value.members if member.name.lower() == "method"), None)
    return (method or "").upper() in ("GET", "HEAD", "DELETE", "OPTIONS")


def bodies(value: Value, text: str) -> list[Value]:
    """Return the bodies that an object with an address holds."""
    if is_form(value):
        return []
    rows = [(member.name.lower(), member.value) for member in value.members]
    inner_bodies = (_below(inner, text) for key, inner in rows if key.removesuffix(".json") in _BODIES)
    pairs = (_paired(inner, text) for key, inner in rows if key in _PAIRS)
    return [*chain.from_iterable(inner_bodies), *chain.from_iterable(pairs)]


def is_form(value: Value) -> bool:
    """Return whether a body is a form, whose names are another matter than those of JSON."""
    for member in value.members:
        if member.value.text and member.name.lower() in _KINDS:
            kind = member.value.text.lower()
            if "form" in kind or "urlencoded" in kind:
                return True
    return False


def _below(value: Value, text: str) -> list[Value]:
    """Return what stands under a key such as "body": an object, a list of them, a text, or a further level named body or raw."""
    if value.text is not None:
        inner = of_text(value, text)
        return [inner] if inner is not None else []
    if not value.is_object:
        return [inner_value for inner_value in value.items if inner_value.is_object]
    if is_form(value):
        return []
    rows = [(member.name.lower(), member.value) for member in value.members]
    inside = [inner for key, inner in rows if key in _BODIES and _may_hold(inner)]
    return [body for inner in inside for body in _below(inner, text)] if inside else [value]


def _may_hold(value: Value) -> bool:
    return value.is_object or bool(value.items) or (value.text or "").lstrip("= \t\r\n").startswith("{")


def of_text(value: Value, text: str) -> Value | None:
    """Return the object that a string holds as JSON, with the places of its keys in the file; None when it holds none."""
    inside = (value.text or "").lstrip()
    if not inside.startswith(("{", "=")):
        return None
    raw = text[value.start : value.stop]
    quoted = raw.startswith('"')
    plain, places = decoded(raw, value.start) if quoted else (raw, range(value.start, value.stop + 1))
    body = _CALLED.match(plain)
    members = list(_of_expression(plain, body.end())) if body else _of_json(plain)
    if not members:
        return None
    inner = Value(value.start, value.stop, is_object=True)
    inner.is_code = body is not None
    for name, at in members:
        start = places[at]
        inner.members.append(Member(name, start, start + len(name), Value(start, start)))
    return inner


def _of_json(text: str) -> list[tuple[str, int]]:
    begin = text.find("{")
    return [(member.name, begin + member.start + 1) for member in json_text.members(text[begin:])] if begin >= 0 else []


def _of_expression(text: str, begin: int) -> Iterator[tuple[str, int]]:
    """Yield the keys of the object that an expression of JavaScript begins with."""
    depth, last = 0, ""
    for word in _WORD.finditer(text, begin):
        token = word[0]
        if token.isspace():
            continue
        if word["key"] and depth == 1 and last in ("{", ","):
            quoted = token[0] in "\"'"
            yield token.strip("\"'"), word.start() + quoted
        depth += {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}.get(token, 0)
        if depth <= 0:
            return
        last = token


def _paired(value: Value, text: str) -> Iterator[Value]:
    """Yield bodies as pairs: {"parameters": [{"name": key, "value": ...}]}."""
    for member in value.members:
        body = Value(value.start, value.stop, is_object=True)
        for pair in member.value.items:
            inside = {inner.name: inner.value for inner in pair.members}
            name = inside.get("name")
            if name is not None and name.text and text[name.start + 1 : name.stop - 1] == name.text:
                body.members.append(Member(name.text, name.start, name.stop, inside.get("value", Value(0))))
        yield body
