# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Gen45AspectRatio = Literal["1104:832", "1280:720", "1584:672", "672:1584", "720:1280", "832:1104", "960:960"]

GEN_45_ASPECT_RATIO_VALUES: set[Gen45AspectRatio] = {
    "1104:832",
    "1280:720",
    "1584:672",
    "672:1584",
    "720:1280",
    "832:1104",
    "960:960",
}


def check_gen_45_aspect_ratio(value: str) -> Gen45AspectRatio:
    if value in GEN_45_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GEN_45_ASPECT_RATIO_VALUES!r}")
