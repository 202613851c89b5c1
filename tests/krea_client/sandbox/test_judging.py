"""Requests are judged by the document alone: bodies, deprecated names by date, query parameters, tokens, paths."""

import json
from typing import Any

import pytest

from krea_client.sandbox import Sandbox

from ... import facts
from .conftest import GOOD, GPT, Z_IMAGE, Caller, read

STRONGEST = facts.bound("z-image/z-image", "denoising_strength", "maximum")
OLD = {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"}


def refused_fields(caller: Caller, body: dict[str, Any], path: str = Z_IMAGE) -> dict[str, str]:
    refused = caller.post(body, path)
    assert refused.status == 422, refused.body
    return {detail["field"]: detail["message"] for detail in read(refused)["details"]}


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"aspect_ratio": "5:4"}, "aspect_ratio", "one of"),
        ({"prompt": 7}, "prompt", "string"),
        ({"denoising_strength": STRONGEST + 0.5}, "denoising_strength", f"maximum of {STRONGEST}"),
        ({"styles": [{"id": "a", "strength": 3}]}, "styles[0].strength", "maximum of 2"),
        ({"styles": [{"id": "a"}]}, "styles[0].strength", "required"),
        ({"style_images": [{"strength": 1}, {"strength": 1}]}, "style_images", "too long"),
        ({"image_url": "not a url"}, "image_url", "uri"),
        ({"seed": "12"}, "seed", "number"),
        ({"skip_prompt_expansion": 1}, "skip_prompt_expansion", "boolean"),
        ({"batchSize": 1}, "batchSize", "not a field"),
    ],
)
def test_what_the_document_refuses_is_named_with_its_place(
    caller: Caller, change: dict[str, Any], field: str, word: str
) -> None:
    fields = refused_fields(caller, GOOD | change)
    assert list(fields) == [field]
    assert word in fields[field]


def test_everything_wrong_is_told_at_once(caller: Caller) -> None:
    assert set(refused_fields(caller, {"seed": True, "nope": 1})) == {
        "prompt",
        "aspect_ratio",
        "resolution",
        "seed",
        "nope",
    }


def test_a_refusal_never_repeats_a_long_value(caller: Caller) -> None:
    assert len(refused_fields(caller, GOOD | {"image_url": "x" * 10_000})["image_url"]) <= 300


@pytest.mark.parametrize("url", ["https://example.com/a.png", "data:image/png;base64," + "A" * 5000, None])
def test_media_may_be_a_url_or_a_data_uri_of_any_length(caller: Caller, url: str | None) -> None:
    assert caller.post(GOOD | {"image_url": url}).status == 200


def test_a_long_url_is_refused_where_the_document_bounds_it(caller: Caller) -> None:
    long = "https://example.com/" + "a" * 1024
    assert "image_urls[0]" in refused_fields(caller, {"prompt": "x", "image_urls": [long]}, GPT)
    assert caller.post({"prompt": "x", "image_urls": ["data:image/png;base64," + "A" * 5000]}, GPT).status == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"prompt": NaN}', b"\xff\xfe\xfa", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_400(caller: Caller, body: bytes) -> None:
    refused = caller.call("POST", Z_IMAGE, body)
    assert refused.status == 400
    assert isinstance(read(refused)["error"], str)


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        ("2025-12-01", True),
        ("2026-06-18T23:59:59", True),
        ("2026-06-19T01:59:59+02:00", True),
        ("2026-06-19", False),
        ("2026-06-19T02:00:00+02:00", False),
        ("2026-11-20", False),
    ],
)
def test_old_names_are_good_until_their_day_begins_in_utc(
    box: Sandbox, caller: Caller, moment: str, accepted: bool
) -> None:
    box.date = moment
    answered = caller.post(OLD)
    assert answered.status == (200 if accepted else 422)
    if not accepted:
        messages = {detail["field"]: detail["message"] for detail in read(answered)["details"]}
        assert set(messages) == {"aspectRatio", "aspect_ratio"}


def test_the_ledger_keeps_the_body_as_it_came(box: Sandbox, caller: Caller) -> None:
    box.date = "2026-01-01"
    caller.post(OLD)
    assert box.ledger[0].body == json.dumps(OLD).encode()
    assert box.ledger[0].fields == OLD


def test_an_old_name_beside_its_new_one_is_refused(box: Sandbox, caller: Caller) -> None:
    box.date = "2026-01-01"
    assert set(refused_fields(caller, OLD | {"aspect_ratio": "1:1"})) == {"aspectRatio"}


def test_an_old_name_of_another_model_is_unknown(box: Sandbox, caller: Caller) -> None:
    box.date = "2026-01-01"
    assert set(refused_fields(caller, {"prompt": "x", "presetStyles": []}, GPT)) == {"presetStyles"}


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc"])
def test_without_a_token_nothing_is_answered(box: Sandbox, header: str | None) -> None:
    caller = Caller(box, {} if header is None else {"authorization": header})
    for answered in (caller.post(GOOD), caller.get("/jobs"), caller.get("/nowhere")):
        assert answered.status == 401
        assert read(answered)["message"] == read(answered)["error"]
    assert box.ledger == []


def test_only_the_given_tokens_are_let_in() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, tokens={"right"})
    assert Caller(box, {"authorization": "Bearer wrong"}).get("/jobs").status == 401
    assert Caller(box, {"authorization": "bearer right"}).get("/jobs").status == 200


def test_paths_and_methods_that_are_not_served(caller: Caller) -> None:
    nowhere = caller.post({}, "/generate/image/nobody/<knows>")
    assert (nowhere.status, nowhere.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"<knows>" not in nowhere.body
    wrong = caller.get(Z_IMAGE)
    assert (wrong.status, wrong.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("url", ["ftp://example.com/x", "example.com", "http://", "http://[", ""])
def test_a_webhook_address_must_be_one(caller: Caller, url: str) -> None:
    refused = caller.post(GOOD, x_webhook_url=url)
    assert refused.status == 422
    assert read(refused)["details"][0]["field"] == "X-Webhook-URL"


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=ten", "status=done", "cursor=yesterday"])
def test_query_parameters_that_the_document_refuses_are_400(caller: Caller, query: str) -> None:
    refused = caller.get(f"/jobs?{query}")
    assert refused.status == 400
    assert read(refused)["error"].startswith(query.partition("=")[0] + ": ")


def test_the_request_log_hides_the_token(box: Sandbox, caller: Caller) -> None:
    caller.submit()
    [request] = box.requests
    assert (request.method, request.path, request.headers["authorization"]) == ("POST", Z_IMAGE, "Bearer ***")
    assert "t0ken" not in repr(box.requests)
