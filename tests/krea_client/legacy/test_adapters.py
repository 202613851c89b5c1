"""Each library, under its adapter and under `install`: deprecated names are renamed on the way, everything else arrives as it was sent."""

import asyncio
import gzip
import json
import pickle
import urllib.request
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import pytest
import requests
from requests.adapters import HTTPAdapter

from krea_client import (
    AliasUse,
    Krea,
    KreaSunsetWarning,
    Rejected,
    RequestInvalid,
    legacy,
)
from krea_client._spec.catalogue import catalogue
from krea_client.sandbox import Sandbox

from .carriers import (
    CARRIERS,
    Carrier,
    InstalledHttpx,
    Recorder,
    RecordingAdapter,
    RecordingHandler,
)
from .conftest import after

Z_IMAGE = "https://api.krea.ai/generate/image/z-image/z-image"
OLD = b'{"prompt": "x", "aspectRatio": "1:1"}'
NEW = b'{"prompt": "x", "aspect_ratio": "1:1"}'


@pytest.fixture(params=CARRIERS, ids=lambda kind: kind.__name__)
def kind(request: pytest.FixtureRequest) -> Iterator[type[Carrier]]:
    selected: type[Carrier] = request.param
    yield selected
    legacy.uninstall()


@pytest.fixture
def silent(kind: type[Carrier]) -> Carrier:
    return kind(aliases="silent", clock=after)


def alias_rows() -> list[tuple[str, str, str]]:
    """Return path, deprecated name and new name of every alias whose field is there today."""
    known_names = catalogue()
    operations = [known_names.operation(name) for name in known_names.index["operations"]]
    return [
        (entry.path, row.old, row.new)
        for entry in operations
        for row in entry.aliases.values()
        if row.new in entry.fields
    ]


def test_every_alias_with_a_live_field_passes(silent: Carrier) -> None:
    rows = alias_rows()
    assert len(rows) > 150
    for path, old, new in rows:
        arrived = silent.post(f"https://api.krea.ai{path}", json.dumps({"before": 1, old: ["x"], "after": 2}).encode())
        assert json.loads(arrived.body) == {"before": 1, new: ["x"], "after": 2}, (path, old)
        assert int(arrived.headers["content-length"]) == len(arrived.body), (path, old)


def test_a_header_that_the_program_set_is_kept(silent: Carrier) -> None:
    headers = {
        "X-Webhook-URL": "https://example.com/hook",
        "Authorization": "Bearer t",
        "Content-Length": str(len(OLD)),
        "x-odd": "1",
    }
    arrived = silent.post(Z_IMAGE, OLD, headers)
    assert arrived.body == NEW
    assert arrived.headers["content-length"] == str(len(NEW))
    assert [arrived.headers[name] for name in ("x-webhook-url", "authorization", "x-odd", "content-type")] == [
        "https://example.com/hook", "Bearer t", "1", "application/json",
    ]  # fmt: skip  # one list


@pytest.mark.parametrize(
    "content_type",
    ["Application/JSON; charset=utf-8", "application/vnd.krea+json", "text/plain", "application/x-www-form-urlencoded"],
)
def test_json_is_translated_whatever_it_is_called(silent: Carrier, content_type: str) -> None:
    """As curl and urllib call it a form where nobody says what it is."""
    arrived = silent.post(Z_IMAGE, OLD, {"Content-Type": content_type})
    assert (arrived.body, arrived.headers["content-type"]) == (NEW, content_type)


@pytest.mark.parametrize(
    ("method", "url", "body", "headers"),
    [
        ("POST", "https://api.fal.ai/generate/image/z-image/z-image", OLD, {}),
        ("POST", "https://api.krea.ai/nobody/knows", OLD, {}),
        ("PUT", Z_IMAGE, OLD, {}),
        ("POST", Z_IMAGE, NEW, {}),
        ("POST", Z_IMAGE, gzip.compress(OLD), {"Content-Encoding": "gzip"}),
        ("POST", Z_IMAGE, b"aspectRatio=1%3A1", {"Content-Type": "application/x-www-form-urlencoded"}),
        ("POST", Z_IMAGE, b"", {}),
    ],
    ids=["other host", "unknown operation", "other method", "new names", "compressed", "form", "empty"],
)
def test_everything_else_arrives_as_it_was_sent(
    kind: type[Carrier], method: str, url: str, body: bytes, headers: dict[str, str]
) -> None:
    carrier = kind(aliases="error", clock=after)
    arrived = carrier.post(url, body, headers, method)
    legacy.uninstall()
    bare = bare_end(carrier, method, url, body, {"Content-Type": "application/json", **headers})
    assert arrived == bare
    assert arrived.body == body


