# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

MagnificPreciseEnhanceFlavor = Literal["photo", "photo_denoiser", "sublime"]

MAGNIFIC_PRECISE_ENHANCE_FLAVOR_VALUES: set[MagnificPreciseEnhanceFlavor] = {
    "photo",
    "photo_denoiser",
    "sublime",
}


def check_magnific_precise_enhance_flavor(value: str) -> MagnificPreciseEnhanceFlavor:
    if value in MAGNIFIC_PRECISE_ENHANCE_FLAVOR_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MAGNIFIC_PRECISE_ENHANCE_FLAVOR_VALUES!r}")
