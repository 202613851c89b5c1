# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance10ProResolution = Literal["1080p", "720p"]

SEEDANCE_10_PRO_RESOLUTION_VALUES: set[Seedance10ProResolution] = {
    "1080p",
    "720p",
}


def check_seedance_10_pro_resolution(value: str) -> Seedance10ProResolution:
    if value in SEEDANCE_10_PRO_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_10_PRO_RESOLUTION_VALUES!r}")
