"""Validation of request bodies by the OpenAPI document alone, with the jsonschema library.

The client validates with another library and another table: two independent readings of one document, which tests compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from krea_client.sandbox import pricing
from krea_client.sandbox.api_document import ApiDocument, ApiOperation, resolve
from krea_client.sandbox.http_messages import FieldProblem

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

HERE = "urn:krea:document"
DATA_URI = re.compile(r"data:[\w.+-]+/[\w.+-]+(;[\w.+=-]+)*;base64,")
INTEGER = re.compile(r"-?[0-9]+")  # int() would also read 1_000, blanks and other scripts' digits
LONGEST_MESSAGE = 300
FORMATS = ("uri", "uuid", "date")


class BodyValidator:
    """Finds every problem of a body; compiles each operation's schema once, when it is first needed."""

    def __init__(self, document: ApiDocument) -> None:
        self._document = document
        self._compiled: dict[str, Any] = {}
        self._media: list[str] = []
        self._formats: Any = _formats(self._media, FORMATS)
        self._no_formats: Any = _formats(self._media, ())

    def problems(self, operation: ApiOperation, body: Mapping[str, Any]) -> list[FieldProblem]:
        """List what the operation's schema and its rules refuse in `body`; empty when it is accepted."""
        self._media.clear()
        if operation.schema_at is None:
            return []
        errors = self._validator(operation.schema_at).iter_errors(body)
        return [problem for error in errors for problem in _explain(error)] + list(_rule_problems(operation, body))

    @property
    def media(self) -> list[str]:
        """The texts that the last validated body holds in media fields."""
        return list(self._media)

    def schema_problems(self, schema: Mapping[str, Any], value: object) -> list[FieldProblem]:
        """List what a schema of its own, such as a node app's, refuses."""
        self._media.clear()
        errors = _validator_class()(schema, format_checker=self._no_formats).iter_errors(value)
        return [problem for error in errors for problem in _explain(error)]

    def query_problems(self, operation: ApiOperation, query: Mapping[str, str]) -> list[FieldProblem]:
        """List what the operation's declared query parameters refuse; undeclared ones are ignored, as on the web."""
        problems: list[FieldProblem] = []
        for parameter in operation.parameters:
            name, schema = parameter["name"], resolve(self._document.content, parameter.get("schema", {}))
            if parameter["in"] != "query" or name not in query:
                continue
            value = _typed(query[name], schema.get("type"))
            problems += [
                FieldProblem(name, _short(error))
                for error in _validator_class()(schema, format_checker=self._formats).iter_errors(value)
            ]
        return problems

    def _validator(self, at: str) -> Any:
        compiled = self._compiled.get(at)
        if compiled is None:
            compiled = self._compiled[at] = self._compile(at)
        return compiled

    def _compile(self, at: str) -> Any:
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        registry = Registry[Any]().with_resource(HERE, DRAFT202012.create_resource(self._document.content))
        return _validator_class()({"$ref": f"{HERE}#{at}"}, registry=registry, format_checker=self._formats)


def translate(
    operation: ApiOperation, body: Mapping[str, Any], today: date
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """Rename the deprecated field names that are still accepted on `today` (UTC); an expired one stays and is then unknown.

    A deprecated name beside its new one is refused: no page says which of the two would win.
    """
    renamed = {row.old: row.new for row in operation.aliases if row.old in body and today < row.sunset}
    if not renamed:
        return dict(body), []
    problems: list[FieldProblem] = []
    accepted = {name: value for name, value in body.items() if name not in renamed}
    for old, new in renamed.items():
        if new in accepted:
            problems.append(FieldProblem(old, f"is the deprecated name of {new}, which is given too: send {new} alone"))
        else:
            accepted[new] = body[old]
    return accepted, problems


def _rule_problems(operation: ApiOperation, body: Mapping[str, Any]) -> Iterator[FieldProblem]:
    """Yield what the rules between fields refuse; a field that has no effect is accepted, as by the API."""
    filled = operation.filled(body)
    for rule in operation.rules:
        choice: tuple[str, ...] = tuple(rule.get("excludes") or rule.get("one_of") or rule.get("any_of") or ())
        # An empty, null or false field counts as not given (spec/EXTENSIONS.md).
        present = [name for name in choice if body.get(name)]
        if "any_of" not in rule:
            for name in present[1:]:
                yield FieldProblem(name, f"cannot be given together with {present[0]}")
        if choice and not present and "excludes" not in rule:
            yield FieldProblem(choice[0], f"or another of {', '.join(choice)} is required")
        if "needs" in rule and pricing.fits(rule["when"], filled):
            for name, value in rule["needs"].items():
                if not pricing.fits({name: value}, filled):
                    yield FieldProblem(name, f"must fit {value!r} here, because of {', '.join(rule['when'])}")


def _explain(error: ValidationError) -> Iterator[FieldProblem]:
    at, schema = _address(error), cast("Mapping[str, Any]", error.schema)
    instance: object = error.instance
    if error.validator == "required" and isinstance(instance, Mapping):
        # jsonschema reports each missing name by itself and names it only in its message.
        name = next((name for name in schema["required"] if error.message.startswith(repr(name))), "?")
        yield FieldProblem(f"{at}.{name}" if at else name, "is required")
    elif error.validator == "additionalProperties" and isinstance(instance, Mapping):
        properties = schema.get("properties", {})
        for name in cast("Mapping[str, Any]", instance):
            if name not in properties:
                yield FieldProblem(f"{at}.{name}" if at else name, "is not a field of this model")
    else:
        yield FieldProblem(at, _short(error))


def _address(error: ValidationError) -> str:
    text = ""
    for part in error.absolute_path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _short(error: ValidationError) -> str:
    text = error.message
    return (
        text
        if len(text) <= LONGEST_MESSAGE
        else f"does not satisfy {error.validator} {error.validator_value!r}"[:LONGEST_MESSAGE]
    )


def _typed(text: str, kind: object) -> object:
    try:
        if kind == "integer" and INTEGER.fullmatch(text):
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        return text
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text


def _formats(media: list[str], names: Iterable[str]) -> Any:
    """Return a checker of these formats; a validator with it appends the texts that media fields hold to `media`."""
    from jsonschema import FormatChecker

    checker: Any = FormatChecker(names)
    checker.media = media
    return checker


@cache
def _validator_class() -> Any:
    """Make Draft 2020-12, except that a media field takes a data: URI of any length (guides.yaml, media_inputs).

    Made once per process: it takes 4 ms, more than all else that a new sandbox does for its first job.
    """
    from jsonschema import Draft202012Validator, validators

    plain: Mapping[str, Any] = Draft202012Validator.VALIDATORS

    def spared(keyword: str) -> Callable[..., Iterator[ValidationError]]:
        def check(
            validator: object, rule: object, value: object, schema: Mapping[str, Any]
        ) -> Iterator[ValidationError]:
            if not _is_data(value, schema):
                yield from plain[keyword](validator, rule, value, schema) or ()

        return check

    def seen(validator: Any, rule: object, value: object, _schema: object) -> Iterator[ValidationError]:
        if rule and isinstance(value, str):
            validator.format_checker.media.append(value)
        return iter(())

    library: Any = validators  # its stub leaves extend untyped
    own = {name: spared(name) for name in ("maxLength", "format")} | {"x-krea-media": seen}
    return library.extend(Draft202012Validator, own)


def _is_data(value: object, schema: Mapping[str, Any]) -> bool:
    return isinstance(value, str) and bool(schema.get("x-krea-media")) and DATA_URI.match(value) is not None
