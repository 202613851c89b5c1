"""The generated classes: nothing is sent that was not given, and no answer breaks them."""

import copy
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from krea_api import models
from krea_api.api.video import generate_kling_1
from krea_api.types import UNSET

from ... import facts

REQUIRED = {"prompt": "a", "aspect_ratio": "1:1", "resolution": "1K"}


def test_a_request_sends_what_was_given_and_no_default() -> None:
    request = models.ZImageRequest(prompt="a", aspect_ratio="1:1", resolution="1K")
    assert request.to_dict() == REQUIRED
    assert models.GptImage2Request(prompt="a").to_dict() == {"prompt": "a"}


def test_none_is_a_value_and_unset_is_not() -> None:
    request = models.ZImageRequest(prompt="a", aspect_ratio="1:1", resolution="1K", image_url=None, seed=UNSET)
    assert request.to_dict() == {**REQUIRED, "image_url": None}


def test_a_request_survives_the_way_there_and_back() -> None:
    body = {
        **REQUIRED,
        "seed": 7,
        "denoising_strength": 0.5,
        "styles": [{"id": "s", "strength": -1}],
        "skip_prompt_expansion": True,
        "image_url": "https://example.com/a.png",
        "style_images": [{"url": "https://example.com/b.png", "strength": 0.5, "new": 1}],
    }
    assert models.ZImageRequest.from_dict(body).to_dict() == body


@pytest.mark.parametrize("unknown", ["aspectRatio", "batch_size", "additional_properties"])
def test_a_closed_request_takes_no_unknown_name(unknown: str) -> None:
    with pytest.raises(TypeError, match=unknown):
        models.ZImageRequest(**REQUIRED, **{unknown: 1})  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_copied_or_pickled_request_sends_the_same(again: Any) -> None:
    request = models.ZImageRequest(prompt="a", aspect_ratio="1:1", resolution="1K")
    assert again(request).to_dict() == REQUIRED
    assert again(UNSET) is UNSET


JOB = {"job_id": "j", "status": "completed", "created_at": "2026-10-09T12:00:00Z"}


def test_a_finished_job_is_read_whole() -> None:
    answer = {**JOB, "completed_at": "2026-10-09T12:00:05.5Z", "result": {"urls": ["https://example.com/a.png"]}}
    job = models.Job.from_dict(answer)
    assert job.created_at == datetime(2026, 10, 9, 12, tzinfo=UTC)
    assert isinstance(job.result, models.JobResult)
    assert job.result.urls == ["https://example.com/a.png"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "reticulating"},
        {"status": None},
        {"status": 7},
        {"created_at": None, "completed_at": None, "result": None, "error": None},
        {"created_at": "yesterday"},
        {"job_id": "not-a-uuid"},
        {"result": {}},
        {"result": {"urls": None, "style_id": None}},
        {"result": {"urls": [{"type": "model", "url": "u"}, "https://example.com/b"]}},
        {"result": {"urls": {"out": ["u"], "other": "u"}}},
        {"result": {"error": "no"}},
        {"result": {"error": {"code": "nsfw", "message": None}}},
        {"result": ["?"]},
        {"error": "?"},
        {"type": "image", "tomorrow": {"a": [1]}},
    ],
    ids=str,
)
def test_an_odd_answer_is_still_a_job_and_nothing_of_it_is_lost(change: dict[str, Any]) -> None:
    answer = {**JOB, **change}
    back = models.Job.from_dict(answer).to_dict()
    assert back.pop("created_at") in (answer.pop("created_at"), "2026-10-09T12:00:00+00:00")
    assert back == answer


def test_only_the_id_is_needed() -> None:
    assert models.Job.from_dict({"job_id": "j"}).status is UNSET


def test_files_of_a_3d_result_and_outputs_of_a_node_app_are_told_apart() -> None:
    three_d = models.JobResult.from_dict({"urls": [{"type": "model", "url": "u"}]})
    assert isinstance(three_d.urls, list)
    assert isinstance(three_d.urls[0], models.JobFile)
    app = models.JobResult.from_dict({"urls": {"out": "u"}})
    assert isinstance(app.urls, models.JobUrlMap)
    assert app.urls["out"] == "u"


def test_docstrings_say_what_types_cannot() -> None:
    text = " ".join((models.ZImageRequest.__doc__ or "").split())
    field = facts.fields("z-image/z-image")["denoising_strength"]
    scale = f"{field['minimum']} to {field['maximum']}. Server default: {field['default']}."
    assert f"denoising_strength (float | Unset): {field['description']} {scale}" in text
    assert "Source: https://docs.krea.ai/api-reference/image/z-image" in text


def test_what_is_deprecated_says_so() -> None:
    assert "Deprecated: the documentation lists the operation no more." in (models.Kling1Request.__doc__ or "")
    assert "Deprecated: " not in (models.Kling30Request.__doc__ or "")
    assert "Deprecated: the documentation lists it no more." in (generate_kling_1.sync.__doc__ or "")
    assert "generate_audio (bool | Unset): " in (text := " ".join((models.Seedance2Request.__doc__ or "").split()))
    assert "Deprecated." in text.partition("generate_audio (bool | Unset): ")[2].partition(" | Unset): ")[0]


def test_fields_that_wait_for_others_say_so() -> None:
    text = " ".join((models.TopazVideoUpscaleRequest.__doc__ or "").split())
    assert "Matters only when enhancement_parameters is Manual." in text
    assert "Depends on enhancement_video_type: ahq-12, " in text
