# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Wan25AspectRatio = Literal["16:9", "1:1", "9:16"]

WAN_25_ASPECT_RATIO_VALUES: set[Wan25AspectRatio] = {
    "16:9",
    "1:1",
    "9:16",
}


def check_wan_25_aspect_ratio(value: str) -> Wan25AspectRatio:
    if value in WAN_25_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WAN_25_ASPECT_RATIO_VALUES!r}")
