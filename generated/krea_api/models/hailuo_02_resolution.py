# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Hailuo02Resolution = Literal["1080p", "512p", "768p"]

HAILUO_02_RESOLUTION_VALUES: set[Hailuo02Resolution] = {
    "1080p",
    "512p",
    "768p",
}


def check_hailuo_02_resolution(value: str) -> Hailuo02Resolution:
    if value in HAILUO_02_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HAILUO_02_RESOLUTION_VALUES!r}")
