# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance10ProAspectRatio = Literal["16:9", "1:1", "21:9", "3:4", "4:3", "9:16", "9:21"]

SEEDANCE_10_PRO_ASPECT_RATIO_VALUES: set[Seedance10ProAspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "3:4",
    "4:3",
    "9:16",
    "9:21",
}


def check_seedance_10_pro_aspect_ratio(value: str) -> Seedance10ProAspectRatio:
    if value in SEEDANCE_10_PRO_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_10_PRO_ASPECT_RATIO_VALUES!r}")
