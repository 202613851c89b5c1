# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling15Mode = Literal["pro"]

KLING_15_MODE_VALUES: set[Kling15Mode] = {
    "pro",
}


def check_kling_15_mode(value: str) -> Kling15Mode:
    if value in KLING_15_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_15_MODE_VALUES!r}")
