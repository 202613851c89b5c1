# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling2AspectRatio = Literal["16:9", "1:1", "9:16"]

KLING_2_ASPECT_RATIO_VALUES: set[Kling2AspectRatio] = {
    "16:9",
    "1:1",
    "9:16",
}


def check_kling_2_aspect_ratio(value: str) -> Kling2AspectRatio:
    if value in KLING_2_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_2_ASPECT_RATIO_VALUES!r}")
