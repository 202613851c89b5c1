"""Every way to name a model leads to the same operation; a wrong name leads to the nearest ones."""

from datetime import date
from typing import Any

import pytest

from krea_api.models import GptImage2Request, ZImageRequest
from krea_client._spec.catalogue import Operation, catalogue
from krea_client._spec.suggestions import nearest
from krea_client.errors import ModelGone, ModelUnknown

from .._request.conftest import GPT, Z_IMAGE, catalogue_of, entry, made_up


@pytest.mark.parametrize(
    ("name", "operation"),
    [
        ("z-image/z-image", Z_IMAGE),
        ("image/z-image/z-image", Z_IMAGE),
        ("/image/z-image/z-image", Z_IMAGE),
        ("generate/image/z-image/z-image", Z_IMAGE),
        ("/generate/image/z-image/z-image", Z_IMAGE),
        ("/generate/image/z-image/z-image/", Z_IMAGE),
        ("https://api.krea.ai/generate/image/z-image/z-image", Z_IMAGE),
        (" z-image/z-image\n", Z_IMAGE),
        ("openai/gpt-image-2", GPT),
        ("image/openai/gpt-image-2", GPT),
    ],
)
def test_every_form_of_a_model_id_is_the_same_model(name: str, operation: Operation) -> None:
    assert catalogue().of_model(name) is operation


def test_an_operation_is_read_from_the_table() -> None:
    assert (Z_IMAGE.method, Z_IMAGE.path) == ("POST", "/generate/image/z-image/z-image")
    assert (Z_IMAGE.kind, Z_IMAGE.model, Z_IMAGE.paid, Z_IMAGE.webhook) == ("image", "z-image/z-image", True, True)
    assert Z_IMAGE.fields[:3] == ("prompt", "aspect_ratio", "resolution")
    listing = catalogue().operation("list_jobs")
    assert (listing.model, listing.kind, listing.paid, listing.fields) == ("list_jobs", None, False, ())
    assert set(listing.query.fields) == {"cursor", "limit", "types", "status"}


@pytest.mark.parametrize(
    ("model", "near"),
    [
        ("z-image/z-imag", "z-image/z-image"),
        ("Z_Image/Z_Image", "z-image/z-image"),
        ("zimage", "z-image/z-image"),
        ("openai/gpt-image2", "openai/gpt-image-2"),
        ("gpt-image-2", "openai/gpt-image-2"),
        ("image/openai/gpt-image-3", "openai/gpt-image-2"),
    ],
)
def test_a_wrong_id_gets_the_nearest_ones(model: str, near: str) -> None:
    with pytest.raises(ModelUnknown) as excinfo:
        catalogue().of_model(model)
    assert excinfo.value.given == model
    assert near in excinfo.value.nearest
    assert f"{model!r} is not a model that this version knows: did you mean " in str(excinfo.value)
    assert repr(near) in str(excinfo.value)


@pytest.mark.parametrize("model", ["", "/", "qqqqq", "jobs", "https://api.krea.ai", "list_jobs", "\ud800"])
def test_what_is_like_no_model_is_refused_all_the_same(model: str) -> None:
    with pytest.raises(ModelUnknown, match="is not a model that this version knows"):
        catalogue().of_model(model)


GONE_MODELS: list[dict[str, Any]] = [
    {"model": "image/old/one", "sunset": "2026-05-13", "replacement": "image/new/one"},
    {"model": "image/old/two", "sunset": None, "replacement": None},
    {"model": "upscale/image/maker/*", "sunset": None, "replacement": None},
]


@pytest.mark.parametrize("form", ["{}", "/generate/{}", "https://api.krea.ai/generate/{}"])
@pytest.mark.parametrize(
    ("model", "sunset", "replacement", "message"),
    [
        ("image/old/one", date(2026, 5, 13), "image/new/one", "off on 2026-05-13: use 'image/new/one' instead"),
        ("old/one", date(2026, 5, 13), "image/new/one", "off on 2026-05-13: use 'image/new/one' instead"),
        ("old/two", None, None, "off: no replacement is documented (nothing was sent)"),
        ("upscale/image/maker/any", None, None, "upscale/image/maker/any: Krea switched this model off"),
        ("image/maker/any", None, None, "image/maker/any: Krea switched this model off"),
    ],
)
def test_a_model_that_is_gone_says_so_in_every_form(
    form: str, model: str, sunset: date | None, replacement: str | None, message: str
) -> None:
    with pytest.raises(ModelGone) as excinfo:
        catalogue_of(entry(), gone_models=GONE_MODELS).of_model(form.format(model))
    error = excinfo.value
    assert (error.model, error.sunset, error.replacement, error.status) == (model, sunset, replacement, None)
    assert message in str(error)


