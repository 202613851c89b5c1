# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Krea2AspectRatio = Literal["16:9", "1:1", "2.35:1", "2:3", "3:2", "3:4", "4:3", "4:5", "9:16"]

KREA_2_ASPECT_RATIO_VALUES: set[Krea2AspectRatio] = {
    "16:9",
    "1:1",
    "2.35:1",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "4:5",
    "9:16",
}


def check_krea_2_aspect_ratio(value: str) -> Krea2AspectRatio:
    if value in KREA_2_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KREA_2_ASPECT_RATIO_VALUES!r}")
