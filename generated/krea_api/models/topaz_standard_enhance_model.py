# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazStandardEnhanceModel = Literal[
    "CGI", "High Fidelity V2", "Low Resolution V2", "Standard V2", "Text Refine", "Upscale High Fidelity V3"
]

TOPAZ_STANDARD_ENHANCE_MODEL_VALUES: set[TopazStandardEnhanceModel] = {
    "CGI",
    "High Fidelity V2",
    "Low Resolution V2",
    "Standard V2",
    "Text Refine",
    "Upscale High Fidelity V3",
}


def check_topaz_standard_enhance_model(value: str) -> TopazStandardEnhanceModel:
    if value in TOPAZ_STANDARD_ENHANCE_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_STANDARD_ENHANCE_MODEL_VALUES!r}")
