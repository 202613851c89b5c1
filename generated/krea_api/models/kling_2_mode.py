# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Kling2Mode = Literal["master", "pro"]

KLING_2_MODE_VALUES: set[Kling2Mode] = {
    "master",
    "pro",
}


def check_kling_2_mode(value: str) -> Kling2Mode:
    if value in KLING_2_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_2_MODE_VALUES!r}")
