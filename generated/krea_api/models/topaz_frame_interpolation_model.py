# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazFrameInterpolationModel = Literal["apf-2", "apo-8", "chf-3", "chr-2"]

TOPAZ_FRAME_INTERPOLATION_MODEL_VALUES: set[TopazFrameInterpolationModel] = {
    "apf-2",
    "apo-8",
    "chf-3",
    "chr-2",
}


def check_topaz_frame_interpolation_model(value: str) -> TopazFrameInterpolationModel:
    if value in TOPAZ_FRAME_INTERPOLATION_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_FRAME_INTERPOLATION_MODEL_VALUES!r}")
