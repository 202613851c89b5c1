"""What can be given as a file: paths, bytes, binary files, the upload objects of web frameworks; the rest is refused with a remedy."""

import io
from pathlib import Path
from typing import Any

import pytest

from krea_client import RequestInvalid
from krea_client._request.file_inputs import FileInput
from krea_client._request.file_references import local_files
from krea_client._spec.catalogue import catalogue

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


class AsyncUpload:
    """As Starlette's UploadFile: its own methods are coroutines, the file is in an attribute."""

    def __init__(self, content: bytes) -> None:
        self.file = io.BytesIO()
        self.file.write(content)
        self.file.seek(0)

    async def read(self, size: int = -1) -> bytes:
        return self.file.read(size)

    async def seek(self, offset: int) -> None:
        self.file.seek(offset)


class StreamUpload:
    """As Werkzeug's FileStorage: the file is in `stream`."""

    def __init__(self, content: bytes) -> None:
        self.stream = io.BytesIO(content)


class Picture:
    """As a picture of Pillow: neither a file nor bytes."""

    def save(self, target: Any) -> None: ...

    def tobytes(self) -> bytes:
        return b""


def content(source: FileInput) -> bytes:
    with source.open() as file:
        return file.read()


@pytest.mark.parametrize("wrap", [bytes, bytearray, memoryview, io.BytesIO, AsyncUpload, StreamUpload])
def test_what_holds_a_file_is_read(wrap: Any) -> None:
    source = FileInput(wrap(PNG))
    assert (content(source), source.size, source.content_type) == (PNG, len(PNG), "image/png")


def test_a_path_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert content(FileInput(tmp_path / "a.png")) == PNG


def test_a_file_that_stands_at_its_end_is_refused_with_what_to_do() -> None:
    file = io.BytesIO()
    file.write(PNG)
    with pytest.raises(RequestInvalid, match=r"stands at its end.*seek\(0\)"):
        FileInput(file)


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (Picture(), r"give bytes or a Path"),
        (object(), "bytes, a Path or a binary file"),
        (io.StringIO("x"), "bytes, a Path"),
    ],
)
def test_a_value_in_the_place_of_a_file_that_is_none_is_refused_with_what_to_give(value: object, remedy: str) -> None:
    with pytest.raises(RequestInvalid, match=f"start_image.*{remedy}"):
        local_files(catalogue().of_model("kling/kling-3.0"), {"start_image": value})
