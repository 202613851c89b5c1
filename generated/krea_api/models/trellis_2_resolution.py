# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Trellis2Resolution = Literal["1024", "1536", "512"]

TRELLIS_2_RESOLUTION_VALUES: set[Trellis2Resolution] = {
    "1024",
    "1536",
    "512",
}


def check_trellis_2_resolution(value: str) -> Trellis2Resolution:
    if value in TRELLIS_2_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TRELLIS_2_RESOLUTION_VALUES!r}")
