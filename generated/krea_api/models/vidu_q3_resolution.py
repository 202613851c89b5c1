# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

ViduQ3Resolution = Literal["1080p", "540p", "720p"]

VIDU_Q3_RESOLUTION_VALUES: set[ViduQ3Resolution] = {
    "1080p",
    "540p",
    "720p",
}


def check_vidu_q3_resolution(value: str) -> ViduQ3Resolution:
    if value in VIDU_Q3_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VIDU_Q3_RESOLUTION_VALUES!r}")
