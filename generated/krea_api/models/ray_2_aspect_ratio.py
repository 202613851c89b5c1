# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Ray2AspectRatio = Literal["16:9", "1:1", "21:9", "3:4", "4:3", "9:16", "9:21"]

RAY_2_ASPECT_RATIO_VALUES: set[Ray2AspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "3:4",
    "4:3",
    "9:16",
    "9:21",
}


def check_ray_2_aspect_ratio(value: str) -> Ray2AspectRatio:
    if value in RAY_2_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RAY_2_ASPECT_RATIO_VALUES!r}")
