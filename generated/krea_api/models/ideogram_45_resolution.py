# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Ideogram45Resolution = Literal["2K"]

IDEOGRAM_45_RESOLUTION_VALUES: set[Ideogram45Resolution] = {
    "2K",
}


def check_ideogram_45_resolution(value: str) -> Ideogram45Resolution:
    if value in IDEOGRAM_45_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IDEOGRAM_45_RESOLUTION_VALUES!r}")
