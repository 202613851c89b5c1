# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo25FastResolution = Literal["1080p", "1440p", "4k", "720p"]

LTX_VIDEO_25_FAST_RESOLUTION_VALUES: set[LtxVideo25FastResolution] = {
    "1080p",
    "1440p",
    "4k",
    "720p",
}


def check_ltx_video_25_fast_resolution(value: str) -> LtxVideo25FastResolution:
    if value in LTX_VIDEO_25_FAST_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_25_FAST_RESOLUTION_VALUES!r}")
