# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo25ProResolution = Literal["1080p", "720p"]

LTX_VIDEO_25_PRO_RESOLUTION_VALUES: set[LtxVideo25ProResolution] = {
    "1080p",
    "720p",
}


def check_ltx_video_25_pro_resolution(value: str) -> LtxVideo25ProResolution:
    if value in LTX_VIDEO_25_PRO_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_25_PRO_RESOLUTION_VALUES!r}")
