# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance2Resolution = Literal["1080p", "480p", "4k", "720p"]

SEEDANCE_2_RESOLUTION_VALUES: set[Seedance2Resolution] = {
    "1080p",
    "480p",
    "4k",
    "720p",
}


def check_seedance_2_resolution(value: str) -> Seedance2Resolution:
    if value in SEEDANCE_2_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_2_RESOLUTION_VALUES!r}")
