# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazImageFormat = Literal["jpg", "png", "webp"]

TOPAZ_IMAGE_FORMAT_VALUES: set[TopazImageFormat] = {
    "jpg",
    "png",
    "webp",
}


def check_topaz_image_format(value: str) -> TopazImageFormat:
    if value in TOPAZ_IMAGE_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_IMAGE_FORMAT_VALUES!r}")
