# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo25ProDuration = Literal[6, 8, 10]

LTX_VIDEO_25_PRO_DURATION_VALUES: set[LtxVideo25ProDuration] = {
    6,
    8,
    10,
}


def check_ltx_video_25_pro_duration(value: int) -> LtxVideo25ProDuration:
    if value in LTX_VIDEO_25_PRO_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_25_PRO_DURATION_VALUES!r}")
