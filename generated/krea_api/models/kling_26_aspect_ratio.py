# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling26AspectRatio = Literal["16:9", "9:16"]

KLING_26_ASPECT_RATIO_VALUES: set[Kling26AspectRatio] = {
    "16:9",
    "9:16",
}


def check_kling_26_aspect_ratio(value: str) -> Kling26AspectRatio:
    if value in KLING_26_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_26_ASPECT_RATIO_VALUES!r}")
