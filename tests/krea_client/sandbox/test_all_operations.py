"""Every operation is played; every model's own example goes from submission to files of the right kind."""

import json
from collections import Counter
from typing import Any

import pytest

from krea_client.sandbox import Sandbox, file_serving
from krea_client.sandbox.api_document import ApiOperation, installed
from krea_client.sandbox.handlers import by_operation_id
from krea_client.sandbox.http_messages import Request

from ... import facts
from .conftest import Caller, path_of, read
from .test_documented_answers import CONTENT, assert_documented

OPERATIONS = [
    operation
    for operations in (
        *installed().fixed.values(),
        *(operations_of_path for _, operations_of_path in installed().templates),
    )
    for operation in operations.values()
]
MODELS = [operation for operation in OPERATIONS if operation.path.startswith("/generate/")]
KINDS = {"image": {"png"}, "video": {"mp4"}, "audio": {"wav"}, "3d": {"glb", "png"}, "enhance": {"png", "mp4"}}


def example(operation: ApiOperation) -> dict[str, Any]:
    media = CONTENT["paths"][operation.path]["post"]["requestBody"]["content"]["application/json"]
    value: dict[str, Any] = media["example"] if "example" in media else next(iter(media["examples"].values()))["value"]
    return value


def test_every_operation_has_a_desk() -> None:
    platform_ids = {operation.operation_id for operation in OPERATIONS} - {model.operation_id for model in MODELS}
    assert set(by_operation_id()) == platform_ids


@pytest.mark.parametrize("operation", MODELS, ids=lambda operation: operation.operation_id)
def test_every_model_gets_from_its_example_to_its_files(operation: ApiOperation) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, balance=1000)
    caller = Caller(box)
    response = caller.post(example(operation), operation.path)
    assert_documented(operation, response)
    assert response.status == 200
    assert ("deprecation" in response.headers) is operation.deprecated
    box.advance(10_000)
    job_response = caller.get(f"/jobs/{read(response)['job_id']}")
    assert_documented(installed().methods("/jobs/x")["GET"], job_response)
    urls = read(job_response)["result"]["urls"]
    paths = [path_of(url if isinstance(url, str) else url["url"]) for url in urls]
    assert {path.rpartition(".")[2] for path in paths} <= KINDS[operation.model.partition("/")[0]]
    # Found, not made: drawing 119 results would take a minute.
    assert all(callable(file_serving.found(box.machine.account, Request("GET", path))) for path in paths)


def test_enhanced_films_are_films_and_enhanced_pictures_pictures() -> None:
    endings: Counter[str] = Counter()
    for operation in MODELS:
        if operation.model.startswith("enhance/"):
            caller = Caller(Sandbox(date="2026-11-20", time_scale=0, balance=1000))
            job = read(caller.post(example(operation), operation.path))["job_id"]
            caller.box.advance(10_000)
            [url] = read(caller.get(f"/jobs/{job}"))["result"]["urls"]
            assert ("video_url" in operation.fields) is url.endswith(".mp4")
            endings[url.rpartition(".")[2]] += 1
    assert endings == {"mp4": 9, "png": 9}


@pytest.mark.parametrize(
    ("file_format", "ending", "marks"),
    [("png", "png", b"\x89PNG"), ("jpg", "jpg", b"\xff\xd8"), ("webp", "webp", b"RIFF")],
)
def test_a_picture_comes_in_the_format_asked_for(caller: Caller, file_format: str, ending: str, marks: bytes) -> None:
    bloom = "/generate/enhance/topaz/bloom-enhance"
    fields = example(installed().methods(bloom)["POST"]) | {"output_format": file_format, "width": 64, "height": 48}
    job = read(caller.post(fields, bloom))["job_id"]
    caller.box.advance(600)
    [url] = read(caller.get(f"/jobs/{job}"))["result"]["urls"]
    assert url.endswith(f".{ending}")
    assert caller.get(path_of(url)).body.startswith(marks)


def test_a_film_and_a_sound_are_served(caller: Caller) -> None:
    first_bytes = {}
    for path, fields in (
        ("/generate/video/xai/grok-video", {"duration": 1, "resolution": "480p"}),
        ("/generate/audio/elevenlabs/music", {"music_length_ms": 3000}),
    ):
        job = read(caller.post(example(installed().methods(path)["POST"]) | fields, path))["job_id"]
        caller.box.advance(600)
        [url] = read(caller.get(f"/jobs/{job}"))["result"]["urls"]
        served = caller.get(path_of(url))
        first_bytes[served.headers["content-type"]] = served.body[:12]
    assert first_bytes["video/mp4"][4:12] == b"ftypisom"
    assert first_bytes["audio/wav"][:4] == b"RIFF"


