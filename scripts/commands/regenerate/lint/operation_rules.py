"""Rules for operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from regenerate.bodies import body_of, class_names
from regenerate.bundle import Document
from regenerate.operation_files import operations
from regenerate.public_names import names_of
from regenerate.references import SCHEMAS, resolve
from regenerate.sources import Address

Findings = Iterator[tuple[Address, str]]
_VERBS = "cancel create delete execute export generate get list search share train unshare update upload"
VERBS = frozenset(_VERBS.split())


def _each(document: Document) -> Iterator[tuple[Address, dict[str, Any]]]:
    for path, method, operation in operations(document):
        yield ("paths", path, method), operation


def names_begin_with_a_verb(document: Document) -> Findings:
    """Check that an operationId can be a module's name: snake_case, a verb first."""
    for address, operation in _each(document):
        name = operation.get("operationId", "")
        if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name) or name.partition("_")[0] not in VERBS:
            yield (*address, "operationId"), f"must be snake_case and begin with one of: {_VERBS}; is {name!r}"


def models_are_called_by_their_path(document: Document) -> Findings:
    """Check that names that people write follow from the path by one rule, so that nobody has to look them up."""
    for address, operation in _each(document):
        names = names_of(str(address[1]))
        if names is None:
            continue
        body = body_of(document, operation) or {}
        for key, actual, right in (
            ("operationId", operation["operationId"], names.operation_id),
            ("tags", operation["tags"][0], names.tag),
            ("requestBody", body.get("$ref", "").removeprefix(SCHEMAS), names.request_class),
        ):
            if actual != right:
                yield (*address, key), f"must be called {right}, after its path; is {actual or 'missing'}"


def one_described_tag(document: Document) -> Findings:
    """Check that an operation has one tag, which becomes a folder."""
    described = {tag["name"] for tag in document.get("tags", ()) if tag.get("description")}
    for address, operation in _each(document):
        tags = operation.get("tags", [])
        if len(tags) != 1:
            yield (*address, "tags"), f"must hold exactly one tag, holds {len(tags)}"
        for tag in tags:
            if not re.fullmatch(r"[a-z]+(_[a-z]+)*", tag):
                yield (
                    (*address, "tags"),
                    f"{tag!r} must be words in snake_case; it becomes the name of a module or a class",
                )
            if tag not in described:
                yield (*address, "tags"), f"openapi.yaml does not describe the tag {tag!r}"


def says_what_it_is_for(document: Document) -> Findings:
    """Check that a summary is one sentence that helps choosing; x-krea-captured says how old our knowledge is."""
    for address, operation in _each(document):
        summary = operation.get("summary", "")
        if not summary.endswith(".") or "\n" in summary or len(summary) > 140:
            yield (*address, "summary"), "must be one sentence of at most 140 characters with a full stop"
        if "x-krea-captured" not in operation:
            yield address, "needs x-krea-captured, the day on which its documentation was last looked at"


def bodies_are_required_and_named(document: Document) -> Findings:
    """Check that a body is required, and a closed component called <Model>Request."""
    for address, operation in _each(document):
        if "requestBody" not in operation:
            continue
        body = resolve(document, operation["requestBody"])
        if body.get("required") is not True:
            yield (*address, "requestBody"), "needs required: true, or generators make the body optional"
        for media in body["content"].values():
            name = media["schema"].get("$ref", "").removeprefix(SCHEMAS)
            if not name.endswith("Request"):
                yield (*address, "requestBody"), "must refer to a component whose name ends in Request"
            else:
                yield from _closed_bodies(document, class_names(document, media["schema"]))


def _closed_bodies(document: Document, names: list[str]) -> Findings:
    for name in names:
        schema = document["components"]["schemas"][name]
        # A body without fields of its own is a map whose names only its reader knows (the inputs of a node app).
        if schema.get("additionalProperties") is not ("properties" not in schema):
            yield ("components", "schemas", name), "needs additionalProperties: false; the API refuses unknown names"


def statuses_are_exact_and_one_is_success(document: Document) -> Findings:
    """Report a range or default as status: it breaks orval, and hides what is documented."""
    for address, operation in _each(document):
        if not any(status.startswith("2") for status in operation["responses"]):
            yield (*address, "responses"), "needs a success"
        for status in operation["responses"]:
            if not re.fullmatch(r"[1-5]\d\d", status):
                yield (*address, "responses", status), "must be one exact status"


def refusals_are_listed(document: Document) -> Findings:
    """Check what callers handle: a wrong token, a wrong name in the address, a bad body, no money or no slot."""
    for address, operation in _each(document):
        listed = set(operation["responses"])
        expected = [
            ("401", True, "a token that is not known"),
            ("404", str(address[1]).endswith("{id}") or "{id}/" in str(address[1]), "an id that is not known"),
            ("400", "requestBody" in operation, "a body that is not valid"),
            ("429", "402" in listed, "too many paid jobs at once"),
            ("402", "429" in listed, "an empty balance"),
        ]
        for status, applies, meaning in expected:
            if applies and status not in listed:
                yield (*address, "responses"), f"needs {status}, for {meaning}"


def answers_are_components(document: Document) -> Findings:
    """Report an answer without a name of its own: the generator would give it one that nobody would choose."""
    for address, operation in _each(document):
        for status, answer in operation["responses"].items():
            for media in resolve(document, answer).get("content", {}).values():
                if "$ref" not in media["schema"] and media["schema"].get("items", {}).keys() != {"$ref"}:
                    yield (*address, "responses", status), "must refer to a component, or to an array of one"


def parameters_speak_plainly(document: Document) -> Findings:
    """Check that every parameter is described, and sent as one value."""
    shared = (
        ((("components", "parameters", name)), parameter)
        for name, parameter in document["components"].get("parameters", {}).items()
    )
    own = (
        ((*address, "parameters", index), parameter)
        for address, operation in _each(document)
        for index, parameter in enumerate(operation.get("parameters", ()))
    )
    for address, parameter in (*shared, *own):
        if "$ref" in parameter:
            continue
        if not parameter.get("description"):
            yield address, "needs a description"
        if parameter.get("explode") is False or "style" in parameter:
            yield address, "explode and style are not understood by all generators; take a string and say how to join"


def security_is_defined(document: Document) -> Findings:
    """Check that what security asks for is described among the components."""
    schemes = document["components"].get("securitySchemes", {})
    for index, choice in enumerate(document["security"]):
        for name in choice:
            if name not in schemes:
                yield ("security", index), f"components.securitySchemes has no {name}"


RULES = (
    security_is_defined,
    names_begin_with_a_verb,
    models_are_called_by_their_path,
    one_described_tag,
    says_what_it_is_for,
    bodies_are_required_and_named,
    statuses_are_exact_and_one_is_success,
    refusals_are_listed,
    answers_are_components,
    parameters_speak_plainly,
)
