"""`document=`: the API's own document as an overlay, over real HTTP: once a day, with its ETag, without the token, never needed."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from krea_api.models import ZImageRequest
from krea_client import (
    AsyncKrea,
    Krea,
    KreaDeprecationWarning,
    KreaDocumentWarning,
    ModelUnknown,
    OverBudget,
    RequestInvalid,
)
from krea_client._spec.document_source import UnusableDocument
from krea_client._transport.document_cache import FetchState
from krea_client._transport.document_fetch import fetched
from krea_client.sandbox import Sandbox

from .._spec.published import MODEL, NEW, Document, body, inlined_document, operation, with_new_model
from .._transport.raw_server import serving
from .conftest import GOOD, TOKEN
from .document_server import DocumentServer

PATIENCE = 60.0  # seconds; a busy computer takes longer than a program would wait
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
Client = Krea | AsyncKrea


class Calendar:
    """A clock whose date moves by hand."""

    def __init__(self) -> None:
        self.date = NOW

    def __call__(self) -> datetime:
        return self.date


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("KREA_CLIENT_DOCUMENT", raising=False)
    monkeypatch.setattr("krea_client._transport.live_catalogue.LONGEST_WAIT", PATIENCE)
    return tmp_path


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    server = DocumentServer(json.dumps(with_new_model()).encode())
    yield server
    server.close()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture(params=[Krea, AsyncKrea])
def live(request: pytest.FixtureRequest, server: DocumentServer, calendar: Calendar) -> Callable[..., Client]:
    kind: Callable[..., Client] = request.param
    return lambda **options: kind(
        **{"token": TOKEN, "base_url": server.url, "clock": calendar, "document": "live"} | options
    )


def knows(client: Client, model: str = "krea/krea-9") -> bool:
    try:
        client.price(model)
    except ModelUnknown:
        return False
    return True


def test_a_model_that_this_version_does_not_know_is_checked(
    live: Callable[..., Client], server: DocumentServer
) -> None:
    client = live()
    with pytest.raises(RequestInvalid, match="strength is 2, must be at most 1"):
        client.price(NEW, strength=2)
    assert str(client.price(NEW, prompt="a fox")) == "krea/krea-9: no price is published"
    [(path, headers)] = server.seen
    assert path == "/openapi.json"
    assert TOKEN not in str(headers)
    assert "authorization" not in {name.lower() for name in headers}


def test_without_the_argument_nothing_is_asked(server: DocumentServer) -> None:
    assert not knows(Krea(TOKEN, server.url))
    assert server.seen == []


def test_it_is_fetched_once_a_day_and_again_only_where_it_changed(
    live: Callable[..., Client], server: DocumentServer, calendar: Calendar
) -> None:
    assert knows(live())
    assert knows(live())
    assert len(server.seen) == 1
    calendar.date += timedelta(days=1, seconds=1)
    assert knows(live())
    assert server.seen[1][1]["If-None-Match"] == '"1"'
    calendar.date += timedelta(days=1, seconds=1)
    server.content, server.headers["ETag"] = json.dumps(inlined_document()).encode(), '"2"'
    assert not knows(live())
    assert len(server.seen) == 3


def test_mapping_and_typed_requests_honour_changed_bounds_and_aliases() -> None:
    document = with_new_model()
    body(document)["properties"]["denoising_strength"]["maximum"] = 0.5
    box = Sandbox(document=document, time_scale=0, date="2026-11-29")
    with Krea(TOKEN, document=document, transport=box.transport(), clock=box.clock) as krea:
        with pytest.raises(RequestInvalid, match=r"must be at most 0\.5"):
            krea.submit(MODEL, GOOD, denoising_strength=0.7)
        typed = ZImageRequest(prompt="a", aspect_ratio="1:1", resolution="1K", denoising_strength=0.7)
        with pytest.raises(RequestInvalid, match=r"must be at most 0\.5"):
            krea.submit(typed)
        with pytest.warns(KreaDeprecationWarning, match="'imageUrls' is now 'image_urls'"):
            job = krea.run("krea/krea-9", prompt="a fox", size="1k", imageUrls=["https://example.com/a.png"])
        assert json.loads(box.requests[0].body)["image_urls"] == ["https://example.com/a.png"]
        assert job.urls


def test_a_budget_refuses_what_has_no_price(server: DocumentServer, calendar: Calendar) -> None:
    with (
        Krea(TOKEN, server.url, document="live", clock=calendar, budget=100) as krea,
        pytest.raises(OverBudget, match="no price"),
    ):
        krea.submit(NEW, prompt="a fox", size="1k")
    assert [path for path, _ in server.seen] == ["/openapi.json"]


def test_models_that_it_calls_deprecated_or_lists_no_more_warn_and_go_out() -> None:
    document = inlined_document()
    operation(document)["deprecated"] = True
    box = Sandbox(time_scale=0, date="2026-11-29")
    with Krea(TOKEN, document=document, transport=box.transport(), clock=box.clock) as krea:
        with pytest.warns(
            KreaDeprecationWarning, match="calls the model deprecated; the request goes out"
        ) as recorded_warnings:
            krea.submit(MODEL, GOOD)
        assert recorded_warnings[0].filename == __file__
        assert len(box.jobs) == 1


@pytest.mark.parametrize(
    "content", [b"<html>", b'{"openapi": "3.1.0", "paths": []}', b"[" * 50_000, b" " * (16 * 2**20 + 9)]
)
def test_a_broken_document_changes_nothing_and_is_said_in_one_line(
    live: Callable[..., Client], server: DocumentServer, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    server.content = content
    with pytest.warns(KreaDocumentWarning) as recorded_warnings:
        client = live()
    assert not knows(client)
    assert knows(client, MODEL)
    assert len(recorded_warnings) == 1
    assert "\n" not in str(recorded_warnings[0].message)
    assert recorded_warnings[0].filename == __file__
    assert len([record for record in caplog.records if record.name == "krea_client"]) == 1


def test_the_last_good_overlay_stays_when_the_next_document_is_broken_or_absent(
    live: Callable[..., Client], server: DocumentServer, calendar: Calendar
) -> None:
    assert knows(live())
    for status, content in ((200, b"{}"), (503, b"")):
        server.status, server.content, server.headers["ETag"] = status, content, '"9"'
        calendar.date += timedelta(days=2)
        with pytest.warns(KreaDocumentWarning):
            assert knows(live())
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert knows(live())  # after a failure it is asked again in an hour, not at once
    assert len(server.seen) == 3
    calendar.date += timedelta(minutes=61)
    with pytest.warns(KreaDocumentWarning):
        live()
    assert len(server.seen) == 4


def test_an_older_document_changes_nothing(server: DocumentServer, calendar: Calendar) -> None:
    server.headers["Last-Modified"] = "Sun, 29 Nov 2026 10:00:00 GMT"
    assert knows(Krea(TOKEN, server.url, document="live", clock=calendar))
    calendar.date += timedelta(days=2)
    server.headers |= {"Last-Modified": "Sat, 28 Nov 2026 10:00:00 GMT", "ETag": '"old"'}
    server.content = json.dumps(inlined_document()).encode()
    with pytest.warns(KreaDocumentWarning, match="older than the stored one"):
        assert knows(Krea(TOKEN, server.url, document="live", clock=calendar))


def test_a_redirect_to_another_host_is_not_followed(server: DocumentServer, calendar: Calendar) -> None:
    second_server = DocumentServer(server.content)
    server.status, server.headers = 302, {"Location": f"{second_server.url}/openapi.json"}
    with pytest.warns(KreaDocumentWarning, match="status 302"):
        Krea(TOKEN, server.url, document="live", clock=calendar)
    assert second_server.seen == []
    second_server.close()


def test_a_host_that_is_silent_delays_a_program_by_a_few_seconds_at_most(
    server: DocumentServer, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("krea_client._transport.live_catalogue.LONGEST_WAIT", 0.2)
    server.hold = threading.Event()
    with pytest.warns(KreaDocumentWarning, match=r"did not come within 0\.2 s"):
        client = Krea(TOKEN, server.url, document="live", clock=calendar)
    assert knows(client, MODEL)


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n{"], ids=["head", "body"])
def test_a_silence_of_a_host_is_told_in_the_same_words_wherever_it_begins(start: bytes) -> None:
    is_over = threading.Event()

    def begin(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        is_over.wait(20)

    with serving(begin) as silent_server, pytest.raises(UnusableDocument) as excinfo:
        fetched(silent_server.url, None, FetchState(), 0.2)
    is_over.set()
    assert str(excinfo.value) == "it did not come within 0.2 s"


def test_a_model_that_cannot_be_read_is_said_in_one_line_and_the_others_are_used(
    caplog: pytest.LogCaptureFixture,
) -> None:
    document = with_new_model()
    body(document)["properties"]["prompt"]["enum"] = [{"text": "a"}]
    with Krea(TOKEN, document=document) as client, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert knows(client, NEW)
        assert knows(client, MODEL)  # as this version describes it
    [line] = caplog.messages
    assert line == (
        f"the API's document has 1 model(s) that this version cannot read and leaves out: {MODEL} "
        f"({MODEL}.prompt: enum has choices that are lists or objects)"
    )


def test_an_event_loop_is_not_kept_waiting_where_an_overlay_is_stored(
    server: DocumentServer, calendar: Calendar
) -> None:
    assert knows(Krea(TOKEN, server.url, document="live", clock=calendar))
    calendar.date += timedelta(days=2)
    server.hold = threading.Event()

    async def program() -> bool:
        async with AsyncKrea(TOKEN, server.url, document="live", clock=calendar) as krea:
            return knows(krea)

    assert asyncio.run(program())  # the server answers when it is closed


@pytest.mark.parametrize("damage", [b"", b"krea-client overlay 1 0\n{}", b"\x00" * 100])
def test_a_damaged_overlay_is_made_anew_without_asking(
    cache: Path, server: DocumentServer, calendar: Calendar, damage: bytes
) -> None:
    assert knows(Krea(TOKEN, server.url, document="live", clock=calendar))
    [overlay] = (cache / "krea-client").glob("overlay-*")
    content = overlay.read_bytes()
    overlay.write_bytes(damage)
    assert knows(Krea(TOKEN, server.url, document="live", clock=calendar))
    assert overlay.read_bytes() == content
    assert len(server.seen) == 1


def test_a_folder_that_cannot_be_written_is_no_obstacle(
    cache: Path, server: DocumentServer, calendar: Calendar
) -> None:
    (cache / "krea-client").write_text("a file in the place of the folder")
    assert knows(Krea(TOKEN, server.url, document="live", clock=calendar))


def test_with_a_transport_of_the_callers_only_what_is_stored_is_used(
    server: DocumentServer, calendar: Calendar
) -> None:
    box = Sandbox(time_scale=0)
    options: dict[str, Any] = {"transport": box.transport(), "document": "live", "clock": calendar}
    assert not knows(Krea(TOKEN, server.url, **options))
    assert server.seen == []
    Krea(TOKEN, server.url, document="live", clock=calendar)
    assert knows(Krea(TOKEN, server.url, **options))


def test_a_file_and_the_environment_are_taken_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(with_new_model()))
    assert knows(Krea(TOKEN, document=file))
    monkeypatch.setenv("KREA_CLIENT_DOCUMENT", str(file))
    assert knows(Krea(TOKEN))
    assert not knows(Krea(TOKEN, document="off"))


def test_a_file_that_is_not_there_is_an_error_and_other_types_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        Krea(TOKEN, document=tmp_path / "no.json")
    with pytest.raises(TypeError, match="document is of type int"):
        Krea(TOKEN, document=7)  # type: ignore[arg-type]  # the fault that is tested


def test_many_processes_at_once_leave_a_whole_cache(cache: Path, server: DocumentServer) -> None:
    program = (
        "import sys; from krea_client import Krea; from krea_client._transport import live_catalogue\n"
        f"live_catalogue.LONGEST_WAIT = {PATIENCE}\n"
        "for _ in range(3): print(Krea('t', sys.argv[1], document='live').price('krea/krea-9'))"
    )
    command = [sys.executable, "-W", "error", "-c", program, server.url]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(4)]
    outputs = [process.communicate(timeout=300)[0].decode() for process in running]
    assert outputs == ["krea/krea-9: no price is published\n" * 3] * 4
    assert {file.name.partition("-")[0] for file in (cache / "krea-client").iterdir()} == {
        "document",
        "overlay",
        "state",
    }


def test_a_mapping_is_not_changed() -> None:
    document: Document = with_new_model()
    before = json.dumps(document)
    assert knows(Krea(TOKEN, document=document))
    assert json.dumps(document) == before
