# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImageQuality = Literal["auto", "high", "low", "medium"]

GPT_IMAGE_QUALITY_VALUES: set[GptImageQuality] = {
    "auto",
    "high",
    "low",
    "medium",
}


def check_gpt_image_quality(value: str) -> GptImageQuality:
    if value in GPT_IMAGE_QUALITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_QUALITY_VALUES!r}")
