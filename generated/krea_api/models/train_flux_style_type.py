# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TrainFluxStyleType = Literal["Character", "Default", "Object", "Style"]

TRAIN_FLUX_STYLE_TYPE_VALUES: set[TrainFluxStyleType] = {
    "Character",
    "Default",
    "Object",
    "Style",
}


def check_train_flux_style_type(value: str) -> TrainFluxStyleType:
    if value in TRAIN_FLUX_STYLE_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TRAIN_FLUX_STYLE_TYPE_VALUES!r}")
