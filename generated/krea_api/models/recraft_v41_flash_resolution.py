# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

RecraftV41FlashResolution = Literal["1K"]

RECRAFT_V41_FLASH_RESOLUTION_VALUES: set[RecraftV41FlashResolution] = {
    "1K",
}


def check_recraft_v41_flash_resolution(value: str) -> RecraftV41FlashResolution:
    if value in RECRAFT_V41_FLASH_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RECRAFT_V41_FLASH_RESOLUTION_VALUES!r}")
