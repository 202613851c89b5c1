# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazGrainModel = Literal["gaussian", "grey", "silver"]

TOPAZ_GRAIN_MODEL_VALUES: set[TopazGrainModel] = {
    "gaussian",
    "grey",
    "silver",
}


def check_topaz_grain_model(value: str) -> TopazGrainModel:
    if value in TOPAZ_GRAIN_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_GRAIN_MODEL_VALUES!r}")
