"""`krea-client doctor`: everything that keeps a call from working is named, and the token is not."""

import json
from typing import Any

import httpx
import pytest

from krea_client import Krea
from krea_client._core.policies import Retry
from krea_client.cli.commands import doctor
from krea_client.sandbox import Sandbox

from .conftest import TOKEN


def findings(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    out, err = capsys.readouterr()
    assert TOKEN not in out + err
    return {finding["name"]: (finding["state"], finding["said"]) for finding in json.loads(out)["findings"]}


def answering(handler: Any) -> Any:
    return lambda: Krea(TOKEN, transport=httpx.MockTransport(handler), retry=Retry(attempts=1))


def test_a_healthy_installation(
    maker: Any, box: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_API_KEY", TOKEN)
    monkeypatch.setenv("KREA_BASE_URL", "https://api.krea.ai/")
    assert doctor.run_doctor(network=True, as_json=True, open_client=maker) == 0
    results = findings(capsys)
    assert list(results) == [
        "python",
        "krea-client",
        "httpx",
        "spec",
        "sandbox",
        "token",
        "base URL",
        "deprecated names",
        "connection",
    ]
    assert results["token"] == ("ok", "found in KREA_API_KEY")
    assert results["base URL"] == ("ok", "https://api.krea.ai (from KREA_BASE_URL)")
    assert results["httpx"] == ("ok", httpx.__version__)
    state, message = results["connection"]
    assert state == "ok"
    assert message.startswith("the API answers and accepts the token, after 0.")
    [request] = box.requests
    assert (request.method, request.path, request.query) == ("GET", "/jobs", "limit=1")


def test_offline_asks_nobody(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_API_TOKEN", TOKEN)
    assert doctor.run_doctor(network=False, as_json=False) == 0
    out = capsys.readouterr().out
    assert "connection" not in out
    assert "https://api.krea.ai (the default)" in out


def test_an_address_is_shown_without_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_BASE_URL", f"https://me:{TOKEN}@proxy.example/krea")
    assert doctor.run_doctor(network=False, as_json=True) == 1
    assert findings(capsys)["base URL"] == ("ok", "https://proxy.example/krea (from KREA_BASE_URL)")


def refuse(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route")


@pytest.mark.parametrize(
    ("handler", "message"),
    [
        (lambda _: httpx.Response(401, json={"error": "no"}), "the token is refused (401), after"),
        (lambda _: httpx.Response(503, text="later"), "the API answers, but not as it should: "),
        (lambda _: httpx.Response(200, text="<html>"), "the API answers, but not as it should: "),
        (refuse, "GET /jobs: the API was not reached"),
    ],
)
def test_what_is_wrong_with_the_connection(
    handler: Any, message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_API_TOKEN", TOKEN)
    assert doctor.run_doctor(network=True, as_json=True, open_client=answering(handler)) == 1
    state, detail = findings(capsys)["connection"]
    assert state == "failed"
    assert detail.startswith(message)


def test_without_a_token_it_is_still_seen_whether_the_api_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    opened = answering(lambda _: httpx.Response(401, json={}))
    assert doctor.run_doctor(network=True, as_json=True, open_client=opened) == 1
    results = findings(capsys)
    status, text = results["token"]
    assert status == "failed"
    assert text.startswith("none: set KREA_API_TOKEN (or KREA_API_KEY), or run krea-client login; krea-client sandbox")
    assert results["connection"][1].startswith("reached; without a token it refuses everything (401)")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("KREA_BASE_URL", "http://example.com", "would send the token unencrypted: use https"),
        ("KREA_CLIENT_ALIASES", "always", "is not a policy for deprecated names"),
    ],
)
def test_an_environment_that_makes_no_sense(
    name: str, value: str, message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_API_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    assert doctor.run_doctor(network=True, as_json=True) == 1
    results = findings(capsys)
    assert message in results["environment"][1]
    assert results["connection"][1].startswith("not tried: ")


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (None, "its responses have no date"),
        ("Sat, 01 Jan 2000 00:00:00 GMT", "s behind this computer's"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "s ahead of this computer's"),
    ],
)
def test_the_difference_between_the_clocks_is_shown(
    date: str | None, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREA_API_TOKEN", TOKEN)
    headers = {} if date is None else {"date": date}
    opened = answering(lambda _: httpx.Response(200, json={"items": [], "next_cursor": None}, headers=headers))
    assert doctor.run_doctor(network=True, as_json=True, open_client=opened) == 0
    assert text in findings(capsys)["connection"][1]
