# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TrainQwenStyleType = Literal["Character", "Object", "Style"]

TRAIN_QWEN_STYLE_TYPE_VALUES: set[TrainQwenStyleType] = {
    "Character",
    "Object",
    "Style",
}


def check_train_qwen_style_type(value: str) -> TrainQwenStyleType:
    if value in TRAIN_QWEN_STYLE_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TRAIN_QWEN_STYLE_TYPE_VALUES!r}")
