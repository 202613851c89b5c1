# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Veo31Duration = Literal[4, 6, 8]

VEO_31_DURATION_VALUES: set[Veo31Duration] = {
    4,
    6,
    8,
}


def check_veo_31_duration(value: int) -> Veo31Duration:
    if value in VEO_31_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VEO_31_DURATION_VALUES!r}")
