# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo25FastDuration = Literal[6, 8, 10, 12, 14, 16, 18, 20]

LTX_VIDEO_25_FAST_DURATION_VALUES: set[LtxVideo25FastDuration] = {
    6,
    8,
    10,
    12,
    14,
    16,
    18,
    20,
}


def check_ltx_video_25_fast_duration(value: int) -> LtxVideo25FastDuration:
    if value in LTX_VIDEO_25_FAST_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_25_FAST_DURATION_VALUES!r}")
