# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Krea2Resolution = Literal["1K"]

KREA_2_RESOLUTION_VALUES: set[Krea2Resolution] = {
    "1K",
}


def check_krea_2_resolution(value: str) -> Krea2Resolution:
    if value in KREA_2_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KREA_2_RESOLUTION_VALUES!r}")
