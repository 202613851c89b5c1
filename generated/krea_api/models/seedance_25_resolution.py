# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Seedance25Resolution = Literal["1080p", "480p", "720p"]

SEEDANCE_25_RESOLUTION_VALUES: set[Seedance25Resolution] = {
    "1080p",
    "480p",
    "720p",
}


def check_seedance_25_resolution(value: str) -> Seedance25Resolution:
    if value in SEEDANCE_25_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_25_RESOLUTION_VALUES!r}")
