# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Krea3AspectRatio = Literal["16:9", "1:1", "21:9", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16"]

KREA_3_ASPECT_RATIO_VALUES: set[Krea3AspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "4:5",
    "5:4",
    "9:16",
}


def check_krea_3_aspect_ratio(value: str) -> Krea3AspectRatio:
    if value in KREA_3_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KREA_3_ASPECT_RATIO_VALUES!r}")
