import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regenerate import lint
from regenerate.bundle import Bundle
from regenerate.lint.extensions import KNOWN

SPEC = Path(__file__).resolve().parents[3] / "spec"

Change = Callable[[Any], object]


def _add(name: str, schema: Any) -> Change:
    return lambda part: part.fields.update({name: schema})


def _set(**members: Any) -> Change:
    return lambda part: part.operation.update(members)


def _extend(name: str, value: Any) -> Change:
    return lambda part: part.operation.update({f"x-krea-{name}": value})


def _alias(old: str, new: str, day: str = "2026-06-19") -> Change:
    return _extend("deprecated-field-aliases", [{"from": old, "to": new, "sunset_date": day}])


def _drop(name: str) -> Change:
    return lambda part: part.operation.pop(name)


def _price(**members: Any) -> Change:
    return _extend("pricing", {"currency": "USD", "read": "2026-10", "per": "request", **members})


def _example(**fields: Any) -> Change:
    return lambda part: part.body["example"].update(fields)


def _rename(old: str, new: str) -> Change:
    def change(part: Any) -> None:
        schemas = part.document["components"]["schemas"]
        schemas[new] = schemas.pop(old)
        for field in part.fields.values():
            if field.get("$ref", "").endswith(f"/{old}"):
                field["$ref"] = f"#/components/schemas/{new}"

    return change


def text(**more: Any) -> dict[str, Any]:
    return {"type": "string", "description": "A text.", **more}


def _submitted(part: Any) -> Any:
    return part.document["components"]["responses"]["SubmittedJob"]["content"]["application/json"]


