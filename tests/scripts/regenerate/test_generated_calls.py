"""The generated functions, over a transport that answers as told."""

import asyncio
import datetime as dt
import io
import json
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from krea_api import AuthenticatedClient, Client, models
from krea_api.api.assets import upload_asset
from krea_api.api.image import generate_gpt_image_2, generate_z_image
from krea_api.api.jobs import delete_job, get_job, list_jobs
from krea_api.api.node_apps import execute_node_app
from krea_api.api.styles import get_style_share_link, train_style
from krea_api.errors import ApiError
from krea_api.types import File

TOKEN = "kr-" + "secret"  # joined so that no scanner takes it for a real one
JOB = {"job_id": "j", "status": "queued", "created_at": "2026-10-09T12:00:00Z", "completed_at": None, "result": None}
Answer = Callable[[httpx.Request], httpx.Response]


class Server:
    """Remembers the requests and gives one answer to all."""

    def __init__(self, status: int = 200, **answer: Any) -> None:
        self.requests: list[httpx.Request] = []
        self._status, self._answer = status, answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self._status, **self._answer)

    @property
    def client(self) -> AuthenticatedClient:
        return AuthenticatedClient(token=TOKEN, httpx_args={"transport": httpx.MockTransport(self)})


def test_a_submission_goes_where_it_should_with_what_was_given() -> None:
    server = Server(json=JOB)
    job = generate_gpt_image_2.sync(
        client=server.client, body=models.GptImage2Request(prompt="a"), x_webhook_url="https://example.com/hook"
    )
    (request,) = server.requests
    assert (request.method, str(request.url)) == ("POST", "https://api.krea.ai/generate/image/openai/gpt-image-2")
    assert json.loads(request.content) == {"prompt": "a"}
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert request.headers["X-Webhook-URL"] == "https://example.com/hook"
    assert (job.job_id, job.status) == ("j", "queued")


def test_no_parameter_is_sent_that_was_not_given() -> None:
    server = Server(json={"items": [JOB], "next_cursor": None})
    page = list_jobs.sync(client=server.client)
    assert str(server.requests[0].url) == "https://api.krea.ai/jobs"
    assert page.items
    assert page.next_cursor is None


def test_parameters_are_sent_as_text() -> None:
    server = Server(json={"items": [], "next_cursor": None})
    before = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    list_jobs.sync(client=server.client, cursor=before, limit=5, status="completed")
    assert dict(server.requests[0].url.params) == {
        "cursor": "2026-10-09T00:00:00+00:00",
        "limit": "5",
        "status": "completed",
    }


def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    server = Server(json=JOB)
    get_job.sync("../x?y", client=server.client)
    assert server.requests[0].url.raw_path == b"/jobs/..%2Fx%3Fy"


def test_a_file_is_sent_with_a_boundary_that_it_cannot_hold() -> None:
    server = Server(json={"id": "a", "image_url": "https://example.com/a.png"})
    # What the generator's own template would take for the end of the file.
    content = b"before\r\n--+++--\r\nafter"
    file = File(payload=io.BytesIO(content), file_name="a.png", mime_type="image/png")
    asset = upload_asset.sync(client=server.client, body=models.UploadAssetRequest(file=file, description="mine"))
    (request,) = server.requests
    kind, _, boundary = request.headers["Content-Type"].partition("; boundary=")
    parts = request.content.split(f"--{boundary}".encode())
    assert (kind, request.url.path, asset.id) == ("multipart/form-data", "/assets", "a")
    assert len(parts) == 4
    assert b'filename="a.png"\r\nContent-Type: image/png\r\n\r\n' + content in parts[1]
    assert b"mine" in parts[2]


def test_either_training_is_sent() -> None:
    server = Server(json=JOB)
    urls = ["https://example.com/a.png"]
    train_style.sync(client=server.client, body=models.TrainFluxStyleRequest(name="a", urls=urls, learning_rate=0.1))
    train_style.sync(client=server.client, body=models.TrainQwenStyleRequest(model="k2", name="a", urls=urls))
    assert [json.loads(request.content) for request in server.requests] == [
        {"name": "a", "urls": urls, "learning_rate": 0.1},
        {"model": "k2", "name": "a", "urls": urls},
    ]


def test_a_node_app_takes_what_its_author_chose_and_answers_jobs() -> None:
    server = Server(json=[JOB, JOB])
    body = models.ExecuteNodeAppRequest.from_dict({"prompt": "a", "nested": {"n": [1]}})
    jobs = execute_node_app.sync("v", client=server.client, body=body)
    assert json.loads(server.requests[0].content) == {"prompt": "a", "nested": {"n": [1]}}
    assert [job.job_id for job in jobs] == ["j", "j"]


@pytest.mark.parametrize("status", [200, 201])
def test_either_success_is_read(status: int) -> None:
    server = Server(status, json={"share_link": "https://example.com/s", "is_new": status == 201})
    link = get_style_share_link.sync("s", client=server.client)
    assert link.is_new is (status == 201)


