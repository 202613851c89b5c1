# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling1AspectRatio = Literal["16:9", "1:1", "9:16"]

KLING_1_ASPECT_RATIO_VALUES: set[Kling1AspectRatio] = {
    "16:9",
    "1:1",
    "9:16",
}


def check_kling_1_aspect_ratio(value: str) -> Kling1AspectRatio:
    if value in KLING_1_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_1_ASPECT_RATIO_VALUES!r}")
