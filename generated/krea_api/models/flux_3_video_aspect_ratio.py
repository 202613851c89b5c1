# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Flux3VideoAspectRatio = Literal["16:9", "1:1", "21:9", "2:1", "3:4", "4:3", "9:16"]

FLUX_3_VIDEO_ASPECT_RATIO_VALUES: set[Flux3VideoAspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "2:1",
    "3:4",
    "4:3",
    "9:16",
}


def check_flux_3_video_aspect_ratio(value: str) -> Flux3VideoAspectRatio:
    if value in FLUX_3_VIDEO_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FLUX_3_VIDEO_ASPECT_RATIO_VALUES!r}")