def bare_end(carrier: Carrier, method: str, url: str, body: bytes, headers: dict[str, str]) -> object:
    """Return the same request by the same library, with nothing in between."""
    if hasattr(carrier, "client"):
        end = Recorder()
        with httpx.Client(transport=end) as client:
            client.request(method, url, content=body, headers=headers)
        return end.sent[-1]
    if hasattr(carrier, "session"):
        adapter = RecordingAdapter()
        session = requests.Session()
        session.mount("https://", adapter)
        session.request(method, url, data=body, headers=headers)
        return adapter.sent[-1]
    handler = RecordingHandler()
    urllib.request.build_opener(handler).open(urllib.request.Request(url, body, headers, method=method))
    return handler.sent[-1]


def test_the_warning_the_hook_and_the_date_are_those_of_the_clients(kind: type[Carrier]) -> None:
    uses: list[AliasUse] = []
    carrier = kind(on_alias=uses.append, clock=after)
    with pytest.warns(KreaSunsetWarning, match="'aspectRatio' is now 'aspect_ratio'") as messages:
        carrier.post(Z_IMAGE, OLD)
    assert len(messages) == 1
    assert [(use.old, use.new, use.time) for use in uses] == [("aspectRatio", "aspect_ratio", after())]


def test_a_gone_field_is_warned_about_and_arrives_untouched(kind: type[Carrier]) -> None:
    body = b'{"prompt": "x", "batchSize": 2}'
    with pytest.warns(KreaSunsetWarning, match="batchSize") as messages:
        assert kind(clock=after).post(Z_IMAGE, body).body == body
    assert len(messages) == 1


def test_the_policy_error_refuses_and_nothing_arrives(kind: type[Carrier]) -> None:
    carrier = kind(aliases="error", clock=after)
    with pytest.raises(RequestInvalid, match="use 'aspect_ratio'"):
        carrier.post(Z_IMAGE, OLD)
    assert carrier.sent == []


def test_passthrough_sends_the_old_name(kind: type[Carrier]) -> None:
    with pytest.warns(KreaSunsetWarning, match="sent as given"):
        assert kind(aliases="passthrough", clock=after).post(Z_IMAGE, OLD).body == OLD


