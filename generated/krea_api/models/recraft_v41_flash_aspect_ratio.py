# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

RecraftV41FlashAspectRatio = Literal["16:9", "1:1", "2:3", "3:2", "3:4", "4:3", "9:16"]

RECRAFT_V41_FLASH_ASPECT_RATIO_VALUES: set[RecraftV41FlashAspectRatio] = {
    "16:9",
    "1:1",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "9:16",
}


def check_recraft_v41_flash_aspect_ratio(value: str) -> RecraftV41FlashAspectRatio:
    if value in RECRAFT_V41_FLASH_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECRAFT_V41_FLASH_ASPECT_RATIO_VALUES!r}")
