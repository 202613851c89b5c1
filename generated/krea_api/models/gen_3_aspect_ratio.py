# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Gen3AspectRatio = Literal["16:9", "9:16"]

GEN_3_ASPECT_RATIO_VALUES: set[Gen3AspectRatio] = {
    "16:9",
    "9:16",
}


def check_gen_3_aspect_ratio(value: str) -> Gen3AspectRatio:
    if value in GEN_3_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GEN_3_ASPECT_RATIO_VALUES!r}")
