"""The Python view: a derived copy of the document that only the generator reads, without what it gets wrong.

Each rule changes one thing and counts how often; a rule that finds nothing to change stops the run, because then either
the specification or the generator has moved and the rule should go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from regenerate.operation_files import operations

from .bundle import Document
from .problems import GenerationFailed
from .references import SCHEMAS, schema_names, subschemas

Rule = Callable[[Document], int]
_NULL = {"type": "null"}


def python_view(document: Document) -> Document:
    """Return the document as the generator should read it. Raises GenerationFailed for a rule that changed nothing."""
    view = deepcopy(document)
    idle = [rule.__name__ for rule in RULES if not rule(view)]
    if idle:
        raise GenerationFailed(f"view.py: the rule {name} changes nothing any more; remove it" for name in idle)
    return view


def defaults_are_not_sent(view: Document) -> int:
    """Remove defaults: the generator would send the server's defaults of today with every request of tomorrow."""
    schemas = [schema for schema in _request_schemas(view) if "default" in schema]
    for schema in schemas:
        del schema["default"]
    return len(schemas)


def ids_are_text(view: Document) -> int:
    """Make ids plain texts: one in an answer that is no UUID after all would make the whole answer unreadable."""
    schemas = [schema for schema in _answer_schemas(view) if schema.get("format") == "uuid"]
    for schema in schemas:
        del schema["format"]
    return len(schemas)


def answers_have_open_enums(view: Document) -> int:
    """Open the list of job statuses: a new one must not break old clients."""
    enums = {f"{SCHEMAS}{name}" for name, schema in view["components"]["schemas"].items() if "enum" in schema}
    changed = 0
    for answer in _answer_schemas(view):
        for name, schema in (properties := answer.get("properties", {})).items():
            if schema.get("$ref") in enums:
                properties[name] = {"anyOf": [schema, {"type": "string"}]}
                changed += 1
    return changed


def answers_require_only_ids(view: Document) -> int:
    """Make fields of answers optional: one that lacks a field is still an answer, as long as it says whose it is."""
    changed = 0
    for schema in _answer_schemas(view):
        if isinstance(required := schema.get("required"), list):
            ids = [name for name in required if name == "id" or name.endswith("_id")]
            changed += len(required) - len(ids)
            schema["required"] = ids
    return changed


def answers_may_hold_null(view: Document) -> int:
    """Allow null in pages of jobs: one where the page promises a value must not break a whole page."""
    changed = 0
    for schema in list(_answer_schemas(view)):
        properties = schema.get("properties", {})
        for name in properties.keys() - set(schema.get("required", ())):
            nullable = _or_null(properties[name])
            changed += nullable != properties[name]
            properties[name] = nullable
    return changed


def only_success_is_returned(view: Document) -> int:
    """Remove refusals: functions return the documented success, all else is raised, so nobody has to narrow a union."""
    changed = 0
    for _, _, operation in operations(view):
        refusals = [status for status in operation["responses"] if not status.startswith("2")]
        for status in refusals:
            del operation["responses"][status]
        changed += len(refusals)
    return changed


def every_operation_names_its_security(view: Document) -> int:
    """Copy the document's security to each operation: the generator does not look at that of the whole document."""
    silent = [operation for _, _, operation in operations(view) if "security" not in operation]
    for operation in silent:
        operation["security"] = view["security"]
    return len(silent)


# Requests and answers are told apart by what operations refer to, so refusals go after the rules for answers.
RULES: tuple[Rule, ...] = (
    defaults_are_not_sent,
    ids_are_text,
    answers_have_open_enums,
    answers_require_only_ids,
    answers_may_hold_null,
    only_success_is_returned,
    every_operation_names_its_security,
)


def _sides(view: Document) -> tuple[list[str], list[str]]:
    """Return the names of the schemas that requests use, and of those that only answers use."""
    request_schemas = schema_names(
        view, [[op.get("requestBody", {}), op.get("parameters", [])] for _, _, op in operations(view)]
    )
    answered = schema_names(view, [op["responses"] for _, _, op in operations(view)])
    return request_schemas, [name for name in answered if name not in request_schemas]


def _request_schemas(view: Document) -> Iterator[Document]:
    for name in _sides(view)[0]:
        yield from (schema for _, schema in subschemas(view["components"]["schemas"][name]))
    shared = view["components"].get("parameters", {}).values()
    own = (parameter for _, _, operation in operations(view) for parameter in operation.get("parameters", ()))
    for parameter in (*shared, *own):
        yield from (schema for _, schema in subschemas(parameter.get("schema")))


def _answer_schemas(view: Document) -> Iterator[Document]:
    for name in _sides(view)[1]:
        yield from (schema for _, schema in subschemas(view["components"]["schemas"][name]))


def _or_null(schema: Document) -> Document:
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return schema if _NULL in schema[union] else {**schema, union: [*schema[union], _NULL]}
    if "type" not in schema and "$ref" not in schema:
        return schema
    if "type" not in schema:
        return {"oneOf": [schema, _NULL]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": types if "null" in types else [*types, "null"]}
