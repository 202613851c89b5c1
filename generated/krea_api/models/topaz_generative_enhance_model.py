# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazGenerativeEnhanceModel = Literal[
    "Detail", "Recover 3", "Recovery", "Recovery V2", "Redefine", "Reimagine", "Standard MAX", "Wonder 3"
]

TOPAZ_GENERATIVE_ENHANCE_MODEL_VALUES: set[TopazGenerativeEnhanceModel] = {
    "Detail",
    "Recover 3",
    "Recovery",
    "Recovery V2",
    "Redefine",
    "Reimagine",
    "Standard MAX",
    "Wonder 3",
}


def check_topaz_generative_enhance_model(value: str) -> TopazGenerativeEnhanceModel:
    if value in TOPAZ_GENERATIVE_ENHANCE_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_GENERATIVE_ENHANCE_MODEL_VALUES!r}")
