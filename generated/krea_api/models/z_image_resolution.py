# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

ZImageResolution = Literal["1K"]

Z_IMAGE_RESOLUTION_VALUES: set[ZImageResolution] = {
    "1K",
}


def check_z_image_resolution(value: str) -> ZImageResolution:
    if value in Z_IMAGE_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {Z_IMAGE_RESOLUTION_VALUES!r}")
