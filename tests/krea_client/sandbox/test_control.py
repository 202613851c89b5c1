"""The calls under /__sandbox__/."""

import json
from typing import Any

import pytest

from krea_client.sandbox import Request, Response, Sandbox
from krea_client.sandbox.control_api import control

from ... import facts
from .conftest import GOOD, Caller, read


def steer(box: Sandbox, method: str, name: str, body: object = None) -> Response:
    return control(
        box, Request(method, f"/__sandbox__/{name}", body=b"" if body is None else json.dumps(body).encode())
    )


def test_the_state_tells_everything_at_a_glance(box: Sandbox, caller: Caller) -> None:
    caller.submit()
    assert read(steer(box, "GET", "state")) == {
        "now": "2026-11-20T00:00:00.000000Z",
        "balance": 10.0,
        "concurrent": 8,
        "backlog": 0,
        "active": 1,
        "kept": 1,
        "totals": {"accepted": 1, "completed": 0, "failed": 0, "cancelled": 0, "amount": 0.0},
    }


def test_everything_can_be_set(box: Sandbox, caller: Caller) -> None:
    assert read(steer(box, "POST", "date", {"date": "2026-06-18"}))["now"] == "2026-06-18T00:00:00.000000Z"
    assert read(steer(box, "POST", "balance", {"balance": 1.5}))["balance"] == 1.5
    assert read(steer(box, "POST", "limit", {"concurrent": 1, "backlog": 3}))["backlog"] == 3
    assert [caller.post(GOOD).status for _ in range(5)] == [200, 200, 200, 200, 429]
    assert read(steer(box, "POST", "clock", {"advance": 5}))["totals"]["completed"] == 1
    assert read(steer(box, "POST", "reset"))["kept"] == 0


def test_what_happened_can_be_read(box: Sandbox, caller: Caller) -> None:
    job = read(caller.post(GOOD, x_webhook_url="http://localhost/hook"))["job_id"]
    box.clock.advance(60)
    lists: dict[str, Any] = {
        name: steer(box, "GET", name).json() for name in ("ledger", "jobs", "requests", "webhooks")
    }
    assert {name: len(rows) for name, rows in lists.items()} == {"ledger": 1, "jobs": 1, "requests": 1, "webhooks": 1}
    assert lists["ledger"][0]["billed"] == facts.price("z-image/z-image")
    assert lists["jobs"][0]["job_id"] == lists["webhooks"][0]["body"]["job_id"] == job
    assert json.loads(lists["requests"][0]["body"]) == GOOD


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("clock", {}),
        ("clock", {"advance": -1}),
        ("clock", {"advance": "5"}),
        ("clock", [1]),
        ("date", {"date": "someday"}),
        ("date", {"date": 5}),
        ("balance", {"balance": "much"}),
        ("balance", {"balance": 1e999}),
        ("limit", {"concurrent": -1}),
    ],
)
def test_nonsense_is_400_and_changes_nothing(box: Sandbox, name: str, body: object) -> None:
    before = steer(box, "GET", "state").body
    refused = steer(box, "POST", name, body)
    assert refused.status == 400
    message = json.loads(refused.body)["error"]
    assert f"/__sandbox__/{name} takes " in message
    assert "Error(" not in message
    assert steer(box, "GET", "state").body == before


def test_wrong_names_and_methods(box: Sandbox) -> None:
    unknown = steer(box, "GET", "stat")
    assert unknown.status == 404
    assert "state" in read(unknown)["error"]
    assert steer(box, "POST", "state").status == 405
    assert steer(box, "GET", "reset").status == 405
