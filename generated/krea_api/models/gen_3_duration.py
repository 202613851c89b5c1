# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Gen3Duration = Literal[5, 10]

GEN_3_DURATION_VALUES: set[Gen3Duration] = {
    5,
    10,
}


def check_gen_3_duration(value: int) -> Gen3Duration:
    if value in GEN_3_DURATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GEN_3_DURATION_VALUES!r}")
