# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance10ProFastResolution = Literal["1080p", "480p", "720p"]

SEEDANCE_10_PRO_FAST_RESOLUTION_VALUES: set[Seedance10ProFastResolution] = {
    "1080p",
    "480p",
    "720p",
}


def check_seedance_10_pro_fast_resolution(value: str) -> Seedance10ProFastResolution:
    if value in SEEDANCE_10_PRO_FAST_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_10_PRO_FAST_RESOLUTION_VALUES!r}")
