"""Assets and local files in requests: sync and async, against the sandbox."""

import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from krea_api.models import ZImageRequest
from krea_api.types import UNSET
from krea_client import Krea, NotFound, Rejected, RequestInvalid
from krea_client.sandbox import Sandbox, running

from .adapter import ClientAdapter
from .between import Between
from .conftest import GOOD, PNG, Make

SECOND_PICTURE = PNG + b"\x00"


def count_requests(between: Between, method: str = "POST", path: str = "/assets") -> int:
    return sum(request.method == method and request.url.path == path for request in between.seen)


def last_fields(box: Sandbox) -> dict[str, Any]:
    fields: dict[str, Any] = box.ledger[-1].fields
    return fields


# Assets


@pytest.mark.parametrize("give", [Path, str, Path.read_bytes, lambda path: io.BytesIO(path.read_bytes())])
def test_a_file_is_uploaded_as_it_is(
    client: ClientAdapter, box: Sandbox, picture: Path, give: Callable[[Path], object]
) -> None:
    asset = client.done(client.wrapped.assets.upload(give(picture), description="a dot"))
    assert (asset.size_bytes, asset.mime_type, asset.width, asset.description) == (len(PNG), "image/png", 1, "a dot")
    assert client.done(client.wrapped.assets.get(asset.id)) == asset
    stored = box.machine.account.assets.find(asset.id)
    assert stored is not None
    assert stored.content == PNG


def test_an_open_file_is_sent_from_where_it_stands_and_left_open(
    client: ClientAdapter, box: Sandbox, picture: Path
) -> None:
    with picture.open("rb") as file:
        client.done(client.wrapped.assets.upload(file, name="dot.png"))
        assert not file.closed
    assert b'filename="dot.png"' in box.requests[-1].body


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        (None, "NoneType is no file: give bytes, a Path or a binary file"),
        (io.StringIO("x"), "StringIO is no file: give bytes, a Path or a binary file"),
        ("nowhere.png", "nowhere.png cannot be read: .*: check the path"),
    ],
)
def test_what_is_no_file_is_refused(client: ClientAdapter, between: Between, argument: object, why: str) -> None:
    with pytest.raises(RequestInvalid, match=why):
        client.done(client.wrapped.assets.upload(argument))
    assert between.seen == []


def test_progress_is_told_to_the_end(client: ClientAdapter) -> None:
    content, progress = PNG + bytes(300_000), list[tuple[int, int]]()
    client.done(
        client.wrapped.assets.upload(
            content, on_progress=lambda written_bytes, size: progress.append((written_bytes, size))
        )
    )
    assert progress[-1] == (len(content), len(content))
    assert [written_bytes for written_bytes, _ in progress] == sorted(written_bytes for written_bytes, _ in progress)
    assert len(progress) > 2


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "is empty"), (b"GIF89a", "image/gif"), (b"what is this", "of an unknown type")],
)
def test_what_the_api_would_refuse_is_not_sent(
    client: ClientAdapter, between: Between, content: bytes, word: str
) -> None:
    with pytest.raises(RequestInvalid, match=word):
        client.done(client.wrapped.assets.upload(content))
    assert between.seen == []


