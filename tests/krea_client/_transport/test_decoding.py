"""Encoded responses are decoded in small pieces, measured while they expand, and noticed when they are cut off."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from krea_client import AsyncKrea, ConnectionFailed, Krea, OutcomeUnknown, Retry, SaveFailed
from krea_client._core.effects import Unanswered
from krea_client._transport.decoding import Decoder

from .raw_server import response, serving

TEXT = b'{"job_id": "6b1c", "status": "queued", "prompt": "' + b"a fox " * 500 + b'"}'
LIMIT = 1 << 20
FIELDS = {"prompt": "a fox", "aspect_ratio": "1:1", "resolution": "1K"}
ONCE = Retry(attempts=1)


def bare(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate ": bare,
    "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    "deflate, gzip": lambda data: gzip.compress(zlib.compress(data)),
    "identity": bytes,
    "": bytes,
}


def decoded(encoding: str | None, data: bytes, step: int = 1 << 16, limit: int = LIMIT) -> bytes:
    decoder = Decoder(encoding, limit)
    result = b"".join(b"".join(decoder.feed(data[at : at + step])) for at in range(0, len(data), step))
    decoder.finish()
    return result


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("step", [1, 7, 1 << 16])
def test_it_is_decoded_however_it_comes(encoding: str, step: int) -> None:
    assert decoded(encoding, ENCODERS[encoding](TEXT), step) == TEXT


def test_a_body_of_several_members_or_with_bytes_after_it_is_whole() -> None:
    assert decoded("gzip", gzip.compress(b"a") + gzip.compress(b"b"), 1) == b"ab"
    assert decoded("gzip", gzip.compress(b"a") + b"\0\0\0") == b"a"
    assert decoded("gzip", b"") == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "deflate ", "gzip, gzip"])
def test_one_that_is_cut_off_is_noticed(encoding: str) -> None:
    data = ENCODERS[encoding](TEXT)
    for cut in (1, len(data) // 2, len(data) - 1):
        with pytest.raises(Unanswered, match="cut off"):
            decoded(encoding, data[:cut])


@pytest.mark.parametrize(
    ("encoding", "data", "message"),
    [
        ("br", b"x", "'br', which was not asked for"),
        ("gzip", b"no gzip at all", "is broken"),
        ("gzip, gzip, gzip, gzip", b"", "encoded 4 times"),
    ],
)
def test_what_cannot_be_decoded_says_why(encoding: str, data: bytes, message: str) -> None:
    with pytest.raises(Unanswered, match=message):
        decoded(encoding, data)


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
def test_one_that_expands_to_too_much_is_measured_while_it_does(encoding: str) -> None:
    data = ENCODERS[encoding](bytes(50 * LIMIT))
    tracemalloc.start()
    try:
        with pytest.raises(Unanswered, match="expands to more than 1 MB"):
            decoded(encoding, data)
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


def submit(url: str) -> None:
    with Krea("t", url) as krea:
        krea.submit("z-image/z-image", FIELDS)


def submit_async(url: str) -> None:
    async def main() -> None:
        async with AsyncKrea("t", url) as krea:
            await krea.submit("z-image/z-image", FIELDS)

    asyncio.run(main())


@pytest.mark.parametrize("call", [submit, submit_async])
def test_a_submission_whose_response_is_cut_off_is_not_believed(call: Callable[[str], None]) -> None:
    body = response(gzip.compress(TEXT)[:-9], "content-type: application/json", "content-encoding: gzip")
    with (
        serving(lambda connection, _: connection.sendall(body)) as server,
        pytest.raises(OutcomeUnknown, match="cut off"),
    ):
        call(server.url)


def test_an_encoded_download_that_is_cut_off_is_refused_and_a_whole_one_kept(tmp_path: Path) -> None:
    content = b"# a triangle\nmtllib a.mtl\n" + b"v 0 0 0\n" * 100
    compressed = gzip.compress(content)
    for data, is_whole in ((compressed, True), (compressed[:-4], False)):
        body = response(data, "content-type: text/plain", "content-encoding: gzip")
        with (
            serving(lambda connection, _, body=body: connection.sendall(body)) as server,
            Krea("t", server.url, retry=ONCE) as krea,
        ):  # type: ignore[misc]  # the body of this round
            if is_whole:
                assert krea.save(f"{server.url}/a", tmp_path / "a")[0].read_bytes() == content
            else:
                with pytest.raises(SaveFailed, match="cut off"):
                    krea.save(f"{server.url}/a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a.obj"]


def test_a_poll_that_expands_to_too_much_is_refused() -> None:
    body = response(gzip.compress(bytes(40 << 20)), "content-encoding: gzip")
    with (
        serving(lambda connection, _: connection.sendall(body)) as server,
        Krea("t", server.url, retry=ONCE) as krea,
        pytest.raises(ConnectionFailed, match="more than 32 MB"),
    ):
        krea.jobs.get("6b1c")
