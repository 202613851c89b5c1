# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling30AspectRatio = Literal["16:9", "9:16"]

KLING_30_ASPECT_RATIO_VALUES: set[Kling30AspectRatio] = {
    "16:9",
    "9:16",
}


def check_kling_30_aspect_ratio(value: str) -> Kling30AspectRatio:
    if value in KLING_30_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_30_ASPECT_RATIO_VALUES!r}")
