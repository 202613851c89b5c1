"""A time-out bounds a whole exchange, sync and async, however the bytes of the response come."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry, SaveFailed

from ..timeouts import timed_out
from .raw_server import RawServer, response, serving

pytestmark = pytest.mark.usefixtures("network")

INTERVAL = 0.05  # seconds between the bytes of a slow response: no single read ever times out
FIELDS = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
ONCE = Retry(attempts=1)
servers: list[RawServer] = []


def trickle(data: bytes) -> Callable[[socket.socket, bytes], None]:
    """Send bytes one at a time."""

    def respond(connection: socket.socket, _: bytes) -> None:
        for place in range(len(data)):
            connection.sendall(data[place : place + 1])
            if servers[-1].stop.wait(INTERVAL):
                return

    return respond


def interim(connection: socket.socket, _: bytes) -> None:
    """Send interim responses that never end."""
    while not servers[-1].stop.wait(INTERVAL):
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")


SLOW = {
    "head": trickle(b"HTTP/1.1 200 OK\r\n" + b"x-a: b\r\n" * 200),
    "body": trickle(response(b" " * 1600)),
    "interim responses": interim,
}


def submit(url: str, timeout: float) -> None:
    with Krea("t", url, timeout=timeout, retry=ONCE) as krea:
        krea.submit("z-image/z-image", FIELDS)


def submit_async(url: str, timeout: float) -> None:
    async def main() -> None:
        async with AsyncKrea("t", url, timeout=timeout, retry=ONCE) as krea:
            await krea.submit("z-image/z-image", FIELDS)

    asyncio.run(main())


def poll(url: str, timeout: float) -> None:
    with Krea("t", url, timeout=timeout, retry=ONCE) as krea:
        krea.jobs.get("6b1c")


def upload(url: str, timeout: float) -> None:
    with Krea("t", url, timeout=timeout, retry=ONCE) as krea:
        krea.assets.upload(b"\x89PNG\r\n\x1a\n" + b"x" * 100)


def raw(url: str, timeout: float) -> None:
    from krea_api.api.jobs import get_job

    with Krea("t", url, timeout=timeout) as krea:
        get_job.sync_detailed("6b1c", client=krea.raw)


@pytest.mark.parametrize("way", SLOW)
@pytest.mark.parametrize(
    ("call", "error"),
    [
        (submit, OutcomeUnknown),
        (submit_async, OutcomeUnknown),
        (poll, ConnectionFailed),
        (upload, ConnectionFailed),
        (raw, Exception),
    ],
    ids=["submit", "submit_async", "poll", "upload", "raw"],
)
def test_a_slow_response_ends_with_the_time_out(
    call: Callable[[str, float], None], error: type[Exception], way: str
) -> None:
    with serving(SLOW[way]) as server:
        servers.append(server)
        outcome = timed_out(lambda seconds: call(server.url, seconds), lambda _: server.has_request.wait(5))
        assert isinstance(outcome, error)
        assert len(server.requests) == 1


@pytest.mark.parametrize("way", SLOW)
def test_a_slow_download_ends_too(way: str, tmp_path: Path) -> None:
    def save(timeout: float) -> None:
        with Krea("t", server.url, timeout=timeout, retry=ONCE) as krea:
            krea.save(f"{server.url}/a.png", tmp_path / "a.png")

    with serving(SLOW[way]) as server:
        servers.append(server)
        assert isinstance(timed_out(save, lambda _: server.has_request.wait(5)), SaveFailed)
        assert not list(tmp_path.iterdir())


def read_slowly(pause: float, stored: list[int]) -> Callable[[Any], None]:
    """Return what serves one connection and takes an upload in small pieces, with a pause after each."""

    def serve(connection: socket.socket) -> None:
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                data += connection.recv(4096)
            head, _, body = data.partition(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length")
            )
            count = len(body)
            while count < length:
                piece = connection.recv(1 << 16)
                if not piece:
                    return
                count += len(piece)
                time.sleep(pause)
            stored.append(length)
            connection.sendall(response(b'{"id": "a", "url": "https://files.example/a.png"}'))

    return serve


@pytest.mark.parametrize("variant", ["sync", "async"])
def test_an_upload_that_makes_progress_is_not_cut_off(variant: str) -> None:
    stored: list[int] = []
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 17)
    listener.bind(("127.0.0.1", 0))
    listener.listen(4)
    content = b"\x89PNG\r\n\x1a\n" + b"x" * (4 << 20)
    serve = read_slowly(0.02, stored)
    timeout = 1.0  # some systems open a small window again only after a third of a second
    thread = threading.Thread(target=lambda: serve(listener.accept()[0]), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    began = time.monotonic()
    if variant == "sync":
        with Krea("t", url, timeout=timeout, retry=ONCE) as krea:
            asset = krea.assets.upload(content)
    else:

        async def main() -> Any:
            async with AsyncKrea("t", url, timeout=timeout, retry=ONCE) as krea:
                return await krea.assets.upload(content)

        asset = asyncio.run(main())
    assert time.monotonic() - began > timeout  # else it shows nothing
    assert (asset.id, len(stored)) == ("a", 1)
    thread.join(5)
    listener.close()


@pytest.mark.parametrize("status", ["502 Bad Gateway", "500 Internal Server Error", ""])
def test_an_upload_that_may_have_been_stored_is_not_sent_again(status: str) -> None:
    def respond(connection: socket.socket, _: bytes) -> None:
        if not status:
            raise OSError("hung up")
        connection.sendall(response(b"", status=status))

    with serving(respond) as server, Krea("t", server.url, retry=Retry(attempts=3, base=0.001)) as krea:
        with pytest.raises(Exception, match=r"POST /assets"):
            krea.assets.upload(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
        assert len(server.requests) == 1
