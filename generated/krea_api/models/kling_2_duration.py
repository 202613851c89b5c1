# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling2Duration = Literal[5]

KLING_2_DURATION_VALUES: set[Kling2Duration] = {
    5,
}


def check_kling_2_duration(value: int) -> Kling2Duration:
    if value in KLING_2_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_2_DURATION_VALUES!r}")
