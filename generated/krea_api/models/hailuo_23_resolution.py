# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Hailuo23Resolution = Literal["1080p", "768p"]

HAILUO_23_RESOLUTION_VALUES: set[Hailuo23Resolution] = {
    "1080p",
    "768p",
}


def check_hailuo_23_resolution(value: str) -> Hailuo23Resolution:
    if value in HAILUO_23_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HAILUO_23_RESOLUTION_VALUES!r}")
