# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GptImage25Quality = Literal["high", "low", "max", "medium", "xhigh"]

GPT_IMAGE_25_QUALITY_VALUES: set[GptImage25Quality] = {
    "high",
    "low",
    "max",
    "medium",
    "xhigh",
}


def check_gpt_image_25_quality(value: str) -> GptImage25Quality:
    if value in GPT_IMAGE_25_QUALITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GPT_IMAGE_25_QUALITY_VALUES!r}")
