# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Veo31AspectRatio = Literal["16:9", "9:16"]

VEO_31_ASPECT_RATIO_VALUES: set[Veo31AspectRatio] = {
    "16:9",
    "9:16",
}


def check_veo_31_aspect_ratio(value: str) -> Veo31AspectRatio:
    if value in VEO_31_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VEO_31_ASPECT_RATIO_VALUES!r}")
