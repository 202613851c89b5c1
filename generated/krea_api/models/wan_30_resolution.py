# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Wan30Resolution = Literal["1080p", "480p", "720p"]

WAN_30_RESOLUTION_VALUES: set[Wan30Resolution] = {
    "1080p",
    "480p",
    "720p",
}


def check_wan_30_resolution(value: str) -> Wan30Resolution:
    if value in WAN_30_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WAN_30_RESOLUTION_VALUES!r}")