# Each rule with changes to z-image's operation and request that it must find, and what it must say.
VIOLATIONS: list[tuple[str, Change, str]] = [
    ("shaped_as_expected", lambda part: part.document["info"].pop("title"), "'title' is a required property"),
    ("shaped_as_expected", _add("size", True), "True is not of type 'object'"),
    (
        "shaped_as_expected",
        lambda part: part.operation["parameters"][0].update({"$ref": "#/components/schemas/Job"}),
        "does not match",
    ),
    ("shaped_as_expected", _set(responses={}), "should be non-empty"),
    ("names_begin_with_a_verb", _set(operationId="zImage"), "must be snake_case"),
    ("names_begin_with_a_verb", _set(operationId="picture_z_image"), "begin with one of"),
    ("models_are_called_by_their_path", _set(operationId="generate_zimage"), "must be called generate_z_image"),
    ("models_are_called_by_their_path", _set(tags=["jobs"]), "must be called image, after its path; is jobs"),
    (
        "models_are_called_by_their_path",
        lambda part: part.body.update(schema={"$ref": "#/components/schemas/GptImage2Request"}),
        "must be called ZImageRequest",
    ),
    ("every_request_has_an_example", lambda part: part.body.pop("example"), "needs an example"),
    ("examples_are_valid", _example(resolution="9K"), "the example.resolution: '9K' is not one of"),
    ("examples_are_valid", _example(prompt=None), "the example.prompt: None is not of type"),
    (
        "examples_are_valid",
        lambda part: (
            part.operation.update({"x-krea-rules": [{"excludes": ["seed", "styles"]}]}),
            part.body["example"].update(seed=1, styles=[{"id": "a", "strength": 1}]),
        ),
        "gives seed and styles, which exclude each other",
    ),
    ("words_are_written", _set(summary="TODO."), "write it in words of ours"),
    ("words_are_written", _add("size", text(description="TODO: How large.")), "proposed: How large."),
    ("words_are_written", _example(prompt="TODO: prompt"), "proposed: prompt"),
    ("examples_name_nobody", _example(image_url="https://example.org/a.png"), "write https://example.com/"),
    ("every_answer_has_an_example", lambda part: _submitted(part).pop("example"), "SubmittedJob.content"),
    (
        "every_needed_parameter_has_an_example",
        lambda part: part.document["components"]["parameters"]["JobId"].pop("example"),
        "parameters.JobId: needs an example",
    ),
    (
        "other_examples_are_valid",
        lambda part: _submitted(part)["example"].update(status="asleep"),
        "the example.status: 'asleep' is not one of",
    ),
    (
        "other_examples_are_valid",
        lambda part: part.document["components"]["parameters"]["AssetId"].update(example="boat"),
        "the example: 'boat' is not a 'uuid'",
    ),
    (
        "examples_name_nobody",
        lambda part: _submitted(part)["example"].update(result={"urls": ["https://example.org/a.png"]}),
        "write https://example.com/",
    ),
    ("schemas_have_no_examples", lambda part: part.request.update(example={}), "move it beside the schema"),
    ("shaped_as_expected", _price(), "'least' is a required property"),
    ("shaped_as_expected", _price(amount=1, most=2), "('most' was unexpected)"),
    ("shaped_as_expected", _price(amount=1, per="picture"), "'picture' is not one of"),
    ("shaped_as_expected", _price(table=[{"amount": 1}]), "is too short"),
    (
        "shaped_as_expected",
        _price(table=[{"amount": 1, "when": {"seed": {"is": 1}}}, {"amount": 2}]),
        "'is' was unexpected",
    ),
    ("shaped_as_expected", _price(least=1), "'note' is a required property"),
    ("prices_speak_of_fields", _price(amount=1, seconds="length"), "length is not a field"),
    (
        "prices_speak_of_fields",
        _price(table=[{"amount": 1, "when": {"size": "1K"}}, {"amount": 2}]),
        "size is not a field",
    ),
    (
        "prices_speak_of_fields",
        _price(table=[{"amount": 1, "when": {"resolution": "1k"}}, {"amount": 2}]),
        "resolution is never '1k'",
    ),
    (
        "prices_are_reachable",
        _price(table=[{"amount": 1}, {"amount": 2, "when": {"seed": 1}}]),
        "no request comes as far",
    ),
    ("rules_speak_of_fields", _extend("rules", [{"excludes": ["seed", "sead"]}]), "sead is not a field"),
    ("rules_speak_of_fields", _extend("rules", [{"applies": ["sead"], "when": {"seed": 1}}]), "sead is not a field"),
    (
        "rules_speak_of_fields",
        _extend("rules", [{"when": {"resolution": "1K"}, "needs": {"aspect_ratio": "7:1"}}]),
        "aspect_ratio is never '7:1'",
    ),
    ("rules_can_be_kept", _extend("rules", [{"one_of": ["seed", "prompt"]}]), "prompt is required"),
    ("shaped_as_expected", _extend("rules", [{"excludes": ["seed"]}]), "is too short"),
    ("shaped_as_expected", _extend("rules", [{"excludes": ["seed", "styles"], "needs": {}}]), "is valid under each of"),
    ("shaped_as_expected", _extend("rules", [{"needs": {"seed": 1}}]), "'when' is a required property"),
    ("shaped_as_expected", _extend("rules", [{"sometimes": ["seed"]}]), "is not valid under any of"),
    *(
        (
            "examples_are_valid",
            lambda part, rule=rule: part.operation.update({"x-krea-rules": [rule]}),
            words,
        )
        for rule, words in (
            ({"any_of": ["seed", "styles"]}, "gives none of seed, styles"),
            ({"one_of": ["seed", "styles"]}, "gives none of seed, styles"),
            ({"when": {"resolution": "1K"}, "needs": {"seed": {"given": True}}}, "breaks the rule"),
            (
                {"applies": ["resolution"], "when": {"skip_prompt_expansion": True}},
                "gives resolution, which does nothing",
            ),
        )
    ),
    ("conditions_speak_of_neighbours", _add("size", text(**{"x-krea-applies-when": {"hue": 1}})), "hue is not a field"),
    (
        "conditions_speak_of_neighbours",
        _add("size", text(**{"x-krea-applies-when": {"resolution": "8K"}})),
        "resolution is never '8K'",
    ),
    (
        "conditions_speak_of_neighbours",
        _add("size", text(maxLength=1, **{"x-krea-options-by": {"field": "resolution", "options": {"1K": ["ab"]}}})),
        "size is never 'ab'",
    ),
    ("components_are_named_like_classes", _rename("ZImageResolution", "ZImage2kSize"), "as a capital"),
    ("components_are_named_like_classes", _rename("ZImageResolution", "ZIMAGERequest"), "but for capitals"),
    (
        "objects_and_enums_have_names",
        _add("size", {"type": ["object", "null"], "description": "x"}),
        "make it a component",
    ),
    ("openapi", _set(operationId="get_job"), "Operation ID 'get_job' for"),
    ("one_described_tag", _set(tags=["image", "jobs"]), "exactly one tag, holds 2"),
    ("one_described_tag", _set(tags=["pictures"]), "does not describe the tag 'pictures'"),
    ("says_what_it_is_for", _set(summary="No full stop"), "one sentence"),
    ("says_what_it_is_for", _drop("x-krea-captured"), "needs x-krea-captured"),
    (
        "bodies_are_required_and_named",
        lambda part: part.operation["requestBody"].pop("required"),
        "needs required: true",
    ),
    (
        "bodies_are_required_and_named",
        lambda part: part.document["components"]["schemas"]["ZImageRequest"].pop("additionalProperties"),
        "needs additionalProperties: false",
    ),
    (
        "bodies_are_required_and_named",
        lambda part: part.operation["requestBody"]["content"]["application/json"].update(schema={"type": "object"}),
        "ends in Request",
    ),
    (
        "statuses_are_exact_and_one_is_success",
        lambda part: part.operation["responses"].update({"4XX": {"description": "No."}}),
        "one exact status",
    ),
    ("refusals_are_listed", lambda part: part.operation["responses"].pop("401"), "needs 401"),
    ("refusals_are_listed", lambda part: part.operation["responses"].pop("429"), "needs 429"),
    (
        "refusals_are_listed",
        lambda part: part.document["paths"]["/jobs/{id}"]["get"]["responses"].pop("404"),
        "needs 404, for an id that is not known",
    ),
    (
        "answers_are_components",
        lambda part: part.document["components"]["responses"]["SubmittedJob"]["content"]["application/json"].update(
            schema={}
        ),
        "must refer to a component",
    ),
    (
        "parameters_speak_plainly",
        lambda part: part.document["components"]["parameters"]["WebhookUrl"].pop("description"),
        "needs a description",
    ),
    (
        "parameters_speak_plainly",
        lambda part: part.document["components"]["parameters"]["JobId"].update(explode=False),
        "explode",
    ),
    ("objects_and_enums_have_names", _add("size", text(enum=["1K"])), "make it a component"),
    (
        "components_are_named_like_classes",
        lambda part: part.document["components"]["schemas"].update(z_image={"type": "string"}),
        "PascalCase",
    ),
    (
        "components_are_used",
        lambda part: part.document["components"]["schemas"].update(Left={"type": "string"}),
        "refers to it",
    ),
    ("statuses_are_exact_and_one_is_success", lambda part: part.operation["responses"].pop("200"), "needs a success"),
    ("security_is_defined", lambda part: part.document["components"].pop("securitySchemes"), "has no bearerAuth"),
    ("schemas_say_what_they_are", _add("size", {"description": "Anything."}), "needs a type"),
    ("schemas_say_what_they_are", _add("size", {"type": "object", "description": "x"}), "needs properties"),
    ("schemas_say_what_they_are", _add("size", {"type": "array", "description": "x"}), "needs items"),
    ("schemas_say_what_they_are", _add("size", text(format="url")), "is none of binary, date"),
    ("schemas_use_known_words", _add("size", text(**{"in pixels.": None})), "quote the text that it belongs to"),
    (
        "a_union_has_one_list",
        _add(
            "size", {"description": "x", "anyOf": [{"type": "array", "items": text()}, {"type": "array", "items": {}}]}
        ),
        "one list whose items are a union",
    ),
    ("components_are_named_like_classes", _rename("ZImageResolution", "Error"), "generated code has already"),
    ("one_described_tag", _set(tags=["3d"]), "words in snake_case"),
    (
        "required_fields_exist",
        lambda part: part.document["components"]["schemas"]["StyleImage"]["required"].append("weight"),
        "weight is not among the properties",
    ),
    ("defaults_are_valid", lambda part: part.fields["resolution"].update(default="2K"), "'2K' is not one of"),
    ("no_titles", _add("size", text(title="Size")), "remove it"),
    ("no_bare_null", _add("size", {"type": "null", "description": "Nothing."}), "say what else"),
    ("enums_are_strings_or_integers", _add("size", text(enum=["a", None])), "only strings or only integers"),
    ("enums_are_strings_or_integers", _add("size", {"enum": [0.5, 1.5], "description": "x"}), "only strings or"),
    ("no_union_of_constants", _add("size", text(anyOf=[{"const": "a"}, {"const": "b"}])), "write one enum"),
    ("constants_are_strings", _add("size", {"const": 5, "description": "Five."}), "enum with one value"),
    ("fields_are_plain_names", _add("aspectRatio", text()), "must be snake_case"),
    ("fields_are_plain_names", _add("to_dict", text()), "shadows a method"),
    ("fields_are_described", _add("size", {"type": "string"}), "needs a description"),
    (
        "answers_are_open",
        lambda part: part.document["components"]["schemas"]["Job"].update(additionalProperties=False),
        "leave it out of answers",
    ),
    ("no_random_defaults", _add("seed", {"type": "number", "description": "x", "default": 7}), "random"),
    ("extensions_are_known", _extend("prise", 1), "is not one of"),
    ("shaped_as_expected", _extend("typical-seconds", 0), "0 is less than"),
    ("shaped_as_expected", _alias("oldSeed", "seed", "June"), "'June' does not match"),
    (
        "media_are_strings",
        _add("size", {"type": "array", "items": {"type": "string"}, "x-krea-media": True, "description": "x"}),
        "belongs on a string",
    ),
    ("old_names_lead_somewhere", _alias("oldSeed", "sead"), "sead is neither a field"),
    ("old_names_lead_somewhere", _alias("prompt", "seed"), "prompt is a field"),
    ("old_names_lead_somewhere", _alias("width", "seed"), "width is listed twice"),
    (
        "gone_models_are_gone",
        lambda part: part.document["x-krea-gone-models"][0].update(model="image/z-image/z-image"),
        "has an operation",
    ),
]


