"""`Sandbox(document=...)`: the models of another document are played beside the known ones."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from krea_client.sandbox import Request, Sandbox

from .._spec.published import MODEL, NEW, Document, body, bundled_document, operation, with_new_model


def post(box: Sandbox, model: str, fields: dict[str, object]) -> tuple[int, str]:
    headers = {"authorization": "Bearer t", "content-type": "application/json"}
    answer = box.answer(Request("POST", f"/generate/{model}", headers=headers, body=json.dumps(fields).encode()))
    return answer.status, answer.body.decode()


@pytest.mark.parametrize("as_file", [False, True])
def test_a_new_model_is_played_and_judged_by_its_own_schema(tmp_path: Path, as_file: bool) -> None:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(with_new_model()))
    box = Sandbox(document=file if as_file else with_new_model(), time_scale=0, date="2026-11-29")
    assert post(box, NEW, {"prompt": "a fox", "size": "1k", "imageUrls": []})[0] == 200
    status, text = post(box, NEW, {"prompt": "a fox", "size": "3k"})
    assert status == 422
    assert "size" in text
    assert box.jobs[0]["status"] in ("queued", "backlogged", "scheduled", "processing")


def by_reference(document: Document) -> None:
    document["components"]["pathItems"] = {"New": document["paths"][f"/generate/{NEW}"]}
    document["paths"][f"/generate/{NEW}"] = {"$ref": "#/components/pathItems/New"}


def with_charset(document: Document) -> None:
    content = operation(document, NEW)["requestBody"]["content"]
    content["application/json; charset=utf-8"] = content.pop("application/json")


def with_an_end_at_a_time(document: Document) -> None:
    operation(document, NEW)["x-krea-deprecated-field-aliases"][0]["sunset_date"] += "T00:00:00Z"


def with_a_deprecated_name_that_is_still_a_field(document: Document) -> None:
    row = {"from": "size", "to": "resolution", "sunset_date": "2027-01-31"}
    operation(document, NEW)["x-krea-deprecated-field-aliases"].append(row)


@pytest.mark.parametrize(
    "change",
    [
        by_reference,
        with_charset,
        with_an_end_at_a_time,
        with_a_deprecated_name_that_is_still_a_field,
        lambda document: body(document, NEW)["properties"].update(old=False),
    ],
    ids=["by reference", "charset", "a time", "a field still", "a field that must not be given"],
)
def test_honest_ways_of_writing_a_document_are_played(change: Callable[[Document], None]) -> None:
    document = with_new_model()
    change(document)
    box = Sandbox(document=document, time_scale=0, date="2026-11-29")
    assert post(box, NEW, {"prompt": "a fox", "size": "1k", "imageUrls": []})[0] == 200
    assert post(box, NEW, {"prompt": "a fox", "size": "3k"})[0] == 422


def test_known_models_keep_their_price_and_take_the_new_bounds() -> None:
    document = with_new_model(bundled_document())
    request = document["components"]["schemas"]["ZImageRequest"]
    request["properties"]["denoising_strength"]["maximum"] = 0.5
    box = Sandbox(document=document, time_scale=0)
    fields = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
    assert post(box, MODEL, {**fields, "denoising_strength": 0.7})[0] == 422
    assert post(box, MODEL, fields)[0] == 200
    box.advance(1_000)
    assert box.totals == plain_totals(fields)


def plain_totals(fields: dict[str, object]) -> object:
    box = Sandbox(time_scale=0)
    post(box, MODEL, fields)
    box.advance(1_000)
    return box.totals


def test_the_published_document_has_the_new_model_and_an_etag() -> None:
    box = Sandbox(document=with_new_model(), time_scale=0)
    answer = box.answer(Request("GET", "/openapi.json"))
    assert body(json.loads(answer.body), NEW)["properties"]["size"] == {"type": "string", "enum": ["1k", "2k"]}
    again = box.answer(Request("GET", "/openapi.json", headers={"if-none-match": answer.headers["etag"]}))
    assert (again.status, again.body) == (304, b"")
    assert Sandbox().answer(Request("GET", "/openapi.json")).headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize(
    "document", [{}, {"paths": 7}, {"paths": {f"/generate/{NEW}": {"post": {"$ref": "#/components/x/y"}}}}]
)
def test_what_cannot_be_played_is_an_error(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot be played"):
        Sandbox(document=document)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read as JSON"):
        Sandbox(document=tmp_path / "no.json")
