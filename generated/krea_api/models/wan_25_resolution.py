# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Wan25Resolution = Literal["1080p", "480p", "720p"]

WAN_25_RESOLUTION_VALUES: set[Wan25Resolution] = {
    "1080p",
    "480p",
    "720p",
}


def check_wan_25_resolution(value: str) -> Wan25Resolution:
    if value in WAN_25_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WAN_25_RESOLUTION_VALUES!r}")
