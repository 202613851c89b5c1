# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImage25Resolution = Literal["1K", "2K", "4K"]

GPT_IMAGE_25_RESOLUTION_VALUES: set[GptImage25Resolution] = {
    "1K",
    "2K",
    "4K",
}


def check_gpt_image_25_resolution(value: str) -> GptImage25Resolution:
    if value in GPT_IMAGE_25_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_25_RESOLUTION_VALUES!r}")