def test_an_answer_without_a_body_is_none() -> None:
    server = Server(content=b"")
    assert delete_job.sync("j", client=server.client) is None  # type: ignore[func-returns-value]  # the point of the test
    assert delete_job.sync_detailed("j", client=server.client).status_code == 200
    assert server.requests[0].method == "DELETE"


def test_one_odd_job_does_not_cost_the_page() -> None:
    server = Server(json={"items": [JOB, {"job_id": "k", "status": "reticulating", "result": None}]})
    page = list_jobs.sync(client=server.client)
    assert isinstance(page.items, list)
    assert [job.status for job in page.items] == ["queued", "reticulating"]


@pytest.mark.parametrize(
    ("status", "answer", "body", "message"),
    [
        (
            402,
            {"json": {"error": "No balance"}},
            {"error": "No balance"},
            "the API answered with status 402: No balance",
        ),
        (401, {"json": {"message": "No token"}}, {"message": "No token"}, "the API answered with status 401: No token"),
        (404, {"html": "<h1>404</h1>"}, None, "the API answered with status 404"),
        (520, {"html": "<h1>Cloudflare</h1>"}, None, "the API answered with status 520"),
        (561, {"content": b"\xff"}, None, "the API answered with status 561"),
        (302, {"content": b""}, None, "the API answered with status 302"),
        (201, {"json": JOB}, JOB, "the answer has status 201, but it is not the documented one"),
        (200, {"html": "<h1>Hello</h1>"}, None, "the answer has status 200, but it is not the documented one"),
        (200, {"json": {"status": "queued"}}, {"status": "queued"}, "the answer has status 200, but"),
        (200, {"json": []}, [], "the answer has status 200, but"),
        (200, {"content": b"[" * 100_000}, None, "the answer has status 200, but"),
    ],
)
def test_any_other_answer_is_one_error_with_all_of_it(
    status: int, answer: dict[str, Any], body: Any, message: str
) -> None:
    server = Server(status, **answer)
    with pytest.raises(ApiError) as excinfo:
        get_job.sync("j", client=server.client)
    error = excinfo.value
    assert (error.status, error.body) == (status, body)
    assert error.content == httpx.Response(status, **answer).content
    assert str(error).startswith(message)
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


def test_headers_of_a_refusal_are_kept_in_lower_case() -> None:
    server = Server(410, json={}, headers={"Sunset": "x"})
    with pytest.raises(ApiError) as excinfo:
        get_job.sync_detailed("j", client=server.client)
    assert excinfo.value.headers["sunset"] == "x"


def test_detailed_calls_give_the_status_and_the_bytes_too() -> None:
    answer = get_job.sync_detailed("j", client=Server(json=JOB).client)
    assert (answer.status_code, json.loads(answer.content), answer.parsed.job_id) == (200, JOB, "j")


def test_async_calls_do_the_same() -> None:
    server = Server(json=JOB)

    async def calls() -> tuple[models.Job, int]:
        async with server.client as client:
            body = models.ZImageRequest(prompt="a", aspect_ratio="1:1", resolution="1K")
            job = await generate_z_image.asyncio(client=client, body=body)
            detailed = await get_job.asyncio_detailed(job.job_id, client=client)
            await delete_job.asyncio(job.job_id, client=client)
            return job, detailed.status_code

    job, status = asyncio.run(calls())
    assert (job.job_id, status) == ("j", 200)
    assert [request.method for request in server.requests] == ["POST", "GET", "DELETE"]


def test_the_token_shows_nowhere() -> None:
    client = AuthenticatedClient(token=TOKEN)
    with client:
        text = f"{client!r} {client} {vars(client)} {vars(client.get_httpx_client())} {client._auth!r}"
    assert TOKEN not in text
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        pickle.dumps(client)


def test_without_a_token_nothing_is_authorised() -> None:
    server = Server()
    with Client(httpx_args={"transport": httpx.MockTransport(server)}) as client:
        client.get_httpx_client().get("/jobs")
    assert "Authorization" not in server.requests[0].headers


def test_waiting_for_an_answer_ends() -> None:
    with AuthenticatedClient(token=TOKEN) as client:
        timeout = client.get_httpx_client().timeout
    assert (timeout.read, timeout.connect) == (60, 10)
    with AuthenticatedClient(token=TOKEN, timeout=5) as client:
        assert client.get_httpx_client().timeout.read == 5


def test_a_ready_client_is_used_as_it_is() -> None:
    server = Server(json=JOB)
    ready = httpx.Client(base_url="https://example.com", transport=httpx.MockTransport(server))
    get_job.sync("j", client=AuthenticatedClient(token=TOKEN).set_httpx_client(ready))
    assert server.requests[0].url.host == "example.com"
    assert "Authorization" not in server.requests[0].headers
