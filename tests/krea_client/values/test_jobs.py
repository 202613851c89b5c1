"""A job is read from whatever the API gives, never changes, and can be kept, compared and sent elsewhere."""

import copy
import dataclasses
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from krea_client.errors import JobFailed
from krea_client.jobs import Job, JobError, RunResult

FULL_DOCUMENT: dict[str, Any] = {
    "job_id": "j1",
    "status": "completed",
    "created_at": "2026-11-20T12:00:00.000Z",
    "completed_at": "2026-11-20T13:01:00+01:00",
    "result": {"urls": ["https://gen.krea.ai/1.png", "https://gen.krea.ai/2.png"], "style_id": None},
    "error": None,
    "type": "image",
}


def read(**document: Any) -> Job:
    return Job.from_dict({"job_id": "j1", **document})


def test_a_whole_job() -> None:
    job = Job.from_dict(FULL_DOCUMENT)
    assert (job.id, job.status, job.finished, job.succeeded) == ("j1", "completed", True, True)
    assert job.created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert job.completed_at == datetime(2026, 11, 20, 13, 1, tzinfo=timezone(timedelta(hours=1)))
    assert job.urls == ["https://gen.krea.ai/1.png", "https://gen.krea.ai/2.png"]
    assert (job.error, job.style_id) == (None, None)
    assert job.raw == FULL_DOCUMENT


def test_an_id_is_enough() -> None:
    job = read()
    assert (job.status, job.created_at, job.completed_at, job.error, job.urls) == ("", None, None, None, [])
    assert not job.finished
    assert not job.succeeded


@pytest.mark.parametrize("job_id", [None, "", 7, ["j1"], {}, True])
def test_no_id_is_no_job(job_id: object) -> None:
    with pytest.raises(ValueError, match="it has no job_id"):
        Job.from_dict({**FULL_DOCUMENT, "job_id": job_id})


@pytest.mark.parametrize(
    ("status", "finished", "succeeded"),
    [
        ("completed", True, True),
        ("failed", True, False),
        ("cancelled", True, False),
        ("canceled", False, False),
        ("Completed", False, False),
        ("queued", False, False),
        ("never-seen-before", False, False),
        (None, False, False),
        (7, False, False),
    ],
)
def test_only_three_words_end_a_job(status: object, finished: bool, succeeded: bool) -> None:
    job = read(status=status)
    assert (job.finished, job.succeeded) == (finished, succeeded)


@pytest.mark.parametrize("name", ["status", "created_at", "completed_at", "result", "error"])
@pytest.mark.parametrize("value", [None, 7, True, [], {}, "", [[]], {"urls": 7}, {"a": {}}])
def test_no_strange_value_breaks_the_reading(name: str, value: object) -> None:
    job = Job.from_dict({**FULL_DOCUMENT, name: value})
    assert job.id == "j1"
    assert job.raw[name] == value
    assert repr(job)


@pytest.mark.parametrize(
    ("result", "urls"),
    [
        ({"urls": ["u1", "u2"]}, ["u1", "u2"]),
        ({"urls": [{"type": "model", "url": "u1"}, {"type": "preview", "url": "u2"}]}, ["u1", "u2"]),
        ({"urls": {"b": "u1", "a": ["u2", "u3"], "c": {"url": "u4"}}}, ["u1", "u2", "u3", "u4"]),
        ({"urls": ["u1", None, "", 7, {"url": None}, {}, [], ["u2"]]}, ["u1", "u2"]),
        ({"urls": "u1"}, ["u1"]),
        ({"urls": {}}, []),
        ({"urls": None}, []),
        ({}, []),
        (None, []),
        ("u1", []),
    ],
)
def test_addresses_are_found_in_every_seen_shape_and_in_order(result: object, urls: list[str]) -> None:
    assert read(result=result).urls == urls


def test_many_addresses_are_read_in_no_time() -> None:
    urls = [f"u{number}" for number in range(50_000)]
    assert read(result={"urls": urls}).urls == urls


@pytest.mark.parametrize(
    ("document", "error", "message"),
    [
        ({"error": {"code": "nsfw", "message": "no"}}, JobError("nsfw", "no"), "nsfw: no"),
        ({"result": {"error": {"code": "nsfw", "message": "no"}}}, JobError("nsfw", "no"), "nsfw: no"),
        ({"error": None, "result": {"error": "no"}}, JobError(None, "no"), "no"),
        ({"error": "no"}, JobError(None, "no"), "no"),
        ({"error": {"code": "internal"}}, JobError("internal", None), "internal"),
        ({"error": {"code": 7, "message": ["x"]}}, JobError(None, None), ""),
        ({"error": {"code": "a"}, "result": {"error": "b"}}, JobError("a", None), "a"),
    ],
)
def test_an_error_is_found_in_both_places(document: dict[str, Any], error: JobError, message: str) -> None:
    job = read(**document)
    assert job.error == error
    assert str(job.error) == message


@pytest.mark.parametrize("value", ["", "yesterday", "2026-13-01T00:00:00Z", 1781827200, None])
def test_a_moment_that_cannot_be_read_is_none(value: object) -> None:
    assert read(created_at=value).created_at is None


def test_a_moment_without_a_zone_is_utc() -> None:
    assert read(created_at="2026-11-20T12:00:00").created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_job_does_not_change() -> None:
    job = Job.from_dict(FULL_DOCUMENT)
    with pytest.raises(dataclasses.FrozenInstanceError):
        job.status = "queued"  # type: ignore[misc]  # that it must not be set is what is shown here
    job.urls.append("x")
    job.raw["result"]["urls"].append("x")
    job.result["urls"].append("x")
    assert job.urls == FULL_DOCUMENT["result"]["urls"]
    assert job.raw == FULL_DOCUMENT


