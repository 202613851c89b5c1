"""The sandbox on a real loopback port: answers, webhooks, control calls, and nothing left behind."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue

import httpx
import pytest

from krea_client.sandbox import Delivery, Sandbox, running
from krea_client.sandbox.server import serve
from krea_client.sandbox.webhook_sender import deliver

from ... import facts
from .conftest import GOOD, GPT, Z_IMAGE

PATIENCE = 10  # seconds, only waited out when something is broken


@contextmanager
def client_of(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"authorization": "Bearer t0ken"}, timeout=30, trust_env=False) as client:
        yield client


def test_results_live_on_the_server_that_was_asked(box: Sandbox) -> None:
    with running(box) as url, client_of(url) as client:
        job = client.post(GPT, json={"prompt": "x", "width": 32, "height": 32}).json()["job_id"]
        box.clock.advance(60)
        assert client.get(f"/jobs/{job}").json()["result"] == {"urls": [f"{url}/images/{job}.png"]}
        assert httpx.get(f"{url}/images/{job}.png", trust_env=False).content.startswith(b"\x89PNG")
        assert client.post(Z_IMAGE, content=b"{").status_code == 400
        assert client.post(Z_IMAGE, json=GOOD, headers={"authorization": ""}).status_code == 401


def test_the_address_of_a_server_for_all_addresses_is_one_to_connect_to(box: Sandbox) -> None:
    """As in a container; http://0.0.0.0 is an address on Linux alone."""
    with running(box, host="0.0.0.0") as url, client_of(url) as client:
        assert url.startswith("http://127.0.0.1:")
        assert client.get("/jobs").status_code == 200


def test_nothing_is_left_when_the_block_ends(box: Sandbox) -> None:
    before = threading.active_count()
    with running(box) as url, client_of(url) as client:
        client.get("/jobs")
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError), client_of(url) as client:
        client.get("/jobs")


def test_the_port_is_ones_own_and_a_taken_one_is_an_error(box: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupied, pytest.raises(OSError, match="in use"):
        serve(box, port=occupied.getsockname()[1])


class Receiver(BaseHTTPRequestHandler):
    deliveries: Queue[bytes]

    def do_POST(self) -> None:
        self.deliveries.put(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object, **__: object) -> None:
        """Say nothing."""


@contextmanager
def receiver() -> Iterator[tuple[str, Queue[bytes]]]:
    queue: Queue[bytes] = Queue()
    server = HTTPServer(("127.0.0.1", 0), type("One", (Receiver,), {"deliveries": queue}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", queue
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_webhooks_are_posted_when_the_job_ends(box: Sandbox) -> None:
    with receiver() as (hook, deliveries), running(box) as url, client_of(url) as client:
        job = client.post(Z_IMAGE, json=GOOD, headers={"x-webhook-url": hook}).json()["job_id"]
        box.clock.advance(60)
        delivery = json.loads(deliveries.get(timeout=PATIENCE))
    assert (delivery["job_id"], delivery["status"], delivery["result"]["urls"]) == (
        job,
        "completed",
        [f"{url}/images/{job}.png"],
    )
    assert deliveries.empty()


def test_a_webhook_that_fails_is_logged_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    with receiver() as (hook, deliveries):
        assert deliver(Delivery("j1", hook, b"{}")) == 204
    assert deliver(Delivery("j2", hook + "?secret", b"{}")) is None
    assert deliveries.get(timeout=PATIENCE) == b"{}"
    assert "j2" in caplog.text
    assert "secret" not in caplog.text


def test_the_server_tells_the_machines_date() -> None:
    with running(Sandbox(date="2026-06-18", time_scale=0)) as url, client_of(url) as client:
        assert client.get("/jobs").headers.get_list("date") == ["Thu, 18 Jun 2026 00:00:00 GMT"]


def test_it_can_be_steered_over_http() -> None:
    with running(Sandbox(date="2026-11-20", time_scale=0)) as url, client_of(url) as client:
        job = client.post(Z_IMAGE, json=GOOD).json()["job_id"]
        state = client.post("/__sandbox__/clock", json={"advance": 60}).json()
        assert (state["balance"], state["totals"]["completed"]) == (
            pytest.approx(10 - facts.price("z-image/z-image")),
            1,
        )
        assert client.get("/__sandbox__/ledger").json()[0]["job_id"] == job
        client.post("/__sandbox__/reset")
        assert client.get(f"/jobs/{job}").status_code == 404
