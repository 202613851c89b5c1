# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo2322BAspectRatio = Literal["16:9", "9:16"]

LTX_VIDEO_2322B_ASPECT_RATIO_VALUES: set[LtxVideo2322BAspectRatio] = {
    "16:9",
    "9:16",
}


def check_ltx_video_2322b_aspect_ratio(value: str) -> LtxVideo2322BAspectRatio:
    if value in LTX_VIDEO_2322B_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_2322B_ASPECT_RATIO_VALUES!r}")