def test_equal_jobs_are_one_in_a_set() -> None:
    assert len({Job.from_dict(FULL_DOCUMENT), Job.from_dict({**FULL_DOCUMENT, "unknown": {"field": 1}})}) == 1
    assert Job.from_dict(FULL_DOCUMENT) != read()
    assert Job.from_dict(FULL_DOCUMENT) != read(**{**FULL_DOCUMENT, "result": {"urls": ["other"]}})


RESULT = RunResult.of(("z-image/z-image", {"prompt": "x"}), Job.from_dict(FULL_DOCUMENT), None)


@pytest.mark.parametrize("job", [Job.from_dict(FULL_DOCUMENT), read(), RESULT], ids=["whole", "bare", "result"])
def test_a_job_can_be_sent_elsewhere(job: Job) -> None:
    for duplicate in (pickle.loads(pickle.dumps(job)), copy.copy(job), copy.deepcopy(job)):
        assert duplicate == job
        assert hash(duplicate) == hash(job)
        assert duplicate.raw == job.raw
        assert duplicate.urls == job.urls


def test_a_training_names_its_style() -> None:
    assert read(result={"style_id": "s1"}).style_id == "s1"
    assert read(result={"style_id": 7}).style_id is None


def test_a_deeply_nested_result_is_no_reason_to_fail() -> None:
    deep: Any = {"urls": []}
    for _ in range(900):
        deep = {"urls": [deep]}
    job = read(status="completed", result=deep)
    assert (job.urls, job.style_id) == ([], None)


def test_the_repr_shows_addresses_without_what_signs_them() -> None:
    job = read(status="completed", result={"urls": ["https://user:word@host/a.png?sig=secret"]})
    assert repr(job).endswith("urls=['https://host/a.png'])")


def test_a_result_is_its_job_with_its_request() -> None:
    job = read(status="failed", result={"urls": ["u1"]})
    failure = JobFailed("it failed", job)
    request = {"prompt": ["x"]}
    result = RunResult.of(request, job, failure)
    assert isinstance(result, Job)
    assert result.request is request
    assert result.failure is failure
    assert (result.id, result.status, result.urls, result.raw) == (job.id, job.status, job.urls, job.raw)
    assert len({result, RunResult.of(request, job, failure)}) == 1
    assert result != RunResult.of({"prompt": ["y"]}, job, failure)
    back = pickle.loads(pickle.dumps(result))
    assert back == result
    assert str(back.failure) == "it failed"


def test_a_job_is_plain_json_for_a_web_response() -> None:
    job = Job.from_dict({
        "job_id": "j1",
        "status": "completed",
        "created_at": "2026-11-20T12:00:00Z",
        "result": {"urls": [{"url": "https://gen.krea.ai/1.glb", "type": "model"}]},
    })  # fmt: skip  # as the API writes it
    assert json.loads(json.dumps(job.to_dict())) == {
        "id": "j1",
        "status": "completed",
        "created_at": "2026-11-20T12:00:00+00:00",
        "completed_at": None,
        "error": None,
        "urls": ["https://gen.krea.ai/1.glb"],
        "outputs": [{"url": "https://gen.krea.ai/1.glb", "kind": "model", "key": None}],
        "result": {"urls": [{"url": "https://gen.krea.ai/1.glb", "type": "model"}]},
    }
    failed = Job.from_dict({"job_id": "j2", "status": "failed", "error": {"code": "nsfw", "message": "no"}})
    assert failed.to_dict()["error"] == {"code": "nsfw", "message": "no"}


WITH_ALL = Job.from_dict({
    **FULL_DOCUMENT,
    "status": "failed",
    "error": {"code": "nsfw", "message": "no"},
    "result": {"urls": [{"url": "https://gen.krea.ai/1.glb", "type": "model"}]},
})  # fmt: skip  # as the API writes it


def test_asdict_has_the_public_names() -> None:
    values = dataclasses.asdict(WITH_ALL)
    times = {name: values[name].isoformat() for name in ("created_at", "completed_at")}
    assert {**values, **times} == WITH_ALL.to_dict()


def test_web_frameworks_find_the_public_json_by_themselves() -> None:
    encode = pytest.importorskip("fastapi.encoders").jsonable_encoder
    pydantic = pytest.importorskip("pydantic")
    for job in (WITH_ALL, Job.from_dict(FULL_DOCUMENT), read()):
        assert encode(job) == job.to_dict()
        assert encode({"jobs": [job]}) == {"jobs": [job.to_dict()]}
        values = pydantic.TypeAdapter(Job).dump_python(job, mode="json")
        assert values == {
            **job.to_dict(),
            **{name: value and value.isoformat().replace("+00:00", "Z") for name, value in times_of(job).items()},
        }


def test_the_json_schema_has_the_public_names() -> None:
    schema = pytest.importorskip("pydantic").TypeAdapter(Job).json_schema(mode="serialization")
    assert set(schema["properties"]) == set(WITH_ALL.to_dict())


def test_a_replaced_value_leaves_the_rest() -> None:
    job = dataclasses.replace(WITH_ALL, id="j2")
    assert job.to_dict() == {**WITH_ALL.to_dict(), "id": "j2"}
    assert job.raw == WITH_ALL.raw


def times_of(job: Job) -> dict[str, Any]:
    return {"created_at": job.created_at, "completed_at": job.completed_at}