def test_the_environment_chooses_where_no_argument_does(kind: type[Carrier], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREA_CLIENT_ALIASES", "silent")
    monkeypatch.setenv("KREA_BASE_URL", "http://127.0.0.1:8787")
    carrier = kind()
    assert carrier.post("http://127.0.0.1:8787/generate/image/z-image/z-image", OLD).body == NEW
    assert carrier.post(Z_IMAGE, OLD).body == NEW  # the API's own address stays known


def test_a_choice_that_makes_no_sense_is_refused_at_once(kind: type[Carrier]) -> None:
    with pytest.raises(ValueError, match="policy for deprecated names"):
        kind(aliases="sometimes")
    with pytest.raises(ValueError, match="base_url"):
        kind(base_url="krea")


def test_an_adapter_under_install_warns_once(kind: type[Carrier]) -> None:
    carrier = kind(aliases="passthrough", clock=after)
    legacy.install(aliases="passthrough", clock=after)
    with pytest.warns(KreaSunsetWarning) as messages:
        carrier.post(Z_IMAGE, OLD)
    assert len(messages) == 1


# Streaming, and bodies that go out more than once


def test_streamed_bodies_are_not_read_beforehand() -> None:
    legacy.install(aliases="error", clock=after)
    pieces = [b'{"aspectRatio":', b'"1:1"}']
    end = Recorder()
    with httpx.Client(transport=end) as client:
        client.post(Z_IMAGE, content=iter(pieces))
    assert (end.sent[-1].body, end.sent[-1].headers["transfer-encoding"]) == (b"".join(pieces), "chunked")
    adapter = RecordingAdapter()
    session = requests.Session()
    session.mount("https://", adapter)
    session.post(Z_IMAGE, data=iter(pieces))
    session.post(Z_IMAGE, data=BytesIO(OLD))
    assert [request.body for request in adapter.sent] == [b"".join(pieces), OLD]


def test_a_streamed_answer_is_left_to_the_program() -> None:
    class Slow(httpx.SyncByteStream):
        read = 0

        def __iter__(self) -> Iterator[bytes]:
            for _ in range(3):
                self.read += 1
                yield b"piece"

    slow = Slow()
    end = httpx.MockTransport(lambda _: httpx.Response(200, stream=slow))
    client = httpx.Client(transport=legacy.Transport(end, aliases="silent"))
    with client, client.stream("POST", Z_IMAGE, content=OLD) as answer:
        assert slow.read == 0
        assert next(answer.iter_bytes(5)) == b"piece"


def test_the_programs_own_retries_send_the_new_body_each_time() -> None:
    observed: list[bytes] = []

    class Flaky(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            observed.extend(b"".join(request.stream) for _ in range(2))  # type: ignore[arg-type]  # a sync body
            return httpx.Response(200)

    with httpx.Client(transport=legacy.Transport(Flaky(), aliases="silent")) as client:
        request = client.build_request("POST", Z_IMAGE, content=OLD)
        client.send(request)
        client.send(request)
    assert observed == [NEW] * 4
    assert request.content == OLD  # the program's own request is not changed


def test_a_redirect_keeps_the_new_body() -> None:
    bodies: list[bytes] = []

    def end(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(307, headers={"location": Z_IMAGE}) if len(bodies) == 1 else httpx.Response(200)

    legacy.install(aliases="silent")
    with httpx.Client(transport=httpx.MockTransport(end), follow_redirects=True) as client:
        client.post(Z_IMAGE.replace("https", "http"), content=OLD)
    assert bodies == [NEW, NEW]


def test_requests_of_a_program_are_not_changed() -> None:
    adapter = RecordingAdapter()
    session = requests.Session()
    session.mount("https://", legacy.RequestsAdapter(adapter, aliases="silent"))
    prepared = requests.Request("POST", Z_IMAGE, data=OLD).prepare()
    plain = urllib.request.Request(Z_IMAGE, OLD, {"Content-Length": str(len(OLD))})
    opener = urllib.request.build_opener(RecordingHandler(), legacy.UrllibHandler(aliases="silent"))
    for _ in range(2):
        session.send(prepared)
        opener.open(plain)
    assert (prepared.body, prepared.headers["Content-Length"]) == (OLD, str(len(OLD)))
    assert (plain.data, plain.get_header("Content-length")) == (OLD, str(len(OLD)))
    assert [request.body for request in adapter.sent] == [NEW, NEW]


@pytest.mark.parametrize(
    "body",
    ['{"prompt": "\u00e4", "aspectRatio": "1:1"}', {"prompt": "\u00e4", "aspectRatio": "1:1"}],
    ids=["text", "json="],
)
def test_requests_takes_text_and_json(body: Any) -> None:
    legacy.install(aliases="silent")
    adapter = RecordingAdapter()
    session = requests.Session()
    session.mount("https://", adapter)
    session.post(Z_IMAGE, **({"data": body} if isinstance(body, str) else {"json": body}))
    assert json.loads(adapter.sent[-1].body) == {"prompt": "\u00e4", "aspect_ratio": "1:1"}
    assert int(adapter.sent[-1].headers["content-length"]) == len(adapter.sent[-1].body)


def test_urllib_takes_the_body_beside_the_address() -> None:
    legacy.install(aliases="silent")
    end = RecordingHandler()
    opener = urllib.request.build_opener(end)
    opener.open(Z_IMAGE, OLD)
    opener.open(urllib.request.Request(Z_IMAGE), OLD)
    opener.open("https://example.com/", OLD)
    assert [request.body for request in end.sent] == [NEW, NEW, OLD]


def test_adapters_close_what_they_hold() -> None:
    class Counted(httpx.MockTransport):
        closed = 0

        def close(self) -> None:
            self.closed += 1

        async def aclose(self) -> None:
            self.closed += 1

    inner = Counted(lambda _: httpx.Response(200))
    httpx.Client(transport=legacy.Transport(inner)).close()
    asyncio.run(httpx.AsyncClient(transport=legacy.AsyncTransport(inner)).aclose())
    assert inner.closed == 2
    adapter = legacy.RequestsAdapter(HTTPAdapter(max_retries=2))
    session = requests.Session()
    session.mount("https://", adapter)
    session.close()


def test_a_session_with_an_adapter_still_goes_to_another_process() -> None:
    session = requests.Session()
    session.mount("https://", legacy.RequestsAdapter(aliases="silent"))
    assert type(pickle.loads(pickle.dumps(session)).get_adapter(Z_IMAGE)) is legacy.RequestsAdapter


def test_our_own_client_keeps_its_own_policy() -> None:
    box = Sandbox(date="2026-11-20", time_scale=0)
    uses: list[AliasUse] = []
    legacy.install(aliases="error", on_alias=uses.append)
    with Krea("t", transport=box.transport(), clock=box.clock, aliases="silent") as krea:
        krea.submit("z-image/z-image", {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"})
    krea = Krea("t", transport=box.transport(), clock=box.clock, aliases="passthrough")
    with (
        krea,
        pytest.warns(KreaSunsetWarning, match="sent as given") as messages,
        pytest.raises(Rejected, match="aspect"),
    ):
        krea.submit("z-image/z-image", {"prompt": "x", "aspectRatio": "1:1", "resolution": "1K"})
    assert (len(messages), uses) == (1, [])


def test_the_text_of_a_warning_repeats_so_that_python_shows_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = InstalledHttpx(clock=after)
    with warnings.catch_warnings(record=True) as messages:
        warnings.simplefilter("default")
        for number in range(3):
            carrier.post(Z_IMAGE, json.dumps({"prompt": str(number), "aspectRatio": f"{number}:1"}).encode())
    assert len(messages) == 1
