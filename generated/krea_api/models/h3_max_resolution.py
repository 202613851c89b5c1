# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

H3MaxResolution = Literal["1080p", "480p", "768p"]

H3_MAX_RESOLUTION_VALUES: set[H3MaxResolution] = {
    "1080p",
    "480p",
    "768p",
}


def check_h3_max_resolution(value: str) -> H3MaxResolution:
    if value in H3_MAX_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {H3_MAX_RESOLUTION_VALUES!r}")