def test_a_pillow_that_makes_no_films_is_told_of(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/generate/video/xai/grok-video"
    job = read(caller.post(example(installed().methods(path)["POST"]), path))["job_id"]
    caller.box.advance(600)
    monkeypatch.setattr("PIL.features.check", lambda feature: feature != "avif")
    refused = caller.get(f"/videos/{job}.mp4")
    assert refused.status == 501
    assert "pillow>=11.3" in read(refused)["error"]


def test_a_sound_shows_no_preview_and_a_film_a_small_picture(caller: Caller) -> None:
    music, film = "/generate/audio/elevenlabs/music", "/generate/video/runway/gen-4.5"
    for path, count in ((music, 0), (film, 1)):
        fields = example(installed().methods(path)["POST"]) | {"prompt": "[sandbox:seconds=100]"}
        job = read(caller.post(fields, path))["job_id"]
        caller.box.advance(90)
        job_document = read(caller.get(f"/jobs/{job}"))
        assert job_document["status"] == "intermediate-complete"
        previews = job_document["result"].get("urls", [])
        assert len(previews) == count
        assert [caller.get(path_of(url)).status for url in previews] == [200] * count
        assert caller.get(f"/images/{job}/preview.png").status == (200 if count else 404)


def test_a_text_anywhere_in_the_request_steers_its_job(caller: Caller) -> None:
    path = "/generate/enhance/topaz/bloom-enhance"
    fields = example(installed().methods(path)["POST"]) | {"prompt": "x [sandbox:nsfw]"}
    job = read(caller.post(fields, path))["job_id"]
    caller.box.advance(600)
    assert read(caller.get(f"/jobs/{job}"))["error"]["code"] == "nsfw"


def test_fields_that_exclude_each_other(caller: Caller) -> None:
    path, picture = "/generate/video/bytedance/seedance-2", "https://example.com/a.png"
    fields = example(installed().methods(path)["POST"])
    refused = caller.post(fields | {"end_image": picture, "reference_images": [picture]}, path)
    assert refused.status == 422
    messages = {problem["field"]: problem["message"] for problem in read(refused)["details"]}
    assert messages == {"reference_images": "cannot be given together with end_image"}
    for allowed in ({"end_image": picture, "reference_images": []}, {"reference_images": [picture]}):
        assert caller.post(fields | allowed, path).status == 200


def published(model: str) -> ApiOperation:
    return installed().methods(f"/generate/{model}")["POST"]


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("image/google/nano-banana-2", {"resolution": "2K"}),
        ("image/krea/krea-2/medium", {"moodboards": [{}], "image_style_references": [{}]}),
        ("image/krea/krea-2/medium", {"moodboards": []}),
        ("video/runway/gen-4.5", {"duration": 10}),
        ("video/runway/gen-4.5", {}),
        ("video/kling/kling-3.0", {"mode": "pro", "duration": 3}),
        ("video/minimax/h3-max-turbo", {"resolution": "1080p", "duration": 5}),
        ("image/luma/uni-1", {}),
    ],
)
def test_prices_follow_the_document(model: str, fields: dict[str, Any]) -> None:
    assert published(model).price(fields) == pytest.approx(facts.price(model, **fields))


@pytest.mark.parametrize(
    ("model", "fields"),
    [("video/minimax/hailuo-2.3", {"resolution": "768p", "duration": 7}), ("image/openai/gpt-image-2", {})],
)
def test_an_unpublished_price_is_none(model: str, fields: dict[str, Any]) -> None:
    assert published(model).price(fields) is None


def test_the_bill_follows_the_request(caller: Caller) -> None:
    path = "/generate/video/runway/gen-4.5"
    caller.post(example(published("video/runway/gen-4.5")) | {"duration": 10}, path)
    caller.box.advance(600)
    price = facts.price("runway/gen-4.5", duration=10)
    assert (caller.box.ledger[0].billed, caller.box.balance) == (price, pytest.approx(10 - price))


def test_default_sizes_yield_to_the_shape_that_is_asked_for(caller: Caller) -> None:
    """Seen with models that have both: defaults for width and height, and an aspect ratio."""
    operation = next(model for model in MODELS if model.fields.keys() >= {"width", "height", "aspect_ratio"})
    fields = {"aspect_ratio": operation.fields["aspect_ratio"]["enum"][0]}
    body = json.dumps(example(operation) | fields).encode()
    job = read(caller.call("POST", operation.path, body))["job_id"]
    stored = caller.box.machine.job_store.find(job)
    assert stored is not None
    recipe = json.loads(file_serving._recipe(stored, ""))[2]
    assert recipe["aspect_ratio"] == fields["aspect_ratio"]
    assert all(name in json.loads(body) or name not in recipe for name in ("width", "height"))
