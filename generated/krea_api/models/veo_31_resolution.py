# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Veo31Resolution = Literal["1080p", "4K", "720p"]

VEO_31_RESOLUTION_VALUES: set[Veo31Resolution] = {
    "1080p",
    "4K",
    "720p",
}


def check_veo_31_resolution(value: str) -> Veo31Resolution:
    if value in VEO_31_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VEO_31_RESOLUTION_VALUES!r}")
