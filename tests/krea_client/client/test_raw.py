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

from .adapter import ClientAdapter
from .between import Between, answered
from .conftest import GOOD, Make

Raw = Callable[..., Any]


@pytest.fixture
def raw(client: ClientAdapter) -> Raw:
    return through(client)


def through(client: ClientAdapter) -> Raw:
    """Call a module of krea_api.api through a client."""

    def call(module: Any, **arguments: Any) -> Any:
        if client.runner is None:
            return module.sync(client=client.raw, **arguments)
        return client.runner.run(module.asyncio(client=client.raw, **arguments))

    return call


def test_the_generated_functions_do_what_the_shim_does(raw: Raw, client: ClientAdapter, box: Sandbox) -> None:
    job = raw(generate_z_image, body=ZImageRequest(**GOOD))
    assert [row.job_id for row in box.ledger] == [job.job_id]
    assert client.wait(job.job_id).succeeded
    assert raw(get_job, id=job.job_id).status == "completed"
    assert [job.job_id for job in raw(list_jobs).items] == [job.job_id]
    second = raw(generate_z_image, body=ZImageRequest(**GOOD))
    raw(delete_job, id=second.job_id)
    assert client.jobs.get(second.job_id).status == "cancelled"


def test_detailed_forms_give_status_headers_and_bytes(client: ClientAdapter) -> None:
    if client.runner is None:
        response = list_jobs.sync_detailed(client=client.raw)
    else:
        response = client.runner.run(list_jobs.asyncio_detailed(client=client.raw))
    assert response.status_code == 200
    assert response.content.startswith(b"{")


def test_the_same_client_is_given_each_time(client: ClientAdapter) -> None:
    assert client.raw is client.raw


def test_refusals_are_the_generated_clients_own(raw: Raw, between: Between) -> None:
    between.on("GET", answered(503, b'{"error": "down"}'))
    with pytest.raises(ApiError, match="503: down") as excinfo:
        raw(list_jobs)
    assert (excinfo.value.status, excinfo.value.body) == (503, {"error": "down"})


def test_without_a_token_nothing_is_sent(make: Make, between: Between) -> None:
    with pytest.raises(Unauthorized, match="KREA_API_TOKEN"):
        through(make(token=None))(list_jobs)
    assert between.seen == []


def test_the_token_does_not_leave_the_api(client: ClientAdapter, between: Between) -> None:
    raw = client.raw
    between.always("GET", answered(200, b"{}"))
    for url in ("https://elsewhere.example/x", "http://api.krea.ai/jobs", "https://api.krea.ai:8443/jobs", "/jobs"):
        if client.runner is None:
            raw.get_httpx_client().get(url)
        else:
            client.runner.run(raw.get_async_httpx_client().get(url))
    assert ["authorization" in request.headers for request in between.seen] == [False, False, False, True]


def test_a_closed_client_is_closed_for_both(make: Make) -> None:
    krea = make()
    raw = through(krea)
    raw(list_jobs)
    krea.close()
    with pytest.raises(KreaError, match="closed"):
        raw(list_jobs)


def test_both_travel_on_one_pool(client: ClientAdapter, between: Between, raw: Raw) -> None:
    raw(list_jobs)
    list(client.jobs.list())
    client.close()
    assert between.closed == 1
    assert {request.headers["user-agent"].partition("/")[0] for request in between.seen} == {"krea-client"}


def test_the_other_mode_is_refused_with_what_to_take_instead(client: ClientAdapter, between: Between) -> None:
    if client.runner is None:
        with pytest.raises(KreaError, match=r"AsyncKrea\(...\).raw"):
            asyncio.run(list_jobs.asyncio(client=client.raw))
    else:
        with pytest.raises(KreaError, match=r"take Krea\(...\).raw"):
            list_jobs.sync(client=client.raw)
    assert between.seen == []
