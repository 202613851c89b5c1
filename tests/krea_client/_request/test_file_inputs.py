"""What can be given as a file: paths, bytes, binary files, pictures in memory, upload objects of web frameworks; the rest is refused."""

import io
import logging
import math
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from krea_client import RequestInvalid
from krea_client._request.file_inputs import FileInput
from krea_client._request.file_references import local_files
from krea_client._spec.catalogue import catalogue

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


class AsyncUpload:
    """As Starlette's UploadFile: its own methods are coroutines, the file is in an attribute."""

    filename: str | None = None

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


def content(source: FileInput) -> bytes:
    with source.open() as file:
        return file.read()


@pytest.mark.parametrize("wrap", [bytes, bytearray, memoryview, io.BytesIO, AsyncUpload, StreamUpload])
def test_what_holds_a_file_is_read(wrap: Any) -> None:
    source = FileInput(wrap(PNG))
    assert (content(source), source.size, source.content_type) == (PNG, len(PNG), "image/png")


def test_the_upload_of_a_web_framework_goes_by_the_name_that_its_user_gave_it() -> None:
    upload = AsyncUpload(b"text")
    upload.filename = "notes.txt"
    assert FileInput(upload).name == "notes.txt"
    source = local_files(catalogue().of_model("kling/kling-3.0"), {"start_image": upload})[0].source
    assert source.name == "notes.txt"


def test_a_path_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert content(FileInput(tmp_path / "a.png")) == PNG


def test_a_file_that_was_just_written_is_read_from_its_beginning_and_that_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = io.BytesIO()
    file.write(PNG)
    with caplog.at_level(logging.INFO, "krea_client"):
        assert content(FileInput(file)) == PNG
    assert "BytesIO to upload stood at its end" in caplog.text


def test_a_file_is_read_from_where_it_stands() -> None:
    file = io.BytesIO(b"head" + PNG)
    file.seek(4)
    assert content(FileInput(file)) == PNG


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "F", "I;16"])
def test_a_picture_of_pillow_is_uploaded_as_png(mode: str) -> None:
    picture = Image.new(mode, (3, 2))
    source = FileInput(picture)
    assert source.content_type == "image/png"
    with Image.open(io.BytesIO(content(source))) as again:
        again.load()
        assert again.size == (3, 2)
        if again.mode == picture.mode:
            assert again.tobytes() == picture.tobytes()


@pytest.mark.parametrize(
    ("shape", "mode"), [((2, 3), "L"), ((2, 3, 1), "L"), ((2, 3, 2), "LA"), ((2, 3, 3), "RGB"), ((2, 3, 4), "RGBA")]
)
def test_an_array_is_uploaded_as_png(shape: tuple[int, ...], mode: str) -> None:
    numpy = pytest.importorskip("numpy", reason="needs numpy, which is no dependency")
    array = numpy.arange(math.prod(shape), dtype="uint8").reshape(shape) * 7
    for variant in (array, array[::-1]):  # the second is not contiguous in memory
        with Image.open(io.BytesIO(content(FileInput(variant)))) as picture:
            assert picture.mode == mode
            assert numpy.array_equal(numpy.asarray(picture).reshape(shape), variant)


def test_an_array_of_truth_values_is_a_mask() -> None:
    numpy = pytest.importorskip("numpy", reason="needs numpy, which is no dependency")
    with Image.open(io.BytesIO(content(FileInput(numpy.array([[True, False]]))))) as picture:
        assert numpy.asarray(picture).tolist() == [[255, 0]]


@pytest.mark.parametrize(
    ("shape", "kind", "remedy"),
    [
        ((3, 64, 64), "uint8", r"\(3, 64, 64\).*rows, columns"),
        ((64,), "uint8", "rows, columns"),
        ((2, 0, 3), "uint8", "rows, columns"),
        ((2, 2, 3), "float64", "float64.*uint8"),
        ((2, 2), "uint16", "uint16.*uint8"),
    ],
)
def test_an_array_that_is_no_picture_is_refused_with_what_to_give(
    shape: tuple[int, ...], kind: str, remedy: str
) -> None:
    numpy = pytest.importorskip("numpy", reason="needs numpy, which is no dependency")
    with pytest.raises(RequestInvalid, match=f"start_image.*{remedy}"):
        local_files(catalogue().of_model("kling/kling-3.0"), {"start_image": numpy.zeros(shape, kind)})


@pytest.mark.parametrize("value", [object(), io.StringIO("x")])
def test_a_value_in_the_place_of_a_file_that_is_none_is_refused_with_what_to_give(value: object) -> None:
    with pytest.raises(RequestInvalid, match=r"start_image.*bytes, a Path, a binary file"):
        local_files(catalogue().of_model("kling/kling-3.0"), {"start_image": value})
