# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

H3MaxAspectRatio = Literal["16:9", "1:1", "21:9", "3:4", "4:3", "9:16"]

H3_MAX_ASPECT_RATIO_VALUES: set[H3MaxAspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "3:4",
    "4:3",
    "9:16",
}


def check_h3_max_aspect_ratio(value: str) -> H3MaxAspectRatio:
    if value in H3_MAX_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {H3_MAX_ASPECT_RATIO_VALUES!r}")
