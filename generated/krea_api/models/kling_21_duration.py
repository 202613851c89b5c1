# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling21Duration = Literal[5, 10]

KLING_21_DURATION_VALUES: set[Kling21Duration] = {
    5,
    10,
}


def check_kling_21_duration(value: int) -> Kling21Duration:
    if value in KLING_21_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_21_DURATION_VALUES!r}")
