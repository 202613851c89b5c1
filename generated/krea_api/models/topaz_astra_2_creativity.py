# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazAstra2Creativity = Literal["high", "low", "middle"]

TOPAZ_ASTRA_2_CREATIVITY_VALUES: set[TopazAstra2Creativity] = {
    "high",
    "low",
    "middle",
}


def check_topaz_astra_2_creativity(value: str) -> TopazAstra2Creativity:
    if value in TOPAZ_ASTRA_2_CREATIVITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_ASTRA_2_CREATIVITY_VALUES!r}")
