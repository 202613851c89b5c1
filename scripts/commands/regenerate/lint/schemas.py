"""Rules for schemas: what generators drop, crash on or turn into broken code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from regenerate.bundle import Document
from regenerate.operation_files import operations
from regenerate.references import references, schema_names, subschemas
from regenerate.sources import Address

# What generators know; None is a schema without one.
FORMATS = {None, "uri", "uuid", "date", "date-time", "binary"}
Findings = Iterator[tuple[Address, str]]
# Methods and fields of a generated class, and the types beside it.
TAKEN = {
    "to_dict",
    "from_dict",
    "to_multipart",
    "additional_properties",
    "additional_keys",
    "Unset",
    "UNSET",
    "File",
    "Response",
    "Error",  # and those of languages
    "Date",
    "Map",
    "Object",
    "Set",
    "String",
}
_KEYWORDS = (
    "type description properties required enum items additionalProperties anyOf oneOf allOf $ref const default format"
    " pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems"
    " uniqueItems minProperties maxProperties deprecated readOnly writeOnly title example examples not prefixItems"
)
_WORDS = frozenset(_KEYWORDS.split())


def _each(document: Document) -> Iterator[tuple[Address, dict[str, Any]]]:
    """Yield every schema of the document with its address: components, and those inline in operations and parameters."""
    for name, schema in document["components"].get("schemas", {}).items():
        yield from subschemas(schema, "components", "schemas", name)
    for name, parameter in document["components"].get("parameters", {}).items():
        yield from subschemas(parameter.get("schema"), "components", "parameters", name, "schema")
    for path, method, operation in operations(document):
        for index, parameter in enumerate(operation.get("parameters", ())):
            yield from subschemas(parameter.get("schema"), "paths", path, method, "parameters", index, "schema")


def _is_component(address: Address) -> bool:
    return len(address) == 3 and address[:2] == ("components", "schemas")


def objects_and_enums_have_names(document: Document) -> Findings:
    """Check that objects and enums are components: an inline one is named by its place and repeated in each."""
    for address, schema in _each(document):
        types = schema.get("type", ())
        own = "enum" in schema or "properties" in schema or "object" in ([types] if isinstance(types, str) else types)
        if not _is_component(address) and own:
            yield address, "make it a component and refer to it"


def components_are_named_like_classes(document: Document) -> Findings:
    """Check that a component's name is a class name as it stands, and the only one of its letters."""
    names: set[str] = set()
    for name in document["components"].get("schemas", {}):
        address = ("components", "schemas", name)
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]+", name) or name in TAKEN:
            yield address, "must be in PascalCase and not a name that generated code has already"
        if re.search(r"\d[a-z]", name):
            yield address, "write the letter after the digit as a capital, as the generator does"
        if name.lower() in names:
            yield (
                address,
                "another component has this name but for capitals; their files would be the same on some disks",
            )
        names.add(name.lower())


def components_are_used(document: Document) -> Findings:
    """Report a component that nothing refers to."""
    used = {f"#/components/schemas/{name}" for name in schema_names(document, list(document["paths"].values()))}
    used.update(references(document["paths"]))
    used.update(references(document["components"].get("responses", {})))
    for kind in ("schemas", "parameters", "responses"):
        for name in document["components"].get(kind, {}):
            if f"#/components/{kind}/{name}" not in used:
                yield ("components", kind, name), "nothing refers to it; remove it"


def schemas_say_what_they_are(document: Document) -> Findings:
    """Report a schema without a type, Any in generated code, but in answers; an object without fields is a dict."""
    answers = set(_only_answered(document))
    for address, schema in _each(document):
        if not schema.keys() & {"type", "$ref", "anyOf", "oneOf", "allOf"} and address[2] not in answers:
            yield address, "needs a type"
        if schema.get("type") == "object" and not schema.keys() & {"properties", "additionalProperties"}:
            yield address, "needs properties, or additionalProperties when it is a map"
        if schema.get("type") == "array" and "items" not in schema:
            yield address, "needs items"
        if schema.get("format") not in FORMATS:
            yield (*address, "format"), f"is none of {', '.join(sorted(filter(None, FORMATS)))}"


def schemas_use_known_words(document: Document) -> Findings:
    """Report a keyword that nobody knows, a slip: in braces, YAML ends a text without quotes at its first comma."""
    for address, schema in _each(document):
        for word in schema:
            if word not in _WORDS and not word.startswith("x-"):
                yield (*address, word), "is no keyword of a schema; quote the text that it belongs to"


def a_union_has_one_list(document: Document) -> Findings:
    """Check that a union's branches differ in type: generated parsers tell them apart by it, and two lists have the same."""
    for address, schema in _each(document):
        for union in ("anyOf", "oneOf"):
            if len([branch for branch in schema.get(union, ()) if branch.get("type") == "array"]) > 1:
                yield (*address, union), "write one list whose items are a union"


