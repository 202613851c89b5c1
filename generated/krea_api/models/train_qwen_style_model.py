# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TrainQwenStyleModel = Literal["k2", "k2-large", "qwen", "z-image"]

TRAIN_QWEN_STYLE_MODEL_VALUES: set[TrainQwenStyleModel] = {
    "k2",
    "k2-large",
    "qwen",
    "z-image",
}


def check_train_qwen_style_model(value: str) -> TrainQwenStyleModel:
    if value in TRAIN_QWEN_STYLE_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TRAIN_QWEN_STYLE_MODEL_VALUES!r}")