def test_a_file_that_is_too_large_is_not_sent(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.write(b"\0\0\0\x18ftypisom")
        file.truncate((75 << 20) + 1)
    with pytest.raises(RequestInvalid, match="must have at most"):
        client.done(client.wrapped.assets.upload(large))
    assert between.seen == []


def test_all_pages_of_assets_and_deletion(client: ClientAdapter, between: Between) -> None:
    assets = [client.done(client.wrapped.assets.upload(PNG + bytes([number]))) for number in range(5)]
    listed = list(client.done(client.wrapped.assets.list(limit=2)))
    assert [asset.id for asset in listed] == [asset.id for asset in reversed(assets)]
    assert count_requests(between, "GET") == 3
    client.done(client.wrapped.assets.delete(assets[0]))
    client.done(client.wrapped.assets.delete(assets[1].id))
    assert len(list(client.done(client.wrapped.assets.list()))) == 3
    for asset in assets[:2]:
        with pytest.raises(NotFound):
            client.done(client.wrapped.assets.get(asset.id))


def test_a_large_upload_takes_no_memory_of_its_size(make: Make, tmp_path: Path) -> None:
    """Over a transport that reads and forgets: what the client holds is what is measured."""
    size = 60 << 20
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.write(b"\0\0\0\x18ftypisom")
        file.truncate(size)
    read_count = {"bytes": 0}
    asset = {"id": "a", "image_url": "https://gen.krea.ai/uploads/a.mp4", "uploaded_at": "2026-11-20T00:00:00Z"}

    class Swallowing(httpx.BaseTransport, httpx.AsyncBaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            assert isinstance(request.stream, httpx.SyncByteStream)
            for piece in request.stream:
                read_count["bytes"] += len(piece)
            return httpx.Response(200, json=asset)

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for piece in request.stream:
                read_count["bytes"] += len(piece)
            return httpx.Response(200, json=asset)

    client = make(transport=Swallowing())
    client.done(client.wrapped.assets.upload(PNG))
    tracemalloc.start()
    try:
        client.done(client.wrapped.assets.upload(large))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read_count["bytes"] > size
    assert peak < 4 << 20


# Local files in requests


def test_a_path_in_a_request_is_uploaded_and_replaced(client: ClientAdapter, box: Sandbox, picture: Path) -> None:
    client.submit("z-image/z-image", GOOD, image_url=picture)
    url = last_fields(box)["image_url"]
    assert url.startswith("https://gen.krea.ai/uploads/")
    assert client.run("z-image/z-image", GOOD, image_url=url).succeeded


def test_a_picture_in_memory_is_uploaded_once_and_replaced(
    client: ClientAdapter, box: Sandbox, between: Between
) -> None:
    picture = Image.new("RGB", (8, 8), "red")
    for _ in range(2):
        client.submit("z-image/z-image", GOOD, image_url=picture)
    assert last_fields(box)["image_url"].startswith("https://gen.krea.ai/uploads/")
    assert count_requests(between) == 1
    asset = client.done(client.wrapped.assets.upload(picture))
    assert (asset.mime_type, asset.width) == ("image/png", 8)


def test_files_in_lists_and_objects_each_content_once(
    client: ClientAdapter, box: Sandbox, between: Between, picture: Path
) -> None:
    styles = [{"url": picture, "strength": 1}]
    client.submit("z-image/z-image", GOOD, image_url=PNG, style_images=styles)
    client.submit(
        "openai/gpt-image-2", prompt="x", image_urls=[io.BytesIO(PNG), SECOND_PICTURE, "https://example.com/a.png"]
    )
    assert count_requests(between) == 2
    first, second = (row.fields for row in box.ledger)
    assert first["style_images"][0]["url"] == first["image_url"] == second["image_urls"][0] != second["image_urls"][1]
    assert second["image_urls"][2] == "https://example.com/a.png"
    assert styles == [{"url": picture, "strength": 1}]


def test_data_uris_and_addresses_pass_as_they_are(client: ClientAdapter, box: Sandbox, between: Between) -> None:
    data = "data:image/png;base64," + "A" * 4000
    client.submit("z-image/z-image", GOOD, image_url=data)
    assert last_fields(box)["image_url"] == data
    assert count_requests(between) == 0


def test_a_typed_request_takes_local_files(client: ClientAdapter, box: Sandbox, picture: Path) -> None:
    request = ZImageRequest.from_dict(GOOD)
    request.image_url = picture  # type: ignore[assignment]  # a client takes a file where the API takes its address
    client.submit(request)
    assert last_fields(box)["image_url"].endswith(".png")
    assert request.image_url is picture
    assert ZImageRequest.from_dict(GOOD).image_url is UNSET


def test_a_batch_uploads_equal_files_once(client: ClientAdapter, box: Sandbox, between: Between, picture: Path) -> None:
    requests = [("z-image/z-image", GOOD | {"image_url": picture, "seed": number}) for number in range(20)]
    results = list(client.run_all(requests, at_once=8))
    assert [result.failure for result in results] == [None] * 20
    assert count_requests(between) == 1
    assert len({row.fields["image_url"] for row in box.ledger}) == 1


def test_a_bad_file_is_told_with_its_place_and_nothing_is_sent(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    for value, word in ((tmp_path / "none.png", "cannot be read"), (b"GIF89a", "image/gif")):
        with pytest.raises(RequestInvalid, match=word):
            client.submit("openai/gpt-image-2", prompt="x", image_urls=[PNG, value])
    assert between.seen == []


def test_files_that_the_api_would_refuse_are_told_by_their_place(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(RequestInvalid) as refused:
        client.submit("tripo/tripo", {"image_urls": [PNG, b"", b"what is this"]})
    assert refused.value.model == "tripo/tripo"
    assert [problem.path for problem in refused.value.problems] == ["image_urls[1]: file", "image_urls[2]: file"]
    assert between.seen == []


def test_a_bad_body_is_told_before_its_files_are_uploaded(
    client: ClientAdapter, between: Between, picture: Path
) -> None:
    with pytest.raises(RequestInvalid, match="aspect_ratio"):
        client.submit("z-image/z-image", GOOD | {"aspect_ratio": "7:5"}, image_url=picture)
    assert between.seen == []


def test_a_file_whose_asset_was_deleted_is_uploaded_again(client: ClientAdapter, box: Sandbox, picture: Path) -> None:
    client.submit("z-image/z-image", GOOD, image_url=picture)
    [asset] = client.done(client.wrapped.assets.list())
    client.done(client.wrapped.assets.delete(asset))
    client.submit("z-image/z-image", GOOD, image_url=picture)
    assert last_fields(box)["image_url"] != asset.url


def test_a_file_whose_asset_another_program_deleted_is_uploaded_again_once(
    client: ClientAdapter, box: Sandbox, between: Between, picture: Path
) -> None:
    client.submit("kling/kling-3.0", prompt="x", duration=5, start_image=picture)
    with Krea("t", transport=box.transport(), clock=box.clock) as second_client:
        for asset in list(second_client.assets.list()):
            second_client.assets.delete(asset.id)
    client.submit("kling/kling-3.0", prompt="x", duration=5, start_image=picture)
    posts = [request.url.path for request in between.seen if request.method == "POST"]
    generation = "/generate/video/kling/kling-3.0"
    assert posts == ["/assets", generation, generation, "/assets", generation]
    assert len(box.ledger) == 2


def test_a_refusal_of_a_request_whose_files_are_new_is_believed_at_once(
    client: ClientAdapter, between: Between, picture: Path
) -> None:
    between.on("POST", lambda _, forward: forward(), lambda *_: httpx.Response(422))
    with pytest.raises(Rejected):
        client.submit("kling/kling-3.0", prompt="x", duration=5, start_image=picture)
    assert [request.method for request in between.seen] == ["POST", "POST"]


def test_over_a_real_connection(make: Make, box: Sandbox, tmp_path: Path) -> None:
    with running(box) as url, make(base_url=url, transport=None) as client:
        content = PNG + bytes(20 << 20)
        asset = client.done(client.wrapped.assets.upload(content))
        assert asset.url.startswith(f"{url}/uploads/")
        assert httpx.get(asset.url, trust_env=False).content == content
        job = client.run("z-image/z-image", GOOD, image_url=asset.url)
        assert client.save(job, tmp_path / "out.png")[0].read_bytes().startswith(PNG[:8])
        client.done(client.wrapped.assets.delete(asset))
        with pytest.raises(Rejected, match="Invalid asset URL"):
            client.submit("z-image/z-image", GOOD, image_url=asset.url)
