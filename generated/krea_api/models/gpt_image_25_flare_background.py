# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImage25FlareBackground = Literal["auto", "opaque", "transparent"]

GPT_IMAGE_25_FLARE_BACKGROUND_VALUES: set[GptImage25FlareBackground] = {
    "auto",
    "opaque",
    "transparent",
}


def check_gpt_image_25_flare_background(value: str) -> GptImage25FlareBackground:
    if value in GPT_IMAGE_25_FLARE_BACKGROUND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_25_FLARE_BACKGROUND_VALUES!r}")
