# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

MagnificImageFormat = Literal["jpg", "png", "webp"]

MAGNIFIC_IMAGE_FORMAT_VALUES: set[MagnificImageFormat] = {
    "jpg",
    "png",
    "webp",
}


def check_magnific_image_format(value: str) -> MagnificImageFormat:
    if value in MAGNIFIC_IMAGE_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MAGNIFIC_IMAGE_FORMAT_VALUES!r}")
