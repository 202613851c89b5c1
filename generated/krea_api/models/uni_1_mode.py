# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Uni1Mode = Literal["max", "standard"]

UNI_1_MODE_VALUES: set[Uni1Mode] = {
    "max",
    "standard",
}


def check_uni_1_mode(value: str) -> Uni1Mode:
    if value in UNI_1_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {UNI_1_MODE_VALUES!r}")