def required_fields_exist(document: Document) -> Findings:
    """Report a required name that is no field: it is a typing mistake."""
    for address, schema in _each(document):
        for index, name in enumerate(schema.get("required", ())):
            if name not in schema.get("properties", {}):
                yield (*address, "required", index), f"{name} is not among the properties"


def defaults_are_valid(document: Document) -> Findings:
    """Check that a default fits its schema, also where it stands beside a reference."""
    for address, schema in _each(document):
        if "default" in schema:
            root = {**schema, "components": document["components"]}
            for error in Draft202012Validator(root).iter_errors(schema["default"]):
                yield (*address, "default"), error.message


def no_titles(document: Document) -> Findings:
    """Report a title: it would replace the component's name in generated code."""
    for address, schema in _each(document):
        if "title" in schema:
            yield (*address, "title"), "remove it; the component's name is the name"


def no_bare_null(document: Document) -> Findings:
    """Report `type: null` alone, which crashes openapi-generator."""
    for address, schema in _each(document):
        if schema.get("type") == "null" and (len(address) < 2 or address[-2] not in ("anyOf", "oneOf")):
            yield address, "say what else it can be, and null beside it"


def enums_are_strings_or_integers(document: Document) -> Findings:
    """Report enums with null (three classes of one), with floats (the model vanishes) or mixed types (refused)."""
    for address, schema in _each(document):
        kinds = {type(value) for value in schema.get("enum", ())}
        if kinds and kinds not in ({str}, {int}):
            yield (*address, "enum"), "must hold only strings or only integers; for null write oneOf with type: null"


def no_union_of_constants(document: Document) -> Findings:
    """Report several consts in one union: generated parsers know the first."""
    for address, schema in _each(document):
        if len([branch for union in ("anyOf", "oneOf") for branch in schema.get(union, ()) if "const" in branch]) > 1:
            yield address, "write one enum"


def constants_are_strings(document: Document) -> Findings:
    """Report an optional numeric const: it renders to code that does not compile."""
    for address, schema in _each(document):
        if "const" in schema and not isinstance(schema["const"], str):
            yield (*address, "const"), "write an enum with one value"


def fields_are_plain_names(document: Document) -> Findings:
    """Check that a field is snake_case and shadows nothing of a generated class."""
    for address, schema in _each(document):
        for name in schema.get("properties", {}):
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                yield (
                    (*address, "properties", name),
                    "must be snake_case; a deprecated name is a row of x-krea-deprecated-field-aliases",
                )
            if name in TAKEN:
                yield (*address, "properties", name), "shadows a method of generated classes"


def fields_are_described(document: Document) -> Findings:
    """Check that every field says what it is, in our words, unless what it refers to does."""
    for address, schema in _each(document):
        for name, field in schema.get("properties", {}).items():
            target = document["components"]["schemas"].get(field.get("$ref", "").rpartition("/")[2], {})
            if not (field.get("description") or target.get("description")):
                yield (*address, "properties", name), "needs a description"


def _only_answered(document: Document) -> list[str]:
    request_schemas = schema_names(document, [op.get("requestBody", {}) for _, _, op in operations(document)])
    answered = schema_names(document, [op["responses"] for _, _, op in operations(document)])
    return [name for name in answered if name not in request_schemas]


def answers_are_open(document: Document) -> Findings:
    """Check that an answer may grow: additionalProperties belongs to requests and to pure maps."""
    for name in schema_names(document, [operation["responses"] for _, _, operation in operations(document)]):
        for address, schema in subschemas(document["components"]["schemas"][name], "components", "schemas", name):
            if "additionalProperties" in schema and ("properties" in schema or schema["additionalProperties"] is False):
                yield (*address, "additionalProperties"), "leave it out of answers, which may get new fields"


def no_random_defaults(document: Document) -> Findings:
    """Report a seed with a default: the documentation shows another random one at every look."""
    for address, schema in _each(document):
        if address[-2:] == ("properties", "seed") and "default" in schema:
            yield (*address, "default"), "leave it out; it is random in the documentation"


RULES = (
    objects_and_enums_have_names,
    components_are_named_like_classes,
    components_are_used,
    schemas_say_what_they_are,
    schemas_use_known_words,
    a_union_has_one_list,
    required_fields_exist,
    defaults_are_valid,
    no_titles,
    no_bare_null,
    enums_are_strings_or_integers,
    no_union_of_constants,
    constants_are_strings,
    fields_are_plain_names,
    fields_are_described,
    answers_are_open,
    no_random_defaults,
)
