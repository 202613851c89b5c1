# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TrainFluxStyleModel = Literal["flux_dev", "flux_schnell", "wan", "wan22"]

TRAIN_FLUX_STYLE_MODEL_VALUES: set[TrainFluxStyleModel] = {
    "flux_dev",
    "flux_schnell",
    "wan",
    "wan22",
}


def check_train_flux_style_model(value: str) -> TrainFluxStyleModel:
    if value in TRAIN_FLUX_STYLE_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TRAIN_FLUX_STYLE_MODEL_VALUES!r}")
