# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Ideogram45AspectRatio = Literal["16:9", "1:1", "2.4:1", "2:3", "3:2", "4:3", "4:5", "9:16"]

IDEOGRAM_45_ASPECT_RATIO_VALUES: set[Ideogram45AspectRatio] = {
    "16:9",
    "1:1",
    "2.4:1",
    "2:3",
    "3:2",
    "4:3",
    "4:5",
    "9:16",
}


def check_ideogram_45_aspect_ratio(value: str) -> Ideogram45AspectRatio:
    if value in IDEOGRAM_45_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IDEOGRAM_45_ASPECT_RATIO_VALUES!r}")
