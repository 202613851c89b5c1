# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

NanoBanana2AspectRatio = Literal[
    "16:9", "1:1", "1:4", "1:8", "21:9", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "9:16"
]

NANO_BANANA_2_ASPECT_RATIO_VALUES: set[NanoBanana2AspectRatio] = {
    "16:9",
    "1:1",
    "1:4",
    "1:8",
    "21:9",
    "2:3",
    "3:2",
    "3:4",
    "4:1",
    "4:3",
    "4:5",
    "5:4",
    "9:16",
}


def check_nano_banana_2_aspect_ratio(value: str) -> NanoBanana2AspectRatio:
    if value in NANO_BANANA_2_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NANO_BANANA_2_ASPECT_RATIO_VALUES!r}")
