# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Flux3VideoResolution = Literal["1080p", "720p"]

FLUX_3_VIDEO_RESOLUTION_VALUES: set[Flux3VideoResolution] = {
    "1080p",
    "720p",
}


def check_flux_3_video_resolution(value: str) -> Flux3VideoResolution:
    if value in FLUX_3_VIDEO_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FLUX_3_VIDEO_RESOLUTION_VALUES!r}")
