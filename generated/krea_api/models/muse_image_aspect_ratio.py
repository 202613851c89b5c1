# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

MuseImageAspectRatio = Literal["16:9", "1:1", "21:9", "2:3", "3:2", "3:4", "4:3", "9:16", "9:21"]

MUSE_IMAGE_ASPECT_RATIO_VALUES: set[MuseImageAspectRatio] = {
    "16:9",
    "1:1",
    "21:9",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "9:16",
    "9:21",
}


def check_muse_image_aspect_ratio(value: str) -> MuseImageAspectRatio:
    if value in MUSE_IMAGE_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MUSE_IMAGE_ASPECT_RATIO_VALUES!r}")
