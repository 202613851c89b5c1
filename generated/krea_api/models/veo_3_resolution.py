# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Veo3Resolution = Literal["1080p", "720p"]

VEO_3_RESOLUTION_VALUES: set[Veo3Resolution] = {
    "1080p",
    "720p",
}


def check_veo_3_resolution(value: str) -> Veo3Resolution:
    if value in VEO_3_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VEO_3_RESOLUTION_VALUES!r}")
