# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazAstraCreativity = Literal["high", "low"]

TOPAZ_ASTRA_CREATIVITY_VALUES: set[TopazAstraCreativity] = {
    "high",
    "low",
}


def check_topaz_astra_creativity(value: str) -> TopazAstraCreativity:
    if value in TOPAZ_ASTRA_CREATIVITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_ASTRA_CREATIVITY_VALUES!r}")
