# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling30Mode = Literal["4k", "pro", "std"]

KLING_30_MODE_VALUES: set[Kling30Mode] = {
    "4k",
    "pro",
    "std",
}


def check_kling_30_mode(value: str) -> Kling30Mode:
    if value in KLING_30_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_30_MODE_VALUES!r}")
