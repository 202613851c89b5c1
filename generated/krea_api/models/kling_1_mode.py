# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling1Mode = Literal["pro", "std"]

KLING_1_MODE_VALUES: set[Kling1Mode] = {
    "pro",
    "std",
}


def check_kling_1_mode(value: str) -> Kling1Mode:
    if value in KLING_1_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_1_MODE_VALUES!r}")
