# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

QwenImage21Background = Literal["auto", "opaque", "transparent"]

QWEN_IMAGE_21_BACKGROUND_VALUES: set[QwenImage21Background] = {
    "auto",
    "opaque",
    "transparent",
}


def check_qwen_image_21_background(value: str) -> QwenImage21Background:
    if value in QWEN_IMAGE_21_BACKGROUND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {QWEN_IMAGE_21_BACKGROUND_VALUES!r}")
