"""A server that sends the token back, and calls that fail on their way: no error and no frame of a traceback holds the token."""

import asyncio
import pickle
import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea, Retry, SaveFailed

from .raw_server import response, serving

pytestmark = pytest.mark.usefixtures("network")

TOKEN = "krea-0123456789-abcdef"
FIELDS = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
ONCE = Retry(attempts=1)
ECHO = f'{{"error": "bad token Bearer {TOKEN}", "details": [{{"field": "token", "message": "{TOKEN}"}}]}}'.encode()


def values(value: object, depth: int, visited: set[int]) -> Iterator[str | bytes]:
    """Yield the texts that can be reached from a value by its attributes and items."""
    if isinstance(value, (str, bytes)):
        yield value
    elif depth and id(value) not in visited and not isinstance(value, (ModuleType, FunctionType, type)):
        visited.add(id(value))
        inner: list[object] = list(getattr(value, "__dict__", {}).values())
        inner += [getattr(value, name, None) for name in getattr(type(value), "__slots__", ())]
        if isinstance(value, dict):
            inner += [*value, *value.values()]
        elif isinstance(value, (list, tuple, set, frozenset)):
            inner += value
        for part in inner:
            yield from values(part, depth - 1, visited)


def holders(error: BaseException) -> list[str]:
    """Return where an error shows the token: its texts, state and pickle, and the variables of the frames that it went through."""
    texts = [str(error), repr(error), repr(error.args), repr(vars(error)), "".join(traceback.format_exception(error))]
    results = [text[:80] for text in texts if TOKEN in text]
    if TOKEN.encode() in pickle.dumps(error):
        results.append("pickle")
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None:
            continue
        pending += [current.__cause__, current.__context__]
        results += [f"{type(current).__name__}: its state" for text in values(current, 6, set()) if holds(text)]
        for frame, _ in traceback.walk_tb(current.__traceback__):
            if frame.f_code.co_filename != __file__:
                for name, value in frame.f_locals.items():
                    results += [
                        f"{frame.f_code.co_qualname}: {name}" for text in values(value, 6, set()) if holds(text)
                    ]
    return results


def holds(text: str | bytes) -> bool:
    return (TOKEN if isinstance(text, str) else TOKEN.encode()) in text


def submit(url: str) -> None:
    with Krea(TOKEN, url, retry=ONCE, timeout=5) as krea:
        krea.submit("z-image/z-image", FIELDS)


def submit_async(url: str) -> None:
    async def main() -> None:
        async with AsyncKrea(TOKEN, url, retry=ONCE, timeout=5) as krea:
            await krea.submit("z-image/z-image", FIELDS)

    asyncio.run(main())


def poll(url: str) -> None:
    with Krea(TOKEN, url, retry=ONCE, timeout=5) as krea:
        krea.jobs.get("6b1c")


def upload(url: str) -> None:
    with Krea(TOKEN, url, retry=ONCE, timeout=5) as krea:
        krea.assets.upload(b"\x89PNG\r\n\x1a\n" + b"x" * 100)


def raw(url: str) -> None:
    from krea_api.api.jobs import get_job

    with Krea(TOKEN, url, timeout=5) as krea:
        assert get_job.sync_detailed("6b1c", client=krea.raw).parsed is not None


def raw_async(url: str) -> None:
    from krea_api.api.jobs import get_job

    async def main() -> None:
        async with AsyncKrea(TOKEN, url, timeout=5) as krea:
            assert (await get_job.asyncio_detailed("6b1c", client=krea.raw)).parsed is not None

    asyncio.run(main())


CALLS = [submit, submit_async, poll, upload, raw, raw_async]
ANSWERS = {
    "401 with the token": response(
        ECHO, "content-type: application/json", f"x-echo: {TOKEN}", status="401 Unauthorized"
    ),
    "500 with the token": response(ECHO, f"x-echo: {TOKEN}", status="500 Internal Server Error"),
    "no JSON": response(f"welcome, {TOKEN}".encode(), f"x-echo: {TOKEN}"),
    "no HTTP": f"{TOKEN}\r\n\r\n".encode(),
    "a redirect": response(b"", f"location: https://h{TOKEN}..x:port/", status="307 Temporary Redirect"),
    "cut": response(b"x" * 100)[:-50],
    "nothing": b"",
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)
def test_no_error_shows_the_token(call: Callable[[str], None], answer: str) -> None:
    def respond(connection: socket.socket, _: bytes) -> None:
        connection.sendall(ANSWERS[answer])
        raise OSError("hung up")

    with serving(respond) as server:
        with pytest.raises(Exception) as excinfo:  # noqa: PT011  # whatever it is
            call(server.url)
        assert any(TOKEN.encode() in request for request in server.requests)  # else it shows nothing
        assert holders(excinfo.value) == []


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    "answer",
    [
        *(answer for name, answer in ANSWERS.items() if name != "no JSON"),  # which is a file
        response(b"<html>", f"content-type: text/html; {TOKEN}"),
        response(b"x", "content-type: image/png", status=f"404 {TOKEN}"),
        response(b"", f"location: http://127.0.0.1:9/{TOKEN}", status="302 Found"),
    ],
)
def test_no_error_of_a_download_shows_a_token_that_its_host_knows(tmp_path: Path, kind: str, answer: bytes) -> None:
    def respond(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        raise OSError("hung up")

    def save(url: str) -> None:
        with Krea(TOKEN, url, retry=ONCE, timeout=5) as krea:
            krea.save(f"{url}/a.png", tmp_path / "a.png")

    def save_async(url: str) -> None:
        async def main() -> None:
            async with AsyncKrea(TOKEN, url, retry=ONCE, timeout=5) as krea:
                await krea.save(f"{url}/a.png", tmp_path / "a.png")

        asyncio.run(main())

    with serving(respond) as server:
        with pytest.raises(SaveFailed) as excinfo:
            (save if kind == "sync" else save_async)(server.url)
        assert holders(excinfo.value) == []


def test_the_search_finds_a_token() -> None:
    def fail(secret: Any) -> None:
        raise ValueError(f"no {secret}")

    with pytest.raises(ValueError) as excinfo:  # noqa: PT011  # it is looked at below
        fail(TOKEN)
    assert holders(excinfo.value)


def test_user_info_in_the_address_of_a_result_is_shown_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), Krea("t", retry=ONCE) as krea:
        for address in ("https://me:s3cret@127.0.0.1:9/a.png?sig=s3cret", "http://me:s3cret@files.example/a.png"):
            with pytest.raises(SaveFailed) as excinfo:
                krea.save(address, tmp_path / "a.png")
            assert "s3cret" not in f"{excinfo.value} {excinfo.value.url} {vars(excinfo.value)}"
    assert "s3cret" not in caplog.text
