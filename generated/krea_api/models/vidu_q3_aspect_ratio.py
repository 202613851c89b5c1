# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

ViduQ3AspectRatio = Literal["16:9", "9:16"]

VIDU_Q3_ASPECT_RATIO_VALUES: set[ViduQ3AspectRatio] = {
    "16:9",
    "9:16",
}


def check_vidu_q3_aspect_ratio(value: str) -> ViduQ3AspectRatio:
    if value in VIDU_Q3_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VIDU_Q3_ASPECT_RATIO_VALUES!r}")
