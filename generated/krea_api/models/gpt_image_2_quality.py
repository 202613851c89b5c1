# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImage2Quality = Literal["auto", "high", "low", "medium"]

GPT_IMAGE_2_QUALITY_VALUES: set[GptImage2Quality] = {
    "auto",
    "high",
    "low",
    "medium",
}


def check_gpt_image_2_quality(value: str) -> GptImage2Quality:
    if value in GPT_IMAGE_2_QUALITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_2_QUALITY_VALUES!r}")