def test_every_model_that_the_spec_calls_gone_is_refused() -> None:
    for row in catalogue().index["gone_models"]:
        model = row["model"].replace("*", "any")
        with pytest.raises(ModelGone) as excinfo:
            catalogue().of_model(model)
        # one spelling of an id everywhere
        replacement = row["replacement"] and catalogue().short_id(row["replacement"])
        assert (excinfo.value.model, excinfo.value.replacement) == (model, replacement)


def test_a_model_that_came_back_is_no_longer_gone() -> None:
    gone_models = [{"model": "video/maker/made-up", "sunset": None, "replacement": None}]
    assert catalogue_of(entry(), gone_models=gone_models).of_model("maker/made-up").id == "generate_made_up"


def test_a_short_id_of_two_kinds_is_not_guessed() -> None:
    image = entry(operation_id="image_too", path="/generate/image/maker/made-up", model="image/maker/made-up")
    two = catalogue_of(entry(), image)
    with pytest.raises(ModelUnknown) as excinfo:
        two.of_model("maker/made-up")
    assert set(excinfo.value.nearest) == {"video/maker/made-up", "image/maker/made-up"}
    assert two.of_model("image/maker/made-up").id == "image_too"


def test_an_operation_is_read_once_and_only_when_it_is_used() -> None:
    files: list[str] = []
    original = catalogue_of(entry())
    counting = type(original)(lambda name: (files.append(name), original._read(name))[1])
    assert counting.of_model("maker/made-up") is counting.operation("generate_made_up")
    assert files == ["index.json", "generate_made_up.json"]
    with pytest.raises(KeyError):
        counting.operation("nothing")


def z_image() -> ZImageRequest:
    return ZImageRequest.from_dict({"prompt": "x", "aspect_ratio": "1:1", "resolution": "1K"})


def test_a_request_object_knows_its_operation() -> None:
    assert catalogue().of_request(z_image()) is Z_IMAGE
    assert catalogue().of_request(GptImage2Request(prompt="x")) is GPT


def test_a_subclass_of_a_request_is_that_request() -> None:
    class Mine(ZImageRequest):
        pass

    class ZImageRequestToo(Mine):
        pass

    for kind in (Mine, ZImageRequestToo):
        assert catalogue().of_request(kind(**z_image().to_dict())) is Z_IMAGE


def test_what_is_no_request_object_is_none() -> None:
    class Stranger:
        pass

    Stranger.__name__ = "ZImageRequest"
    for request in (Stranger(), {}, None, 7, ZImageRequest, "x"):
        assert catalogue().of_request(request) is None


@pytest.mark.parametrize(
    ("word", "known_names", "near"),
    [
        ("aspectRatio", ["aspect_ratio", "resolution"], ["aspect_ratio"]),
        ("ASPECT-RATIO", ["aspect_ratio", "resolution"], ["aspect_ratio"]),
        ("promt", ["prompt", "seed"], ["prompt"]),
        ("image", ["image_url", "seed"], ["image_url"]),
        ("zz", ["prompt", "seed"], []),
        ("", ["prompt"], []),
        ("x", [], []),
    ],
)
def test_near_names_are_found_whatever_their_spelling(word: str, known_names: list[str], near: list[str]) -> None:
    assert nearest(word, known_names) == near


def test_no_more_near_names_than_asked_for() -> None:
    assert len(nearest("image", [f"image_{number}" for number in range(20)])) == 3


def test_a_made_up_operation_is_read_like_a_real_one() -> None:
    operation = made_up({"startImage": "start_image"}, typical_seconds=40)
    assert operation.model == "maker/made-up"
    assert operation.typical_seconds == 40
    assert operation.aliases["startImage"] == ("startImage", "start_image", date(2026, 6, 19))
