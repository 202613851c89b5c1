"""Documents with parts that nobody can understand, and changes in places where few look: each is told, and hides nothing else."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from krea_client.cli.document_diff.comparison import verdicts
from krea_client.cli.document_diff.days_in_prose import sunset_in
from krea_client.cli.document_diff.openapi_reader import statements
from krea_client.cli.document_diff.operation_facts import Unreadable

from .changed_documents import (
    ALIASES,
    JOB,
    KLING,
    MODEL,
    TEXT,
    Z_IMAGE,
    Difference,
    Document,
    body,
    differences,
    field,
    operation,
)

Change = Callable[[Document], object]
NEW = "/generate/image/vendor/new"
SCHEMA = "requestBody/content/application/json/schema"
# What is told beside the part that is not understood: another bound of a field.
BOUND: tuple[str, Difference] = (MODEL, ("maximum", "denoising_strength", "maximum 0.9"))


def put_in_schema(**keywords: Any) -> Change:
    return lambda document: body(document).update(keywords)


def new_field(schema: Any) -> Change:
    return lambda document: body(document)["properties"].update(mood=schema)


def unclear(place: str, says: str) -> Difference:
    return "not_understood", place, says


# What is wrong, on which operation that is told, the place and the words.
UNCLEAR: dict[str, tuple[Change, str, Difference]] = {
    "a path is null": (
        lambda document: document["paths"].update({NEW: None}),
        "/generate/image/vendor/new",
        unclear("the operation", "a mapping must stand here, not None"),
    ),
    "a path of ours is a list": (
        lambda document: document["paths"].update({KLING: []}),
        KLING,
        unclear("the operation", "a mapping must stand here, not []"),
    ),
    "a path leads nowhere": (
        lambda document: document["paths"].update({KLING: {"$ref": "#/components/pathItems/None"}}),
        KLING,
        unclear("the operation", "the reference #/components/pathItems/None leads nowhere"),
    ),
    "an operation is a text": (
        lambda document: document["paths"][KLING].update(post="soon"),
        "video/kling/kling-1",
        unclear("the operation", "an operation must hold a mapping"),
    ),
    "a keyword of a path": (
        lambda document: document["paths"][KLING].update(additionalOperations={}),
        KLING,
        unclear("additionalOperations", "the keyword additionalOperations is not understood"),
    ),
    "a keyword of an operation": (
        lambda document: operation(document).update(streaming={}),
        MODEL,
        unclear("streaming", "the keyword streaming is not understood"),
    ),
    "a keyword of the document": (
        lambda document: document.update(overlays=[]),
        "(document)",
        unclear("overlays", "the keyword overlays is not understood"),
    ),
    "parameters are null": (
        lambda document: operation(document).update(parameters=None),
        MODEL,
        unclear("parameters", "the parameters must be a list"),
    ),
    "a parameter is a text": (
        lambda document: operation(document)["parameters"].insert(0, "X-Trace"),
        MODEL,
        unclear("parameters/0", "a mapping must stand here, not 'X-Trace'"),
    ),
    "a response is null": (
        lambda document: operation(document)["responses"].update({"402": None}),
        MODEL,
        unclear("responses/402", "a mapping must stand here, not None"),
    ),
    "a field leads nowhere": (
        lambda document: body(document)["properties"].update(seed={"$ref": "#/components/schemas/None"}),
        MODEL,
        unclear(f"{SCHEMA}/properties/seed", "the reference #/components/schemas/None leads nowhere"),
    ),
    "a field with items that lead nowhere": (
        lambda document: field(document, "styles").update(items={"$ref": "#/components/schemas/None"}),
        MODEL,
        unclear(f"{SCHEMA}/properties/styles/items", "the reference #/components/schemas/None leads nowhere"),
    ),
    "a field of another document": (
        new_field({"$ref": "https://example.com/schemas.json#/Mood"}),
        MODEL,
        unclear(f"{SCHEMA}/properties/mood", "the reference https://example.com/schemas.json#/Mood cannot be followed"),
    ),
    "a field is null": (
        new_field(None),
        MODEL,
        unclear(f"{SCHEMA}/properties/mood", "a mapping must stand here, not None"),
    ),
    "the fields of an object are a list": (
        new_field({"type": "object", "properties": ["a"]}),
        MODEL,
        unclear(
            f"{SCHEMA}/properties/mood",
            "this is not written as JSON Schema says: AttributeError(\"'list' object has no attribute 'items'\")",
        ),
    ),
    "required is a text": (
        put_in_schema(required="prompt"),
        MODEL,
        unclear(f"{SCHEMA}/required", "`required` must be a list of names"),
    ),
    "a field is required in itself": (
        lambda document: field(document, "seed").update(required=True),
        MODEL,
        unclear(f"{SCHEMA}/properties/seed/required", "`required` must be a list of names"),
    ),
    "a condition of JSON Schema": (
        put_in_schema(dependentRequired={"image_url": ["seed"]}),
        MODEL,
        unclear(f"{SCHEMA}/dependentRequired", "the keyword dependentRequired is not understood"),
    ),
    "deprecated names are a text": (
        lambda document: operation(document).update({ALIASES: "see the page"}),
        MODEL,
        unclear(f"{ALIASES}", "the table of deprecated names must be a list"),
    ),
    "a deprecated name without a day": (
        lambda document: operation(document)[ALIASES][0].pop("sunset_date"),
        MODEL,
        unclear(f"{ALIASES}/0", "the deprecated name presetStyles has no sunset_date"),
    ),
    "a deprecated name that leads nowhere": (
        lambda document: operation(document)[ALIASES][0].pop("to"),
        MODEL,
        unclear(f"{ALIASES}/0", "a row of deprecated names needs `from` and `to`"),
    ),
    "a token of an unknown scheme": (
        lambda document: operation(document).update(security=[{"oauth": []}]),
        MODEL,
        unclear("security", "where the token goes is not understood: KeyError('oauth')"),
    ),
}


@pytest.mark.parametrize(("change", "where", "difference"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_not_understood_is_one_line_and_everything_else_is_compared(
    change: Change, where: str, difference: Difference
) -> None:
    document = json.loads(TEXT)
    change(document)
    field(document, "denoising_strength")["maximum"] = 0.9
    assert sorted(differences(document)) == sorted([(where, difference), BOUND])


def test_a_request_that_is_not_understood_leaves_the_rest_of_its_operation() -> None:
    document = json.loads(TEXT)
    body(document)["properties"] = ["prompt"]
    operation(document)["responses"].pop("402")
    [(_, (kind, place, says)), status] = differences(document)
    assert (kind, place) == ("not_understood", SCHEMA)
    assert "not written as JSON Schema says" in says
    assert status == (MODEL, ("status_gone", "status 402", "absent"))


def move_answer(document: Document) -> None:
    content = operation(document)["responses"]["200"]["content"]
    content["application/problem+json"] = content.pop("application/json")


def add_path_by_reference(document: Document) -> None:
    document["components"]["pathItems"] = {"New": copy.deepcopy(document["paths"][Z_IMAGE])}
    document["paths"][NEW] = {"$ref": "#/components/pathItems/New"}


SERVERS = [{"url": "https://gpu.example.com/"}]
# Changes of the document, where they are told, and as what.
TOLD: dict[str, tuple[Change, str, Difference]] = {
    "a path that is a reference": (add_path_by_reference, "image/vendor/new", ("operation_new", "", "present")),
    "another method": (
        lambda document: document["paths"][JOB].update(head={"responses": {"200": {"description": "-"}}}),
        f"HEAD {JOB}",
        ("operation_new", "", "present"),
    ),
    "the body may be left out": (
        lambda document: operation(document)["requestBody"].update(required=False),
        MODEL,
        ("required", "(body)", "optional"),
    ),
    "another content type of the request": (
        lambda document: operation(document)["requestBody"]["content"].update({"multipart/form-data": {}}),
        MODEL,
        ("content_type", "body", "application/json, multipart/form-data"),
    ),
    "another content type of the answer": (
        move_answer,
        MODEL,
        ("answer_content", "answer", "application/problem+json"),
    ),
    "a field of an error": (
        lambda document: operation(document)["responses"]["402"]["content"]["application/json"]["schema"][
            "properties"
        ].update(balance={"type": "number"}),
        MODEL,
        ("answer_field_new", "answer of status 402 balance", "present"),
    ),
    "an address of one operation": (
        lambda document: operation(document).update(servers=SERVERS),
        MODEL,
        ("extension", "servers", "https://gpu.example.com"),
    ),
    "an address of one path": (
        lambda document: document["paths"][Z_IMAGE].update(servers=SERVERS),
        MODEL,
        ("extension", "servers", "https://gpu.example.com"),
    ),
    "an extension of a path": (
        lambda document: document["paths"][Z_IMAGE].update({"x-beta": True}),
        MODEL,
        ("extension", "x-beta", "true"),
    ),
    "a callback": (
        lambda document: operation(document).update(callbacks={"done": {}}),
        MODEL,
        ("extension", "callback done", "true"),
    ),
    "another kind of token": (
        lambda document: (
            document["components"]["securitySchemes"].update(basic={"type": "http", "scheme": "basic"})
            or operation(document).update(security=[{"basic": []}])
        ),
        MODEL,
        ("token", "token", "header Authorization (basic)"),
    ),
    "a deprecated parameter": (
        lambda document: operation(document)["parameters"][0].update(deprecated=True),
        MODEL,
        ("deprecated", "header X-Webhook-URL", "deprecated"),
    ),
    "a field of fields of any name": (
        new_field({"type": "object", "additionalProperties": {"type": "integer"}}),
        MODEL,
        ("field_new", "mood", "present"),
    ),
    "a field that may be anything": (new_field(True), MODEL, ("field_new", "mood", "present")),
    "an end in prose with the name of the month": (
        lambda document: operation(document).update(description="This model is turned off on March 1, 2027."),
        MODEL,
        ("sunset", "sunset", "2027-03-01"),
    ),
    "an end in the summary": (
        lambda document: operation(document).update(summary="Z Image (sunset: 2027-03-01)"),
        MODEL,
        ("sunset", "sunset", "2027-03-01"),
    ),
    "a bound that is a text": (
        lambda document: field(document, "denoising_strength").update(minimum="0"),
        MODEL,
        ("minimum", "denoising_strength", "minimum 0"),
    ),
    "servers that are no list": (
        lambda document: document.update(servers={"url": "https://gpu.example.com"}),
        "(document)",
        ("extension", "servers", "https://gpu.example.com"),
    ),
}


@pytest.mark.parametrize(("change", "where", "difference"), TOLD.values(), ids=TOLD)
def test_changes_in_places_where_few_look_are_told(change: Change, where: str, difference: Difference) -> None:
    document = json.loads(TEXT)
    change(document)
    assert differences(document) == [(where, difference)]


NO_DIFFERENCE: dict[str, Change] = {
    "the case of a header": lambda document: operation(document)["parameters"][0].update(name="x-webhook-url"),
    "a constant in place of a choice of one": lambda document: body(document)["properties"].update(
        resolution={"type": "string", "const": "1K"}
    ),
    "bodies that do not say whether they may be left out": lambda document: [
        item[method]["requestBody"].pop("required")
        for item in document["paths"].values()
        for method in item
        if "requestBody" in item[method]
    ],
    "an error that tells less than ours": lambda document: operation(document)["responses"]["402"]["content"][
        "application/json"
    ].update(schema={"type": "object", "properties": {"error": {"type": "string"}}}),
}


@pytest.mark.parametrize("change", NO_DIFFERENCE.values(), ids=NO_DIFFERENCE)
def test_what_means_the_same_is_no_difference(change: Change) -> None:
    document = json.loads(TEXT)
    change(document)
    assert differences(document) == []


def test_fields_of_any_name_are_compared_by_what_they_hold() -> None:
    before, after = json.loads(TEXT), json.loads(TEXT)
    for document, maximum in ((before, 9), (after, 12)):
        new_field({"type": "object", "additionalProperties": {"type": "integer", "maximum": maximum}})(document)
    found = verdicts(statements(after), statements(before), whole=True)
    assert [item.text for verdict in found for item in verdict.differences] == ["mood.*: maximum was 9, is 12"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sunset: 2027-03-01.", "2027-03-01"),
        ("Deprecated since May 3, 2026. It will be removed on 1 March 2027.", "2027-03-01"),
        ("On March 1st, 2027 this model is shut down.", "2027-03-01"),
        ("> **Deprecated** as of Mar. 1, 2027\n> Use another.", "2027-03-01"),
        ("Deprecated on 2026-05-01 and retired on 2027-03-01.", "2027-03-01"),
        ("No longer available from 2027-03-01T00:00:00Z", "2027-03-01"),
        ("New since 2026-05-01. It is faster.", None),
        ("Deprecated. Version 1.0 of May 2026", None),
        ("Removed on February 31, 2027", None),
    ],
)
def test_the_end_that_prose_tells(text: str, day: str | None) -> None:
    assert sunset_in(text) == day


def test_a_document_of_which_no_operation_is_understood_is_not_equal_to_ours() -> None:
    assert differences({"openapi": "3.1.0", "paths": {KLING: 1}})[0][1][0] == "not_understood"


def test_a_document_without_paths_is_none() -> None:
    with pytest.raises(Unreadable):
        differences({"openapi": "3.1.0"})
