# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Uni1Style = Literal["auto", "manga"]

UNI_1_STYLE_VALUES: set[Uni1Style] = {
    "auto",
    "manga",
}


def check_uni_1_style(value: str) -> Uni1Style:
    if value in UNI_1_STYLE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {UNI_1_STYLE_VALUES!r}")
