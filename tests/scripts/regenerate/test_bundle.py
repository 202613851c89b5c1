from collections.abc import Callable
from typing import Any

import pytest

from regenerate.problems import GenerationFailed

Bundled = Callable[..., dict[str, Any]]
SHARED = "components: {schemas: {Job: {type: object}}}\nx-common: {'200': {$ref: '#/components/schemas/Job'}}\n"


def test_a_component_of_another_file_stays_a_reference(files_bundled: Bundled) -> None:
    document = files_bundled(shared=SHARED, op="paths: {/jobs: {get: {$ref: 'shared.yaml#/components/schemas/Job'}}}")
    assert document["paths"]["/jobs"]["get"] == {"$ref": "#/components/schemas/Job"}
    assert document["components"]["schemas"] == {"Job": {"type": "object"}}


def test_anything_else_is_put_in_place_with_what_stands_beside_on_top(files_bundled: Bundled) -> None:
    document = files_bundled(
        shared=SHARED, op="paths: {/jobs: {get: {responses: {$ref: 'shared.yaml#/x-common', '201': {description: x}}}}}"
    )
    assert document["paths"]["/jobs"]["get"]["responses"] == {
        "200": {"$ref": "#/components/schemas/Job"},
        "201": {"description": "x"},
    }
    assert "x-common" not in document


def test_a_field_may_be_called_ref(files_bundled: Bundled) -> None:
    document = files_bundled(a="components: {schemas: {A: {properties: {$ref: {type: string}}}}}")
    assert document["components"]["schemas"]["A"]["properties"] == {"$ref": {"type": "string"}}


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (
            {"a": "paths:\n  /a:\n    $ref: b.yaml#/x\n"},
            "spec/a.yaml:2: b.yaml#/x points at spec/b.yaml, which does not exist",
        ),
        ({"a": "x-a: {}\npaths: {/a: {$ref: '#/x-a/b'}}"}, "spec/a.yaml:2: #/x-a/b: spec/a.yaml has no x-a.b"),
        ({"a": "x-a: {b: {$ref: '#/x-a'}}\npaths: {/a: {$ref: '#/x-a'}}"}, "spec/a.yaml:1: #/x-a contains itself"),
        (
            {"a": SHARED, "b": "\n" + SHARED},
            "spec/b.yaml:2: components.schemas.Job is already defined in spec/a.yaml; keep one",
        ),
        ({"a": "paths: {}\nservers: []\n"}, "spec/a.yaml:2: only openapi.yaml may have 'servers'"),
    ],
    ids=["no file", "no place", "endless", "twice", "alien member"],
)
def test_what_cannot_be_bundled_is_refused_with_its_line(
    files_bundled: Bundled, files: dict[str, str], complaint: str
) -> None:
    with pytest.raises(GenerationFailed) as excinfo:
        files_bundled(**files)
    assert str(excinfo.value).startswith(complaint)


def test_components_stand_in_one_order_whatever_the_files(files_bundled: Bundled) -> None:
    two = files_bundled(a="components: {schemas: {B: {}}}", b="components: {schemas: {A: {}}, parameters: {P: {}}}")
    single = files_bundled(a="components: {parameters: {P: {}}, schemas: {A: {}, B: {}}}")
    assert list(two["components"]) == ["parameters", "schemas"]
    assert two == single
    assert list(two["components"]["schemas"]) == ["A", "B"]
