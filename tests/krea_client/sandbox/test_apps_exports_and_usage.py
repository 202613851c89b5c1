"""Node apps run as several jobs with maps of files; 3D results are exported; usage is told to tokens that may know it."""

import io
import json
import zipfile
from typing import Any

import pytest

from krea_client.sandbox import Response, Sandbox

from ... import facts
from .conftest import Caller, path_of, read
from .test_documented_answers import assert_documented, of

POSTCARD, FIGURINE = "/node-apps/sandbox-postcard-1", "/node-apps/sandbox-figurine-1"
TRELLIS = "/generate/3d/microsoft/trellis-2"
SOLID = {"input_mode": "image", "image_urls": ["https://example.com/a.png"], "generate_texture": True}


def send(caller: Caller, method: str, target: str, fields: object = None) -> Response:
    response = caller.call(method, target, b"" if fields is None else json.dumps(fields).encode())
    assert_documented(of(method, target.partition("?")[0]), response)
    return response


def run(caller: Caller, app: str, **inputs: Any) -> list[dict[str, Any]]:
    response = send(caller, "POST", f"{app}/execute", {"prompt": "a paper boat"} | inputs)
    assert response.status == 200
    jobs: Any = response.json()
    return list(jobs)


def export(caller: Caller, job: str, file_format: str = "stl", **fields: str) -> Response:
    return send(caller, "POST", "/export/3d", {"job_id": job, "file_format": file_format} | fields)


@pytest.mark.parametrize("app", [POSTCARD, FIGURINE])
def test_a_node_app_tells_what_it_takes_and_makes(caller: Caller, app: str) -> None:
    node_app = read(send(caller, "GET", app))
    assert node_app["input_openapi_schema"]["required"] == ["prompt"]
    assert node_app["output_openapi_schema"]["properties"].keys() == node_app["output_key_mapping"].keys()


def test_one_job_with_a_picture_and_a_list_of_them(caller: Caller) -> None:
    [job] = run(caller, POSTCARD)
    caller.box.advance(60)
    urls = read(send(caller, "GET", f"/jobs/{job['job_id']}"))["result"]["urls"]
    assert urls.keys() == {"postcard", "variants"}
    pictures = [caller.get(path_of(url)) for url in (urls["postcard"], *urls["variants"])]
    assert {response.headers["content-type"] for response in pictures} == {"image/png"}
    assert len({response.body for response in pictures}) == 3


def test_several_jobs_begin_together_or_not_at_all(caller: Caller) -> None:
    caller.box.limit(concurrent=1)
    assert send(caller, "POST", f"{FIGURINE}/execute", {"prompt": "x"}).status == 429
    caller.box.balance = 0.05
    assert send(caller, "POST", f"{FIGURINE}/execute", {"prompt": "x"}).status == 402
    assert caller.box.ledger == []
    caller.box.balance, caller.box.concurrent = 0.08, 2
    model, film = run(caller, FIGURINE)
    caller.box.advance(60)
    kinds = []
    for job in (model, film):
        [url] = read(caller.get(f"/jobs/{job['job_id']}"))["result"]["urls"].values()
        kinds.append(url.rpartition(".")[2])
    assert (kinds, caller.box.balance) == (["glb", "mp4"], 0.0)


@pytest.mark.parametrize(
    "inputs",
    [{}, {"prompt": ""}, {"prompt": 1}, {"prompt": "x", "picture": "https://gen.krea.ai/uploads/lost.png"}],
)
def test_inputs_are_judged_by_the_apps_own_schema(caller: Caller, inputs: dict[str, Any]) -> None:
    assert send(caller, "POST", f"{POSTCARD}/execute", inputs).status == 422


def test_a_node_app_has_no_webhook(caller: Caller) -> None:
    response = caller.call("POST", f"{POSTCARD}/execute", b'{"prompt": "x"}', x_webhook_url="no address")
    assert response.status == 200
    caller.box.advance(60)
    assert caller.box.webhooks == []


def test_an_unknown_app_is_404(caller: Caller) -> None:
    assert send(caller, "GET", "/node-apps/nobody").status == 404
    assert send(caller, "POST", "/node-apps/nobody/execute", {}).status == 404


def test_a_3d_result_names_a_model_and_its_picture(caller: Caller) -> None:
    job = caller.submit(TRELLIS, **SOLID)
    caller.box.advance(600)
    model, preview = read(send(caller, "GET", f"/jobs/{job}"))["result"]["urls"]
    assert (model["type"], preview["type"]) == ("model", "preview")
    assert caller.get(path_of(model["url"])).body.startswith(b"glTF")
    assert caller.get(path_of(preview["url"])).headers["content-type"] == "image/png"


@pytest.mark.parametrize("file_format", ["obj", "fbx", "stl", "ply"])
def test_a_finished_model_is_exported_as_a_zip(caller: Caller, file_format: str) -> None:
    job = caller.submit(TRELLIS, **SOLID)
    assert export(caller, job, file_format).status == 409
    caller.box.advance(600)
    served = caller.get(path_of(read(export(caller, job, file_format))["url"]))
    assert served.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(served.body)) as archive:
        assert f"model.{file_format}" in archive.namelist()


def test_a_node_apps_model_is_exported_by_its_key(caller: Caller) -> None:
    model, film = (job["job_id"] for job in run(caller, FIGURINE))
    caller.box.advance(600)
    assert export(caller, film, node_app_key="figurine").status == 422
    assert export(caller, model, node_app_key="nothing").status == 422
    exported = export(caller, model, node_app_key="figurine")
    assert caller.get(path_of(read(exported)["url"])).status == 200


def test_what_cannot_be_exported(caller: Caller) -> None:
    picture, failed = caller.submit(), caller.submit(TRELLIS, **SOLID | {"prompt": "[sandbox:fail]"})
    caller.box.advance(600)
    assert export(caller, picture).status == export(caller, failed).status == 422
    assert export(caller, "00000000-0000-4000-8000-000000000000").status == 404
    assert export(caller, picture, "usdz").status == 422
    for path in (f"/exports/{picture}/stl.zip", "/exports/x/stl.zip", "/exports/", "/models/x", "/exports//"):
        assert caller.get(path).status == 404


def test_usage_is_not_for_ordinary_tokens() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, usage_tokens={"auditor"})
    caller, auditor = Caller(box), Caller(box, {"authorization": "Bearer auditor"})
    days = "/usage?start_date=2026-11-20&end_date=2026-11-21"
    job_id = caller.submit()
    box.advance(60)
    caller.submit()
    assert send(caller, "GET", days).status == 403
    report = read(send(auditor, "GET", days))
    assert report["jobs"] == [
        {
            "job_id": job_id,
            "type": "image/z-image/z-image",
            "compute_units": pytest.approx(100 * facts.price("z-image/z-image")),
        },
    ]
    box.date = "2026-12-01"
    assert read(send(auditor, "GET", "/usage?start_date=2026-11-21&end_date=2026-12-01"))["jobs"] == []


@pytest.mark.parametrize(
    "query",
    ["", "start_date=2026-11-20", "start_date=yesterday&end_date=x", "start_date=2026-11-20&end_date=2026-11-19"],
)
def test_a_time_that_is_none_is_400(query: str) -> None:
    box = Sandbox(date="2026-11-20", time_scale=0, tokens={"t"}, usage_tokens={"auditor"})
    refused = Caller(box, {"authorization": "Bearer auditor"}).get(f"/usage?{query}")
    assert refused.status == 400
