"""The files of the server are whole, whatever their size, and come piece by piece."""

import asyncio
import io

import pytest

from bench.conditions_server import PIECE, file_pieces
from krea_client._request.file_checks import find_defect


def response(target: str) -> bytes:
    async def main() -> bytes:
        return b"".join([piece async for piece in file_pieces(target)])

    return asyncio.run(main())


@pytest.mark.parametrize("target", ["/video/1000/a.mp4", f"/video/{PIECE * 2 + 7}/a.mp4", "/picture/200000/0/1.png"])
def test_a_file_is_whole_and_as_long_as_its_head_says(target: str) -> None:
    head, _, content = response(target).partition(b"\r\n\r\n")
    assert f"content-length: {len(content)}".encode() in head
    assert find_defect(io.BytesIO(content)) is None
