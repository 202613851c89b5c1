# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImage2Resolution = Literal["1K", "2K", "4K"]

GPT_IMAGE_2_RESOLUTION_VALUES: set[GptImage2Resolution] = {
    "1K",
    "2K",
    "4K",
}


def check_gpt_image_2_resolution(value: str) -> GptImage2Resolution:
    if value in GPT_IMAGE_2_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_2_RESOLUTION_VALUES!r}")