def test_the_specification_is_clean(full_bundle: Bundle) -> None:
    assert lint.findings(full_bundle) == []


def test_the_few_that_are_broken_here_are_clean_before(bundled: Bundle) -> None:
    assert lint.findings(bundled) == []


@pytest.mark.parametrize(
    ("rule", "change", "message"), VIOLATIONS, ids=[f"{rule}-{words}" for rule, _, words in VIOLATIONS]
)
def test_a_rule_finds_what_breaks_it(bundled: Bundle, part: Any, rule: str, change: Change, message: str) -> None:
    change(part)
    findings = [line for line in lint.findings(bundled.of(part.document)) if line.endswith(f"[{rule}]")]
    assert any(message in line for line in findings), findings


def test_every_rule_has_a_failing_example() -> None:
    assert {rule.__name__ for rule in lint.RULES} == {rule for rule, _, _ in VIOLATIONS}


def test_every_known_extension_is_described_and_no_other() -> None:
    described = re.findall(r"^\| `(x-krea-[a-z-]+)`", (SPEC / "EXTENSIONS.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(KNOWN)


def test_a_finding_names_file_line_and_address(bundled: Bundle, document: dict[str, Any]) -> None:
    document["components"]["schemas"]["ZImageRequest"]["properties"]["seed"]["title"] = "Seed"
    (line,) = lint.findings(bundled.of(document))
    assert line.startswith("spec/operations/image/z-image.yaml:")
    assert " components.schemas.ZImageRequest.properties.seed.title: " in line
