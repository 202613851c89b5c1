# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Ideogram45Quality = Literal["high", "low", "medium", "very_low"]

IDEOGRAM_45_QUALITY_VALUES: set[Ideogram45Quality] = {
    "high",
    "low",
    "medium",
    "very_low",
}


def check_ideogram_45_quality(value: str) -> Ideogram45Quality:
    if value in IDEOGRAM_45_QUALITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IDEOGRAM_45_QUALITY_VALUES!r}")
