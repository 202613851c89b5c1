# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImage25AspectRatio = Literal["16:9", "1:1", "1:2", "2:1", "2:3", "3:2", "3:4", "4:3", "9:16"]

GPT_IMAGE_25_ASPECT_RATIO_VALUES: set[GptImage25AspectRatio] = {
    "16:9",
    "1:1",
    "1:2",
    "2:1",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "9:16",
}


def check_gpt_image_25_aspect_ratio(value: str) -> GptImage25AspectRatio:
    if value in GPT_IMAGE_25_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_25_ASPECT_RATIO_VALUES!r}")
