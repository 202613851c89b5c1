# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GeminiOmniFlashAspectRatio = Literal["16:9", "9:16"]

GEMINI_OMNI_FLASH_ASPECT_RATIO_VALUES: set[GeminiOmniFlashAspectRatio] = {
    "16:9",
    "9:16",
}


def check_gemini_omni_flash_aspect_ratio(value: str) -> GeminiOmniFlashAspectRatio:
    if value in GEMINI_OMNI_FLASH_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GEMINI_OMNI_FLASH_ASPECT_RATIO_VALUES!r}")
