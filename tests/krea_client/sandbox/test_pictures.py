"""Result urls serve real PNGs of the asked size; equal requests get equal pictures."""

import io
import random
from typing import Any

import pytest
from PIL import Image

from krea_client.sandbox import Sandbox
from krea_client.sandbox.media import dimensions, result_files
from krea_client.sandbox.media.landscapes import paint
from krea_client.sandbox.media.motifs import MOTIFS
from krea_client.sandbox.media.palettes import PALETTES, mood, motif

from .conftest import GPT, Z_IMAGE, Caller, read


def opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        assert picture.format == "PNG"
        return picture


def draw(caller: Caller, path: str = Z_IMAGE, **fields: Any) -> bytes:
    job = caller.submit(path, **fields)
    caller.box.clock.advance(100)
    return caller.get(f"/images/{job}.png").body


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({}, (1024, 1024)),
        ({"aspect_ratio": "16:9", "resolution": "1K"}, (1024, 576)),
        ({"aspect_ratio": "9:16", "resolution": "2K"}, (1152, 2048)),
        ({"aspect_ratio": "2:3", "resolution": "1K"}, (683, 1024)),
        ({"aspect_ratio": "1:1", "resolution": "4k"}, (4096, 4096)),
        ({"aspect_ratio": "2.35:1"}, (1024, 436)),
        ({"width": 300, "height": 200}, (300, 200)),
        ({"width": 300.4, "aspect_ratio": "1:1"}, (300, 1024)),
        ({"width": 1e9, "height": -5}, (4096, 16)),
        ({"resolution": "huge", "aspect_ratio": "wide"}, (1024, 1024)),
        ({"resolution": "0K", "aspect_ratio": "0:0"}, (1024, 1024)),
    ],
)
def test_the_size_follows_from_the_fields(fields: dict[str, Any], size: tuple[int, int]) -> None:
    assert dimensions.picture_size(fields) == size


def test_a_finished_job_serves_a_png_of_the_asked_size(caller: Caller) -> None:
    assert opened(draw(caller, GPT, width=160, height=90)).size == (160, 90)


def test_the_preview_is_a_quarter_of_it(caller: Caller) -> None:
    job = caller.submit(GPT, width=160, height=90)
    caller.box.clock.advance(50)
    assert opened(caller.get(f"/images/{job}/preview.png").body).size == (40, 22)


def test_equal_requests_get_equal_pictures_and_others_others(caller: Caller) -> None:
    small = {"width": 96, "height": 64}
    first = draw(caller, GPT, **small)
    again = draw(Caller(Sandbox(date="2030-01-01", time_scale=0, seed=9)), GPT, height=64, width=96)
    assert first == again
    assert first != draw(caller, GPT, prompt="y", **small)


def test_old_and_new_names_get_the_same_picture(box: Sandbox, caller: Caller) -> None:
    box.date = "2026-01-01"
    job = read(caller.post({"prompt": "x", "aspectRatio": "16:9", "resolution": "1K"}))["job_id"]
    box.clock.advance(60)
    # After the cut-off the job is still the one that was accepted.
    box.date = "2026-11-20"
    picture = caller.get(f"/images/{job}.png").body
    assert opened(picture).size == (1024, 576)
    assert picture == draw(caller, prompt="x", aspect_ratio="16:9", resolution="1K")


@pytest.mark.parametrize("words", [*MOTIFS, "pines by the sea", "aurora", "night", ""])
@pytest.mark.parametrize("size", [(16, 16), (64, 40), (16, 160)])
def test_every_motif_can_be_drawn_at_any_size(words: str, size: tuple[int, int]) -> None:
    assert opened(paint(words, 5, *size)).size == size


def test_a_picture_is_more_than_one_colour() -> None:
    colours = opened(paint("a gothic cathedral", 1, 128, 128)).getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 500


def test_words_choose_the_mood_and_the_motif() -> None:
    assert mood("A Snowy night", random.Random(1)) == PALETTES["night"]
    assert motif("Monasteries in Bhutan", random.Random(1))[0] == "pagoda"
    assert mood("the price of a restart", random.Random(1)) == mood("", random.Random(1))
    assert motif("a lighthouse on the coast", random.Random(1)) == ("lighthouse", True)


def test_the_cache_is_bounded_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_files.cache, "max_bytes", 4000)
    for seed in range(6):
        result_files.file("png", result_files.recipe("x", {"width": 32, "height": 32, "seed": seed}))
    assert result_files.cache.size <= 4000
