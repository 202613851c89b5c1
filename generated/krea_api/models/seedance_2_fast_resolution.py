# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance2FastResolution = Literal["480p", "720p"]

SEEDANCE_2_FAST_RESOLUTION_VALUES: set[Seedance2FastResolution] = {
    "480p",
    "720p",
}


def check_seedance_2_fast_resolution(value: str) -> Seedance2FastResolution:
    if value in SEEDANCE_2_FAST_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_2_FAST_RESOLUTION_VALUES!r}")
