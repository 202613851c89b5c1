# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Hailuo3AspectRatio = Literal["16:9", "1:1", "21:9", "3:4", "4:3", "9:16", "adaptive"]

HAILUO_3_ASPECT_RATIO_VALUES: set[Hailuo3AspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "3:4",
    "4:3",
    "9:16",
    "adaptive",
}


def check_hailuo_3_aspect_ratio(value: str) -> Hailuo3AspectRatio:
    if value in HAILUO_3_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HAILUO_3_ASPECT_RATIO_VALUES!r}")
