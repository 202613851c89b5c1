"""The sandbox of a test: a port only when it is asked for, time that stands still until then, webhooks when they are wanted."""

import json
import socket
import threading
from urllib.parse import urlsplit

import httpx
import pytest

from krea_client.sandbox import Delivery, KreaSandbox, Sandbox, VirtualClock, running

from .conftest import GOOD, Z_IMAGE, Caller
from .test_sandbox_server import receiver

TOKEN = {"authorization": "Bearer sandbox"}
HOOK = "http://127.0.0.1:1/hook"


def test_a_port_is_opened_by_the_first_look_and_closed_with_the_block() -> None:
    threads = threading.active_count()
    with KreaSandbox() as box:
        assert threading.active_count() == threads
        url = box.url
        assert box.url == url
        assert httpx.get(f"{url}/jobs", headers=TOKEN, timeout=30, trust_env=False).json()["items"] == []
    assert threading.active_count() == threads
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((urlsplit(url).hostname, urlsplit(url).port))
    box.close()


def test_time_stands_still_until_a_port_is_open() -> None:
    with KreaSandbox() as box:
        assert box.clock.scale == 0
        assert box.url
        assert box.clock.scale == 1


@pytest.mark.parametrize("options", [{"time_scale": 0}, {"time_scale": 50}, {"clock": VirtualClock(scale=3)}])
def test_a_pace_that_was_asked_for_stays(options: dict[str, float]) -> None:
    with KreaSandbox(**options) as box:
        before = box.clock.scale
        assert box.url
        assert box.clock.scale == before


def test_a_change_of_pace_makes_no_jump() -> None:
    real = [100.0]
    clock = VirtualClock("2026-01-01", 2.0, real=lambda: real[0])
    real[0] = 105.0
    clock.scale = 0.5
    assert clock.monotonic() == 10.0
    real[0] = 107.0
    assert clock.monotonic() == 11.0
    with pytest.raises(ValueError, match="backwards"):
        clock.scale = -1.0


def submit(box: Sandbox, hook: str = HOOK, prompt: str = "x") -> str:
    response = Caller(box).post({**GOOD, "prompt": prompt}, x_webhook_url=hook)
    return str(json.loads(response.body)["job_id"])


def test_webhooks_can_be_handed_over_in_process(box: Sandbox) -> None:
    job = submit(box)
    assert box.deliver_webhooks(lambda delivery: delivery.job_id) == []
    box.advance(60)
    assert box.deliver_webhooks(lambda delivery: (delivery.job_id, delivery.url)) == [(job, HOOK)]
    assert box.deliver_webhooks(lambda delivery: delivery.job_id) == []
    assert [delivery.job_id for delivery in box.webhooks] == [job]


def test_webhooks_are_posted_without_a_server_of_ours(box: Sandbox) -> None:
    with receiver() as (hook, deliveries):
        submit(box, hook)
        submit(box, hook, "[sandbox:fail]")
        box.advance(60)
        assert box.deliver_webhooks() == [204, 204]
    assert [json.loads(deliveries.get_nowait())["status"] for _ in range(2)] == ["completed", "failed"]


def test_a_served_sandbox_gives_its_webhooks_to_whom_it_is_told(box: Sandbox) -> None:
    deliveries: list[Delivery] = []
    arrived = threading.Event()

    def post(delivery: Delivery) -> None:
        deliveries.append(delivery)
        arrived.set()

    with running(box, post=post):
        job = submit(box)
        box.advance(60)
        assert arrived.wait(10)
    assert [delivery.job_id for delivery in deliveries] == [job]


def test_the_state_is_one_value(box: Sandbox) -> None:
    submit(box)
    state = box.state
    assert (state.active, state.kept, state.balance, state.concurrent, state.totals.accepted) == (1, 1, 10.0, 8, 1)
    box.limit(concurrent=1, backlog=2)
    assert (box.state.concurrent, box.state.backlog) == (1, 2)
    box.limit(backlog=0)
    assert Caller(box).post(GOOD, Z_IMAGE).status == 429
    with pytest.raises(ValueError, match="0 or more"):
        box.limit(concurrent=-1)
    assert box.state.concurrent == 1
