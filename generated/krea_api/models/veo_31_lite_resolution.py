# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Veo31LiteResolution = Literal["1080p", "720p"]

VEO_31_LITE_RESOLUTION_VALUES: set[Veo31LiteResolution] = {
    "1080p",
    "720p",
}


def check_veo_31_lite_resolution(value: str) -> Veo31LiteResolution:
    if value in VEO_31_LITE_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VEO_31_LITE_RESOLUTION_VALUES!r}")
