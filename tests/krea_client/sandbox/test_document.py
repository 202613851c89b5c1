"""The document is found beside the generated package or inside it, and read without the client's tables."""

from datetime import date
from pathlib import Path

import pytest

from krea_client.sandbox.api_document import ApiDocument, location, pointer, read


def small(**operation: object) -> ApiDocument:
    return read(
        {
            "servers": [{"url": "https://api.example/"}],
            "paths": {
                "/generate/image/x": {"post": {"operationId": "x", **operation}},
                "/jobs/{id}": {"get": {"operationId": "get"}},
                "/jobs/{id}/parts/{part}": {"get": {"operationId": "part"}},
            },
            "x-krea-gone-models": [{"model": "video/old/*", "sunset": None, "replacement": None}],
        }
    )


def package(folder: Path) -> Path:
    (folder / "krea_api").mkdir(parents=True)
    (folder / "krea_api" / "__init__.py").touch()
    return folder


@pytest.mark.parametrize("place", ["krea_api/openapi.json", "openapi.json"])
def test_it_is_found_in_a_wheel_and_in_a_checkout(tmp_path: Path, place: str) -> None:
    (package(tmp_path) / place).touch()
    assert location(tmp_path / "krea_api") == tmp_path / place


def test_a_missing_document_says_where_it_was_sought(tmp_path: Path) -> None:
    package(tmp_path)
    with pytest.raises(FileNotFoundError, match="install krea-client again"):
        location(tmp_path / "krea_api")


def test_paths_match_segment_by_segment() -> None:
    document = small()
    assert document.methods("/jobs/1")["GET"].operation_id == "get"
    assert document.methods("/jobs/1/parts/2")["GET"].operation_id == "part"
    assert document.methods("/jobs/") == document.methods("/jobs/1/parts") == document.methods("/jobs") == {}


def test_what_is_not_published_is_none() -> None:
    bare = small().methods("/generate/image/x")["POST"]
    assert (bare.price({}), bare.seconds, bare.schema_at, bare.aliases) == (None, None, None, ())
    priced = {"amount": 0.5, "currency": "USD", "per": "request"}
    assert small(**{"x-krea-pricing": priced}).methods("/generate/image/x")["POST"].price({}) == 0.5


def test_an_alias_has_its_last_day() -> None:
    rows = [{"from": "aB", "to": "a_b", "sunset_date": "2026-06-19"}]
    [alias] = small(**{"x-krea-deprecated-field-aliases": rows}).methods("/generate/image/x")["POST"].aliases
    assert (alias.old, alias.new, alias.sunset) == ("aB", "a_b", date(2026, 6, 19))


def test_a_family_of_gone_models() -> None:
    [family] = small().retired_models
    assert family.covers("video/old/one")
    assert not family.covers("video/older")


def test_pointers_escape() -> None:
    assert pointer("paths", "/a~b") == "/paths/~1a~0b"
