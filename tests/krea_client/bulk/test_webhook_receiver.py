"""Webhooks of a run: what is ours is noted, and nothing else changes anything."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from typing import Any

import httpx
import pytest
import uvicorn

from krea_client import Krea, webhooks
from krea_client.bulk.progress_figures import RunControl
from krea_client.bulk.states import ItemState
from krea_client.bulk.webhook_receiver import MOST_BYTES, WebhookAddresses, WebhookReceiver
from krea_client.sandbox import Delivery, Sandbox, running

JOB = {"job_id": "0a6f3d1e-6d0c-4b7a-9a53-000000000001", "status": "completed", "result": {"urls": []}}
ITEM = ("openai/gpt-image-2", {"prompt": "x [sandbox:seconds=0.5]", "width": 16, "height": 16})


@contextmanager
def receiving(control: RunControl) -> Iterator[WebhookAddresses]:
    """Serve a receiver on a port of loopback, and give its addresses."""
    with create_server(("127.0.0.1", 0)) as listener:
        addresses = WebhookAddresses(f"http://127.0.0.1:{listener.getsockname()[1]}/krea/")
        app = WebhookReceiver(addresses, control)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield addresses
        finally:
            server.should_exit = True
            thread.join()


def post(url: str, body: bytes | None = None) -> int:
    return httpx.post(url, content=json.dumps(JOB).encode() if body is None else body, trust_env=False).status_code


def test_a_call_for_our_address_is_noted() -> None:
    control = RunControl()
    with receiving(control) as addresses:
        assert post(addresses.of(7)) == 204
        assert post(addresses.of(7)) == 204
    assert [(ordinal, job.id) for ordinal, job in control.notices] == [(7, JOB["job_id"])] * 2


def test_a_forged_or_broken_call_is_not_noted() -> None:
    control = RunControl()
    with receiving(control) as addresses:
        own = addresses.of(7)
        statuses = [
            post(own.replace("/7/", "/8/")),
            post(own[:-1] + ("0" if own[-1] != "0" else "1")),
            post(own.rpartition("/")[0]),
            post(WebhookAddresses(own.rsplit("/", 2)[0]).of(7)),
            post(own.replace("/7/", "/" + "9" * 30 + "/")),
            post(own, b"no JSON"),
            post(own, b"{}"),
            post(own, b" " * (MOST_BYTES + 1)),
            httpx.get(own, trust_env=False).status_code,
        ]
    assert statuses == [404, 404, 404, 404, 404, 400, 400, 413, 405]
    assert not control.notices


def test_a_secret_that_is_kept_lets_calls_of_before_count() -> None:
    before = WebhookAddresses("https://example.com/krea", "secret of the run")
    after = WebhookAddresses("https://example.com/krea", "secret of the run")
    assert after.ordinal_of(before.of(12)) == 12


def looks(box: Sandbox) -> int:
    return sum(request.method == "GET" and request.path.startswith("/jobs") for request in box.requests)


def test_calls_take_the_place_of_looks(tmp_path: Path) -> None:
    box, control = Sandbox(concurrent=8), RunControl()
    with receiving(control) as addresses, running(box) as url, Krea(token="t", base_url=url) as krea:
        krea.bulk.run([ITEM] * 4, tmp_path, webhook=addresses.of, control=control, settle_seconds=0.0)
    assert box.totals.completed == 4
    assert looks(box) <= 1 + 4  # the first look at the account, and one for each call


def test_calls_name_the_jobs_of_lost_answers(tmp_path: Path) -> None:
    box, control = Sandbox(date="2026-11-20", time_scale=0, concurrent=8), RunControl()
    box.faults.add({"kind": "read-timeout", "on": "submit", "accepted": True, "times": 3})
    requests = [{"custom_id": f"k{number}", "model": ITEM[0], **ITEM[1], "prompt": f"p{number}"} for number in range(4)]
    with Krea(token="t", transport=box.transport(), clock=box.clock) as krea:
        options: Any = {"webhook": "https://example.com/krea", "lane": 4, "at_once": 4}
        # Without webhooks the three lost answers would stay unknown: each of the three jobs could belong to each of them.
        run = krea.bulk.begin(requests, tmp_path, control=control, settle_seconds=1_200.0, **options)
        assert run.addresses is not None
        receiver = WebhookReceiver(run.addresses, control)

        def call(delivery: Delivery) -> None:
            path = httpx.URL(delivery.url).path
            assert [receiver.receive(path, delivery.body) for _ in range(2)] == [204, 204]
            assert receiver.receive(path[:-1] + "x", delivery.body) == 404

        items = list(krea.bulk.results(run, lambda _: box.deliver_webhooks(call)))
        assert run.finish().saved == 4
        again = krea.bulk.begin(requests, tmp_path, webhook="https://example.com/krea")
        assert again.addresses is not None
        assert again.addresses.of(3) == run.addresses.of(3)
        again.finish()
    prompts = {row.job_id: row.fields["prompt"] for row in box.ledger}
    assert {item.key: prompts[item.job_id or ""] for item in items} == {
        f"k{number}": f"p{number}" for number in range(4)
    }
    assert len(box.ledger) == 4


@pytest.mark.parametrize("fault", ["twice", "late", "out-of-order"])
def test_a_run_ends_the_same_whatever_becomes_of_its_calls(tmp_path: Path, fault: str) -> None:
    box, control = Sandbox(date="2026-11-20", time_scale=0, concurrent=8), RunControl()
    box.faults.add({"kind": fault, "on": "webhook", "times": 2, "value": 3600 if fault == "late" else None})
    addresses = WebhookAddresses("https://example.com/krea")

    def call(delivery: Delivery) -> None:
        ordinal = addresses.ordinal_of(delivery.url)
        assert ordinal is not None
        control.notices.append((ordinal, webhooks.parse(delivery.body)))
        control.notices.append((3 - ordinal, webhooks.parse(delivery.body)))  # as if for another item

    with Krea(token="t", transport=box.transport(), clock=box.clock) as krea:
        items = []
        for item in krea.bulk.iterate([ITEM] * 4, tmp_path, webhook=addresses.of, control=control, settle_seconds=0.0):
            items.append(item)
            box.deliver_webhooks(call)
    assert sorted(item.ordinal for item in items if item.state is ItemState.SAVED) == [0, 1, 2, 3]
    assert (len(box.ledger), len({item.job_id for item in items})) == (4, 4)
