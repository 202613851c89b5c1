# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Hailuo23Duration = Literal[6, 10]

HAILUO_23_DURATION_VALUES: set[Hailuo23Duration] = {
    6,
    10,
}


def check_hailuo_23_duration(value: int) -> Hailuo23Duration:
    if value in HAILUO_23_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HAILUO_23_DURATION_VALUES!r}")
