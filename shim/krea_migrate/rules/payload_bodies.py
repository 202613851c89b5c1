"""Where a document holds an address and the body that goes there: beside it, below it, as JSON in a string, as pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from krea_migrate import names, profile
from krea_migrate.holes import HOLE
from krea_migrate.languages import json_text
from krea_migrate.languages.json_text import Member, Value, decoded

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
_FILLED = re.compile(
    r"\{\{(.{0,1000}?)\}\}|\$\{([^}]{0,1000})\}|\{(\w{1,200})\}|%(\w{1,200})%|<(\w{1,200})>", re.DOTALL
)
_CALLED = re.compile(r"^=?\s*\{\{\s*(?:JSON\.stringify\(\s*)?(?=\{)")
_WORD = re.compile(
    r"\s+|(?P<key>\"\w+\"|'\w+'|[A-Za-z_]\w*)(?=\s*:)|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\w+|.",
    re.DOTALL,
)


def address(value: Value) -> tuple[names.Target | None, bool]:
    """Where an object says that something goes, and whether it may be the body itself."""
    for one in value.members:
        text, key = one.value.text, one.name.lower()
        if one.value.is_object and key in ("url", "request"):
            text = next((inner.value.text for inner in one.value.members if inner.name in ("raw", "url")), None)
        if text is None or not (key in _ADDRESSES or key in _MODELS or profile.active().prefix in text):
            continue
        found = target(text, model=key in _MODELS)
        if found is not None and not _only_reads(value):
            return found, key in _MODELS or key in _ADDRESSES
    return None, False


def target(text: str, *, model: bool = False) -> names.Target | None:
    """Where a text leads that may be an address or the full name of a model."""
    text = text.strip().removeprefix("=").strip()
    hints = " ".join(next(filter(None, one.groups()), "") for one in _FILLED.finditer(text))
    plain = _FILLED.sub(HOLE, text)
    if not plain.strip(HOLE + "/") or any(letter.isspace() for letter in plain):
        return None
    if not model:
        found = names.target(plain, hints)
        if found.kind == "operation" or (found.kind == "dynamic" and profile.active().segment in plain):
            return found
    if "/" in plain and profile.active().segment.rstrip("/") not in plain and HOLE not in plain:
        found = names.target(profile.active().prefix + plain.strip("/"))
        if found.kind == "operation":
            return found
    return None


def _only_reads(value: Value) -> bool:
    method = next((one.value.text for one in value.members if one.name.lower() == "method"), None)
    return (method or "").upper() in ("GET", "HEAD", "DELETE", "OPTIONS")


def bodies(value: Value, text: str) -> list[Value]:
    """The bodies that an object with an address holds."""
    if is_form(value):
        return []
    found = [body for one in value.members if one.name.lower() in _BODIES for body in _below(one.value, text)]
    return found + [body for one in value.members if one.name.lower() in _PAIRS for body in _paired(one.value, text)]


def is_form(value: Value) -> bool:
    """A form is no JSON: its names are another matter."""
    kinds = [(one.value.text or "").lower() for one in value.members if one.name.lower() in _KINDS]
    return any("form" in kind or "urlencoded" in kind for kind in kinds)


def _below(value: Value, text: str) -> list[Value]:
    """What stands under a key such as "body": an object, a list of them, a text, or a further level named body or raw."""
    if value.text is not None:
        inner = of_text(value, text)
        return [inner] if inner is not None else []
    if not value.is_object:
        return [one for one in value.items if one.is_object]
    if is_form(value):
        return []
    inside = [one.value for one in value.members if one.name.lower() in _BODIES and _may_hold(one.value)]
    return [found for one in inside for found in _below(one, text)] if inside else [value]


def _may_hold(value: Value) -> bool:
    return value.is_object or bool(value.items) or (value.text or "").lstrip("= \t\r\n").startswith("{")


def of_text(value: Value, text: str) -> Value | None:
    """The object that a string holds as JSON, with the places of its keys in the file; None when it holds none."""
    inside = (value.text or "").lstrip()
    if not inside.startswith(("{", "=")):
        return None
    raw = text[value.start : value.stop]
    quoted = raw.startswith('"')
    plain, places = decoded(raw, value.start) if quoted else (raw, range(value.start, value.stop + 1))
    body = _CALLED.match(plain)
    found = list(_of_expression(plain, body.end())) if body else _of_json(plain)
    if not found:
        return None
    made = Value(value.start, value.stop, is_object=True)
    made.is_code = body is not None
    for name, at in found:
        start = places[at]
        made.members.append(Member(name, start, start + len(name), Value(start, start)))
    return made


def _of_json(text: str) -> list[tuple[str, int]]:
    begin = text.find("{")
    return [(one.name, begin + one.start + 1) for one in json_text.members(text[begin:])] if begin >= 0 else []


def _of_expression(text: str, begin: int) -> Iterator[tuple[str, int]]:
    """The keys of the object that an expression of JavaScript begins with."""
    depth, last = 0, ""
    for found in _WORD.finditer(text, begin):
        token = found[0]
        if token.isspace():
            continue
        if found["key"] and depth == 1 and last in ("{", ","):
            quoted = token[0] in "\"'"
            yield token.strip("\"'"), found.start() + quoted
        depth += {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}.get(token, 0)
        if depth <= 0:
            return
        last = token


def _paired(value: Value, text: str) -> Iterator[Value]:
    """Bodies as pairs: {"parameters": [{"name": key, "value": ...}]}."""
    for one in value.members:
        made = Value(value.start, value.stop, is_object=True)
        for pair in one.value.items:
            named = next((inner.value for inner in pair.members if inner.name == "name"), None)
            if named is not None and named.text and text[named.start + 1 : named.stop - 1] == named.text:
                made.members.append(Member(named.text, named.start, named.stop, named))
        yield made
