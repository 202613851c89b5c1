# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling1Duration = Literal[5, 10]

KLING_1_DURATION_VALUES: set[Kling1Duration] = {
    5,
    10,
}


def check_kling_1_duration(value: int) -> Kling1Duration:
    if value in KLING_1_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_1_DURATION_VALUES!r}")
