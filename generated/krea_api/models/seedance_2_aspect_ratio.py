# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance2AspectRatio = Literal["16:9", "1:1", "21:9", "3:4", "4:3", "9:16"]

SEEDANCE_2_ASPECT_RATIO_VALUES: set[Seedance2AspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "3:4",
    "4:3",
    "9:16",
}


def check_seedance_2_aspect_ratio(value: str) -> Seedance2AspectRatio:
    if value in SEEDANCE_2_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_2_ASPECT_RATIO_VALUES!r}")
