# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Krea3Resolution = Literal["1k", "2k"]

KREA_3_RESOLUTION_VALUES: set[Krea3Resolution] = {
    "1k",
    "2k",
}


def check_krea_3_resolution(value: str) -> Krea3Resolution:
    if value in KREA_3_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KREA_3_RESOLUTION_VALUES!r}")
