# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Wan30AspectRatio = Literal["16:9", "1:1", "3:4", "4:3", "9:16", "adaptive"]

WAN_30_ASPECT_RATIO_VALUES: set[Wan30AspectRatio] = {
    "16:9",
    "1:1",
    "3:4",
    "4:3",
    "9:16",
    "adaptive",
}


def check_wan_30_aspect_ratio(value: str) -> Wan30AspectRatio:
    if value in WAN_30_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WAN_30_ASPECT_RATIO_VALUES!r}")
