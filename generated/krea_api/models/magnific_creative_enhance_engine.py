# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

MagnificCreativeEnhanceEngine = Literal["automatic", "magnific_illusio", "magnific_sharpy", "magnific_sparkle"]

MAGNIFIC_CREATIVE_ENHANCE_ENGINE_VALUES: set[MagnificCreativeEnhanceEngine] = {
    "automatic",
    "magnific_illusio",
    "magnific_sharpy",
    "magnific_sparkle",
}


def check_magnific_creative_enhance_engine(value: str) -> MagnificCreativeEnhanceEngine:
    if value in MAGNIFIC_CREATIVE_ENHANCE_ENGINE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MAGNIFIC_CREATIVE_ENHANCE_ENGINE_VALUES!r}")
