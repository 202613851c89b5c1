# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Krea3Model = Literal["berry", "jam"]

KREA_3_MODEL_VALUES: set[Krea3Model] = {
    "berry",
    "jam",
}


def check_krea_3_model(value: str) -> Krea3Model:
    if value in KREA_3_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KREA_3_MODEL_VALUES!r}")
