# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Krea2Creativity = Literal["high", "low", "medium", "raw"]

KREA_2_CREATIVITY_VALUES: set[Krea2Creativity] = {
    "high",
    "low",
    "medium",
    "raw",
}


def check_krea_2_creativity(value: str) -> Krea2Creativity:
    if value in KREA_2_CREATIVITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KREA_2_CREATIVITY_VALUES!r}")
