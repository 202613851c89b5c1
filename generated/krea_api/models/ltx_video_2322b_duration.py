# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo2322BDuration = Literal[5, 10, 15, 20]

LTX_VIDEO_2322B_DURATION_VALUES: set[LtxVideo2322BDuration] = {
    5,
    10,
    15,
    20,
}


def check_ltx_video_2322b_duration(value: int) -> LtxVideo2322BDuration:
    if value in LTX_VIDEO_2322B_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_2322B_DURATION_VALUES!r}")
