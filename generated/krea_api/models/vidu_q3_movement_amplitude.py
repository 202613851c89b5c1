# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

ViduQ3MovementAmplitude = Literal["auto", "large", "medium", "small"]

VIDU_Q3_MOVEMENT_AMPLITUDE_VALUES: set[ViduQ3MovementAmplitude] = {
    "auto",
    "large",
    "medium",
    "small",
}


def check_vidu_q3_movement_amplitude(value: str) -> ViduQ3MovementAmplitude:
    if value in VIDU_Q3_MOVEMENT_AMPLITUDE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VIDU_Q3_MOVEMENT_AMPLITUDE_VALUES!r}")
