# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazWonder35EnhanceEnhancementStrength = Literal["high", "low", "medium"]

TOPAZ_WONDER_35_ENHANCE_ENHANCEMENT_STRENGTH_VALUES: set[TopazWonder35EnhanceEnhancementStrength] = {
    "high",
    "low",
    "medium",
}


def check_topaz_wonder_35_enhance_enhancement_strength(value: str) -> TopazWonder35EnhanceEnhancementStrength:
    if value in TOPAZ_WONDER_35_ENHANCE_ENHANCEMENT_STRENGTH_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {TOPAZ_WONDER_35_ENHANCE_ENHANCEMENT_STRENGTH_VALUES!r}"
    )
