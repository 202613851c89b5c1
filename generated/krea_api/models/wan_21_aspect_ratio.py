# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Wan21AspectRatio = Literal["16:9", "9:16"]

WAN_21_ASPECT_RATIO_VALUES: set[Wan21AspectRatio] = {
    "16:9",
    "9:16",
}


def check_wan_21_aspect_ratio(value: str) -> Wan21AspectRatio:
    if value in WAN_21_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WAN_21_ASPECT_RATIO_VALUES!r}")
