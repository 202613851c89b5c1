"""Uploads are kept byte for byte, listed in pages, deleted; a request may name only those that are there."""

import json
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from krea_client.sandbox import Sandbox
from krea_client.sandbox.asset_store import AssetStore, StoredAsset
from krea_client.sandbox.multipart_parser import parts

from .conftest import GOOD, PNG, Caller, path_of, read
from .test_documented_answers import assert_documented, of


def test_a_file_comes_back_byte_for_byte_without_a_token(caller: Caller) -> None:
    content = bytes(range(256)) * 40 + b"\r\n--b0x\r\n"
    response = caller.upload(content, "a.webm", "video/webm")
    assert_documented(of("POST", "/assets"), response)
    asset = read(response)
    assert (asset["mime_type"], asset["size_bytes"], asset["width"]) == ("video/webm", len(content), None)
    served = Caller(caller.box, {}).get(path_of(asset["image_url"]))
    assert (served.status, served.headers["content-type"], served.body) == (200, "video/webm", content)


def test_a_picture_tells_its_size_and_its_note(caller: Caller) -> None:
    asset = read(caller.upload(PNG, description="a dot"))
    assert (asset["width"], asset["height"], asset["description"]) == (1, 1, "a dot")
    assert "description" not in read(caller.upload(PNG))
    response = caller.get(f"/assets/{asset['id']}")
    assert_documented(of("GET", f"/assets/{asset['id']}"), response)
    assert read(response) == asset


@pytest.mark.parametrize(
    ("content", "name", "kind", "word"),
    [
        (b"", "in.png", "image/png", "empty"),
        (b"GIF89a", "in.gif", "image/gif", "not accepted"),
        (b"x", "in.exe", "application/octet-stream", "not accepted"),
        (b"x" * ((75 << 20) + 1), "in.mp4", "video/mp4", "75 MB"),
    ],
)
def test_what_the_page_does_not_take_is_refused(
    caller: Caller, content: bytes, name: str, kind: str, word: str
) -> None:
    refused = caller.upload(content, name, kind)
    assert_documented(of("POST", "/assets"), refused)
    assert refused.status == 400
    assert word in read(refused)["error"]
    assert read(caller.get("/assets"))["items"] == []


def test_the_largest_file_is_taken(caller: Caller) -> None:
    assert caller.upload(b"x" * (75 << 20), "in.mp4", "video/mp4").status == 200


def test_the_name_tells_the_type_when_nobody_else_does(caller: Caller) -> None:
    assert read(caller.upload(b"glTF", "in.GLB", "application/octet-stream"))["mime_type"] == "model/gltf-binary"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"--b0--"),
        ("multipart/form-data; boundary=b0", b""),
        ("multipart/form-data; boundary=b0", b"--b0\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b0--"),
        ("multipart/form-data; boundary=b0", b'--b0\r\nContent-Disposition: form-data; name="file"\r\n\r\nx'),
        ("multipart/form-data; boundary=b0", b'--b0\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n--b0--'),
        ("multipart/form-data; boundary=b0", b'\r\n--b0\r\nContent-Disposition: form-data; name="x"\r\n\r\n' * 30),
    ],
)
def test_what_is_no_such_form_is_400(caller: Caller, kind: str, body: bytes) -> None:
    refused = caller.call("POST", "/assets", body, content_type=kind)
    assert_documented(of("POST", "/assets"), refused)
    assert refused.status == 400


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.binary(max_size=300))
def test_any_form_is_read_or_refused(kind: str, body: bytes) -> None:
    for head in (kind, "multipart/form-data; boundary=b", f"multipart/form-data; boundary={kind}"):
        for content in (body, b"--b\r\n" + body + b"\r\n--b--"):
            try:
                parts(head, content)
            except ValueError:
                continue


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.text("abc äö", min_size=1, max_size=9))
def test_contents_are_cut_out_as_they_are(content: bytes, name: str) -> None:
    head = f'--b0d\r\nContent-Disposition: form-data; name="file"; filename="{name}.png"\r\n\r\n'.encode()
    form = head + content + b"\r\n--b0d--\r\n"
    if b"\r\n--b0d" not in content:
        [part] = parts('multipart/form-data; boundary="b0d"', form)
        assert (part.content, part.filename, part.content_type) == (content, f"{name}.png".strip(), None)


def test_lists_are_cut_in_pages_newest_first(caller: Caller) -> None:
    ids = [read(caller.upload(PNG))["id"] for _ in range(7)]
    listed_ids, cursor = [], ""
    for _ in range(4):
        page = read(caller.get(f"/assets?limit=2{cursor}"))
        listed_ids += [asset["id"] for asset in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert listed_ids == ids[::-1]
    assert page["next_cursor"] is None
    assert_documented(of("GET", "/assets"), caller.get("/assets"))


def test_a_deleted_file_is_gone_everywhere(caller: Caller) -> None:
    asset = read(caller.upload(PNG))
    response = caller.call("DELETE", f"/assets/{asset['id']}")
    assert_documented(of("DELETE", f"/assets/{asset['id']}"), response)
    assert read(response)["success"] is True
    for refused in (
        caller.get(f"/assets/{asset['id']}"),
        caller.call("DELETE", f"/assets/{asset['id']}"),
        caller.get(path_of(asset["image_url"])),
    ):
        assert refused.status == 404
    assert read(caller.post(GOOD | {"image_url": asset["image_url"]}))["error"] == "Invalid asset URL"


def test_requests_name_only_uploads_that_are_there(caller: Caller) -> None:
    asset = read(caller.upload(PNG))
    assert caller.post(GOOD | {"image_url": asset["image_url"]}).status == 200
    lost_address = asset["image_url"].replace(asset["id"], str(uuid.UUID(int=1, version=4)))
    for fields in ({"image_url": lost_address}, {"style_images": [{"url": lost_address, "strength": 1}]}):
        refused = caller.post(GOOD | fields)
        assert_documented(of("POST", "/generate/image/z-image/z-image"), refused)
        assert (refused.status, read(refused)) == (422, {"error": "Invalid asset URL"})
    # Only where media is expected: a prompt may say what it likes.
    assert caller.post(GOOD | {"prompt": lost_address}).status == 200
    assert caller.post(GOOD | {"image_url": "https://example.com/uploads/x.png"}).status == 200
    assert len(caller.box.ledger) == 3


def test_uploads_are_named_by_the_address_that_the_caller_used(box: Sandbox) -> None:
    local = Caller(box)
    answered = box.answer(local_request := _upload_from(local, "http://127.0.0.1:8000"))
    assert json.loads(answered.body)["image_url"].startswith(local_request.origin + "/uploads/")


def _upload_from(caller: Caller, origin: str):  # type: ignore[no-untyped-def]  # what Caller sends is not exported
    caller.upload(PNG)
    requests = caller.box.machine.requests
    return list(requests)[-1]._replace(origin=origin, headers={**list(requests)[-1].headers, **caller.headers})


def test_the_oldest_files_make_room(caller: Caller) -> None:
    shelf, now = AssetStore(most_bytes=1000), caller.box.clock.now()
    for number in range(50):
        shelf.add(StoredAsset(str(number), f"{number}.png", b"x" * 100, "image/png", now, None, None, None))
    assert len(shelf) == 10
    assert shelf.find("49") is not None
    assert shelf.find("39") is None


def test_files_uploaded_at_one_moment_have_different_times(caller: Caller) -> None:
    times = {read(caller.upload(PNG))["uploaded_at"] for _ in range(5)}
    caller.box.date = "2020-01-01"
    times.add(read(caller.upload(PNG))["uploaded_at"])
    assert len(times) == 6
