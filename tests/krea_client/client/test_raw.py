"""krea.raw: the generated client on the shim's token and connections."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from krea_api.api.image import generate_z_image
from krea_api.api.jobs import delete_job, get_job, list_jobs
from krea_api.errors import ApiError
from krea_api.models import ZImageRequest
from krea_client import KreaError, Unauthorized
from krea_client.sandbox import Sandbox

from .adapter import Face
from .between import Between, answered
from .conftest import GOOD, Make

Raw = Callable[..., Any]


@pytest.fixture
def raw(face: Face) -> Raw:
    return through(face)


def through(face: Face) -> Raw:
    """Calls a module of krea_api.api through a face."""

    def call(module: Any, **arguments: Any) -> Any:
        if face.runner is None:
            return module.sync(client=face.raw, **arguments)
        return face.runner.run(module.asyncio(client=face.raw, **arguments))

    return call


def test_the_generated_functions_do_what_the_shim_does(raw: Raw, face: Face, box: Sandbox) -> None:
    job = raw(generate_z_image, body=ZImageRequest(**GOOD))
    assert [row.job_id for row in box.ledger] == [job.job_id]
    assert face.wait(job.job_id).succeeded
    assert raw(get_job, id=job.job_id).status == "completed"
    assert [one.job_id for one in raw(list_jobs).items] == [job.job_id]
    second = raw(generate_z_image, body=ZImageRequest(**GOOD))
    raw(delete_job, id=second.job_id)
    assert face.jobs.get(second.job_id).status == "cancelled"


def test_detailed_forms_give_status_headers_and_bytes(face: Face) -> None:
    if face.runner is None:
        response = list_jobs.sync_detailed(client=face.raw)
    else:
        response = face.runner.run(list_jobs.asyncio_detailed(client=face.raw))
    assert response.status_code == 200
    assert response.content.startswith(b"{")


def test_the_same_client_is_given_each_time(face: Face) -> None:
    assert face.raw is face.raw


def test_refusals_are_the_generated_clients_own(raw: Raw, between: Between) -> None:
    between.on("GET", answered(503, b'{"error": "down"}'))
    with pytest.raises(ApiError, match="503: down") as excinfo:
        raw(list_jobs)
    assert (excinfo.value.status, excinfo.value.body) == (503, {"error": "down"})


def test_without_a_token_nothing_is_sent(make: Make, between: Between) -> None:
    with pytest.raises(Unauthorized, match="KREA_API_TOKEN"):
        through(make(token=None))(list_jobs)
    assert between.seen == []


def test_the_token_does_not_leave_the_api(face: Face, between: Between) -> None:
    raw = face.raw
    between.always("GET", answered(200, b"{}"))
    for url in ("https://elsewhere.example/x", "http://api.krea.ai/jobs", "https://api.krea.ai:8443/jobs", "/jobs"):
        if face.runner is None:
            raw.get_httpx_client().get(url)
        else:
            face.runner.run(raw.get_async_httpx_client().get(url))
    assert ["authorization" in request.headers for request in between.seen] == [False, False, False, True]


def test_a_closed_client_is_closed_for_both(make: Make) -> None:
    krea = make()
    raw = through(krea)
    raw(list_jobs)
    krea.close()
    with pytest.raises(KreaError, match="closed"):
        raw(list_jobs)


def test_both_travel_on_one_pool(face: Face, between: Between, raw: Raw) -> None:
    raw(list_jobs)
    list(face.jobs.list())
    face.close()
    assert between.closed == 1
    assert {request.headers["user-agent"].partition("/")[0] for request in between.seen} == {"krea-client"}


def test_the_other_colour_is_refused_with_what_to_take_instead(face: Face, between: Between) -> None:
    if face.runner is None:
        with pytest.raises(KreaError, match=r"AsyncKrea\(...\).raw"):
            asyncio.run(list_jobs.asyncio(client=face.raw))
    else:
        with pytest.raises(KreaError, match=r"take Krea\(...\).raw"):
            list_jobs.sync(client=face.raw)
    assert between.seen == []
